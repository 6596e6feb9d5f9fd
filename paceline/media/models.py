"""Tables of what members send along, and of what was fetched from elsewhere for their posts."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from paceline.forum.models import Post


class StoredFile(models.Model):
    """A file as it is kept, once, however often it was sent.

    `key` is its place in the store, `kind` a name from `lib/file_kinds.py`, found by content.
    `width` and `height` are in pixels, 0 for what is no picture. How often it is used is asked
    of the attachments, not counted here.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20)
    size = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    stored_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.kind} {self.sha256[:12]}"


class Attachment(models.Model):
    """A file that a member hung to a post, or to one that they are still writing.

    `place` is the form that it was sent from (`reply:12`), for as long as `post` is null.
    `is_placed` says that the post's text shows it; the others stand below the text, by `position`.
    """

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="attachments")
    uploader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="attachments"
    )
    post = models.ForeignKey(
        Post, on_delete=models.CASCADE, null=True, blank=True, related_name="attachments"
    )
    place = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=200)
    position = models.PositiveIntegerField(default=0)
    is_placed = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["position", "id"]
        indexes = [
            # What nobody posted yet: few rows among all.
            models.Index(
                fields=["created_at", "id"],
                condition=models.Q(post__isnull=True),
                name="attachment_unposted",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RemotePicture(models.Model):
    """A picture at somebody else's address, as far as it was asked for.

    `key` is the file's place in the store, empty where there is none (not fetched, or refused);
    pictures of the same bytes share one. `width` and `height` are in pixels. `is_lasting` files
    are the board's own copy, the others go after a day. `retry_at` is when a server that gave
    nothing may be asked again.
    """

    address_hash = models.CharField(max_length=64, unique=True)
    address = models.TextField()
    key = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    kind = models.CharField(max_length=20, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    is_lasting = models.BooleanField(default=False)
    fetched_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["fetched_at"],
                condition=models.Q(is_lasting=False),
                name="remote_picture_passing",
            ),
        ]

    def __str__(self) -> str:
        return self.address


class LinkPreview(models.Model):
    """What a page elsewhere says of itself, for the card below a link to it.

    `title` is empty where the page was not asked yet, or gave nothing. `picture` is the address
    of the page's picture, which is shown as any remote picture is.
    """

    address_hash = models.CharField(max_length=64, unique=True)
    address = models.TextField()
    title = models.CharField(max_length=200, blank=True)
    site = models.CharField(max_length=100, blank=True)
    description = models.CharField(max_length=300, blank=True)
    picture = models.TextField(blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.address

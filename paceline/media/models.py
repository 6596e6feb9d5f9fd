"""Tables of what members send along: each file once, and every place where it hangs."""

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

"""The table of alerts."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from paceline.forum.models import Post, Thread


class Alert(models.Model):
    """One thing a member hears of. Replies to one thread share a row until it is read."""

    class Kind(models.TextChoices):
        REPLY = "reply", "a reply in a watched thread"
        THREAD = "thread", "a new thread on a watched board"
        MENTION = "mention", "a mention"
        QUOTE = "quote", "a quote"
        LIKE = "like", "a like"
        TAG = "tag", "a tag in a thread"
        STAFF = "staff", "a word from the staff"

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="alerts"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, null=True, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, related_name="+")
    actor_name = models.CharField(max_length=80, blank=True)
    count = models.PositiveIntegerField(default=1)
    text = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["member", "-at", "-id"], name="alert_newest"),
            models.Index(
                fields=["member"], condition=models.Q(read_at__isnull=True), name="alert_unread"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.member_id}"

"""The table of work that waits."""

from django.db import models
from django.utils import timezone


class Job(models.Model):
    """One piece of work. Kept until it is done; `failed_at` is set when it was given up."""

    name = models.CharField(max_length=80)
    arguments = models.JSONField(default=dict)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    # A worker that took the job owns it until then; after that another may take it.
    leased_until = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["failed_at", "due_at", "id"], name="job_next")]

    def __str__(self) -> str:
        return f"{self.name} {self.arguments}"

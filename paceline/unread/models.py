"""Tables of reading: marks on threads and boards, and watches.

A post is read for a member when it is older than `Member.all_read_at` or the board's mark, or
when its number is not above the thread's mark.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone

from paceline.forum.models import Board, Thread

MEMBER = settings.AUTH_USER_MODEL


class ThreadMark(models.Model):
    """A member has read a thread up to post `number`."""

    member = models.ForeignKey(MEMBER, on_delete=models.CASCADE, related_name="thread_marks")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="marks")
    number = models.PositiveIntegerField(default=0)
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "thread"], name="thread_mark_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} read {self.thread_id} to {self.number}"


class BoardMark(models.Model):
    """A member has read everything on a board up to a moment."""

    member = models.ForeignKey(MEMBER, on_delete=models.CASCADE, related_name="board_marks")
    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="marks")
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "board"], name="board_mark_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} read board {self.board_id}"


class Watch(models.Model):
    """A member wants to hear of new posts in a thread, or of new threads on a board."""

    member = models.ForeignKey(MEMBER, on_delete=models.CASCADE, related_name="watches")
    thread = models.ForeignKey(
        Thread, on_delete=models.CASCADE, null=True, blank=True, related_name="watches"
    )
    board = models.ForeignKey(
        Board, on_delete=models.CASCADE, null=True, blank=True, related_name="watches"
    )
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "thread"],
                condition=models.Q(thread__isnull=False),
                name="watch_thread_once",
            ),
            models.UniqueConstraint(
                fields=["member", "board"],
                condition=models.Q(board__isnull=False),
                name="watch_board_once",
            ),
            models.CheckConstraint(
                condition=models.Q(thread__isnull=True) ^ models.Q(board__isnull=True),
                name="watch_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} watches {self.thread_id or self.board_id}"

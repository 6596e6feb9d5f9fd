"""Marks of what was read: how far, and how they move."""

import threading
from datetime import datetime

from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from paceline.accounts.models import Member
from paceline.accounts.viewer import Viewer
from paceline.forum.models import Thread
from paceline.jobs.gathering import wake, written_in_batches
from paceline.lib.kept import forget_also
from paceline.unread.models import BoardMark, ThreadMark

_noted: dict[tuple[int, int], int] = {}
forget_also(_noted.clear)
_lock = threading.Lock()


def with_marks(threads: QuerySet[Thread], viewer: Viewer) -> QuerySet[Thread]:
    """The same threads, each with `read_number` and `board_read_at` (null where there is none).

    Adds no query. For a visitor both are null.
    """
    marks = ThreadMark.objects.filter(thread=OuterRef("pk"), member_id=viewer.member_id)
    boards = BoardMark.objects.filter(board=OuterRef("board_id"), member_id=viewer.member_id)
    return threads.annotate(
        read_number=Subquery(marks.values("number")[:1]),
        board_read_at=Subquery(boards.values("read_at")[:1]),
    )


def read_line(viewer: Viewer, board_read_at: datetime | None) -> datetime | None:
    """The moment up to which everything on a board counts as read; None for a visitor."""
    if viewer.member is None:
        return None
    return max(viewer.member.all_read_at, board_read_at or viewer.member.all_read_at)


def is_unread(
    viewer: Viewer,
    *,
    last_number: int,
    last_posted_at: datetime,
    read_number: int | None,
    board_read_at: datetime | None,
) -> bool:
    """Whether a thread holds something new for the viewer. Nothing is new to a visitor."""
    line = read_line(viewer, board_read_at)
    return line is not None and last_posted_at > line and last_number > (read_number or 0)


def unread_threads(viewer: Viewer) -> Q:
    """The filter for the same, for threads that went through `with_marks`."""
    if viewer.member is None:
        return Q(pk__in=())
    newer_than_board = Q(board_read_at__isnull=True) | Q(last_posted_at__gt=F("board_read_at"))
    newer_than_thread = Q(read_number__isnull=True) | Q(last_post__number__gt=F("read_number"))
    return Q(last_posted_at__gt=viewer.member.all_read_at) & newer_than_board & newer_than_thread


def mark_thread_read(viewer: Viewer, thread_id: int, number: int) -> None:
    """The viewer has seen the thread up to post `number`. Marks never go back. One query or two."""
    if viewer.member is not None:
        _raise_mark(viewer.member_id, thread_id, number)


def _raise_mark(member_id: int, thread_id: int, number: int) -> None:
    mark, made = ThreadMark.objects.get_or_create(
        member_id=member_id, thread_id=thread_id, defaults={"number": number}
    )
    if not made and mark.number < number:
        ThreadMark.objects.filter(id=mark.pk, number__lt=number).update(
            number=number, read_at=timezone.now()
        )


def note_thread_read(viewer: Viewer, thread_id: int, number: int) -> None:
    """The same for a page view: written within a moment, without the page waiting. No query."""
    if viewer.member is None:
        return
    with _lock:
        key = (viewer.member_id, thread_id)
        _noted[key] = max(_noted.get(key, 0), number)
    wake(soon=True)


@written_in_batches
def write_marks() -> None:
    """Write the marks that page views left. Two or three queries for each."""
    with _lock:
        noted = dict(_noted)
        _noted.clear()
    if not noted:
        return
    threads = Thread.objects.filter(id__in={thread_id for _, thread_id in noted})
    known = set(threads.values_list("id", flat=True))
    with transaction.atomic():
        for (member_id, thread_id), number in sorted(noted.items()):
            if thread_id in known:
                _raise_mark(member_id, thread_id, number)


def mark_boards_read(viewer: Viewer, board_ids: list[int], at: datetime | None = None) -> None:
    """Everything on these boards counts as read. One query."""
    moment = at or timezone.now()
    BoardMark.objects.bulk_create(
        [
            BoardMark(member_id=viewer.member_id, board_id=board_id, read_at=moment)
            for board_id in board_ids
        ],
        update_conflicts=True,
        unique_fields=["member", "board"],
        update_fields=["read_at"],
    )


def mark_all_read(viewer: Viewer, at: datetime | None = None) -> None:
    """Everything everywhere counts as read. One query."""
    Member.objects.filter(id=viewer.member_id).update(all_read_at=at or timezone.now())

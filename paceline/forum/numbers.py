"""Post numbers: given once in a thread, in order, never again."""

from paceline.forum.models import Thread


def lock_thread_row(thread_id: int) -> Thread | None:
    """The thread, held until the caller's transaction ends. One query.

    SQLite's immediate transaction already holds the whole file; PostgreSQL locks the row, in the
    mode that lets others point at it: a board's last thread may be one that is being replied to.
    """
    held = Thread.objects.select_for_update(of=("self",), no_key=True)
    return held.filter(id=thread_id).first()


def take_numbers(thread: Thread, count: int = 1) -> int:
    """The first of `count` new numbers. The caller holds the thread's row. One query."""
    first = thread.last_number + 1
    thread.last_number += count
    Thread.objects.filter(id=thread.pk).update(last_number=thread.last_number)
    return first

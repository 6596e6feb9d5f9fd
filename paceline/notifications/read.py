"""Alerts become read: all of a member's at once, or those of a thread that was opened."""

import threading

from django.db.models import Q

from paceline.accounts.viewer import Viewer
from paceline.jobs.gathering import wake, written_in_batches
from paceline.lib.errors import SignInFirst
from paceline.lib.kept import forget_also
from paceline.notifications.alerts import mark_read

_opened: set[tuple[int, int]] = set()
forget_also(_opened.clear)
_lock = threading.Lock()


def note_thread_read(viewer: Viewer, thread_id: int) -> None:
    """The viewer has opened the thread: what was told of it counts as read.

    Written within a moment, without the page waiting for it. No query.
    """
    if viewer.member is not None and viewer.member.unread_alert_count:
        with _lock:
            _opened.add((viewer.member_id, thread_id))
        wake(soon=True)


@written_in_batches
def write_opened() -> None:
    """Mark what was told of opened threads as read. Three queries for each, or five."""
    with _lock:
        opened = sorted(_opened)
        _opened.clear()
    for member_id, thread_id in opened:
        # A post may stand in another thread than when it was told of.
        mark_read(member_id, Q(thread_id=thread_id) | Q(post__thread_id=thread_id))


def mark_all_alerts_read(viewer: Viewer) -> int:
    """All of the viewer's alerts count as read; answers how many were not. Raises SignInFirst."""
    if viewer.member is None:
        raise SignInFirst("Sign in first; then your alerts can be marked as read.")
    return mark_read(viewer.member_id, Q())

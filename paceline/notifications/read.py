"""Alerts become read: all of a member's at once, or those of a thread that was opened."""

import threading

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from paceline.accounts.models import Member
from paceline.accounts.viewer import Viewer
from paceline.jobs.gathering import wake, written_in_batches
from paceline.notifications.models import Alert

_opened: set[tuple[int, int]] = set()
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
    """Mark what was told of opened threads as read. One query or two for each."""
    with _lock:
        opened = sorted(_opened)
        _opened.clear()
    for member_id, thread_id in opened:
        _mark_read(member_id, Q(thread_id=thread_id))


def forget_noted() -> None:
    """For tests, whose databases come and go."""
    with _lock:
        _opened.clear()


def mark_all_alerts_read(viewer: Viewer) -> None:
    """All of the viewer's alerts count as read. One query or two."""
    if viewer.member is not None:
        _mark_read(viewer.member_id, Q())


def _mark_read(member_id: int, which: Q) -> None:
    with transaction.atomic():
        unread = Alert.objects.filter(which, member_id=member_id, read_at__isnull=True)
        changed = unread.update(read_at=timezone.now())
        if changed:
            Member.objects.filter(id=member_id).update(
                unread_alert_count=F("unread_alert_count") - changed
            )

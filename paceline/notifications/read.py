"""Alerts become read: all of a member's at once, or those of a thread that was opened."""

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from paceline.accounts.models import Member
from paceline.accounts.viewer import Viewer
from paceline.notifications.models import Alert


def note_thread_read(viewer: Viewer, thread_id: int) -> None:
    """The viewer has opened the thread: what was told of it counts as read.

    No query for a visitor and for a member without unread alerts; else one, or two where
    something was unread.
    """
    if viewer.member is not None and viewer.member.unread_alert_count:
        _mark_read(viewer.member_id, Q(thread_id=thread_id))


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

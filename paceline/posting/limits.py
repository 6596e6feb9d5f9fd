"""How often a member may post, edit and report.

Counted in the tables themselves, so that it holds over all worker processes.
"""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from paceline.accounts.viewer import Viewer
from paceline.forum.models import Post, Report, Revision
from paceline.lib.errors import TooMany
from paceline.permissions.boards import can
from paceline.permissions.rights import Right

_AGAIN = "Your text is still here; send it again in a moment."


def check_pace(viewer: Viewer, board_id: int) -> None:
    """Raise TooMany where a member who does not moderate has posted too much in a minute.

    One query.
    """
    most = viewer.site.settings.posts_per_minute
    if not most or can(viewer, board_id, Right.MODERATE):
        return
    since = viewer.now - timedelta(minutes=1)
    recent = Post.objects.filter(author_id=viewer.member_id, posted_at__gt=since)
    _check(recent, most, "posts in a minute", _AGAIN, 20)


def check_edit_pace(viewer: Viewer, board_id: int) -> None:
    """Raise TooMany where they have edited as much in a minute. One query."""
    most = viewer.site.settings.posts_per_minute
    if not most or can(viewer, board_id, Right.MODERATE):
        return
    since = viewer.now - timedelta(minutes=1)
    recent = Revision.objects.filter(
        written_by_id=viewer.member_id, written_at__gt=since, number__gt=0
    )
    _check(recent, most, "edits in a minute", _AGAIN, 20)


def check_reports(viewer: Viewer) -> None:
    """Raise TooMany where a member has reported as much in an hour as one may. One query."""
    most = viewer.site.settings.reports_per_hour
    if not most:
        return
    since = viewer.now - timedelta(hours=1)
    recent = Report.objects.filter(reporter_id=viewer.member_id, reported_at__gt=since)
    urgent = "If it cannot wait, write to the people who run the board."
    _check(recent, most, "reports in an hour", urgent, 600)


def _check(recent: QuerySet[Any], most: int, what: str, advice: str, retry_after_s: int) -> None:
    if recent.order_by()[:most].count() >= most:
        raise TooMany(
            f"That is {most:,} {what}, as many as this board takes from one member. {advice}",
            retry_after_s=retry_after_s,
        )

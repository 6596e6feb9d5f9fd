"""How often a member may post, edit and report.

Counted in the tables themselves, so that it holds over all worker processes.
"""

from datetime import timedelta

from paceline.accounts.viewer import Viewer
from paceline.forum.models import Post, Report, Revision
from paceline.lib.errors import TooMany
from paceline.permissions.boards import can
from paceline.permissions.rights import Right


def check_pace(viewer: Viewer, board_id: int) -> None:
    """Raise TooMany where a member who does not moderate has posted too much in a minute.

    One query.
    """
    most = viewer.site.settings.posts_per_minute
    if not most or can(viewer, board_id, Right.MODERATE):
        return
    since = viewer.now - timedelta(minutes=1)
    recent = Post.objects.filter(author_id=viewer.member_id, posted_at__gt=since)
    if recent.order_by()[:most].count() >= most:
        raise TooMany(
            f"That is {most:,} posts in a minute, as many as this board takes from one member."
            " Your text is still here; send it again in a moment.",
            retry_after_s=20,
        )


def check_edit_pace(viewer: Viewer, board_id: int) -> None:
    """Raise TooMany where they have edited as much in a minute. One query."""
    most = viewer.site.settings.posts_per_minute
    if not most or can(viewer, board_id, Right.MODERATE):
        return
    since = viewer.now - timedelta(minutes=1)
    recent = Revision.objects.filter(
        written_by_id=viewer.member_id, written_at__gt=since, number__gt=0
    )
    if recent.order_by()[:most].count() >= most:
        raise TooMany(
            f"That is {most:,} edits in a minute, as many as this board takes from one member."
            " Your text is still here; send it again in a moment.",
            retry_after_s=20,
        )


def check_reports(viewer: Viewer) -> None:
    """Raise TooMany where a member has reported as much in an hour as one may. One query."""
    most = viewer.site.settings.reports_per_hour
    if not most:
        return
    since = viewer.now - timedelta(hours=1)
    recent = Report.objects.filter(reporter_id=viewer.member_id, reported_at__gt=since)
    if recent.order_by()[:most].count() >= most:
        raise TooMany(
            f"That is {most:,} reports in an hour, as many as this board takes from one member."
            " If it cannot wait, write to the people who run the board.",
            retry_after_s=600,
        )

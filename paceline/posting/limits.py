"""How often a member may post."""

from datetime import timedelta

from paceline.accounts.viewer import Viewer
from paceline.forum.models import Post
from paceline.lib.errors import TooMany
from paceline.permissions.boards import can
from paceline.permissions.rights import Right


def check_pace(viewer: Viewer, board_id: int) -> None:
    """Raise TooMany where a member who does not moderate has posted too much in a minute.

    Counted in the table of posts, so that it holds over all worker processes. One query.
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

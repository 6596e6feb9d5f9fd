"""Telling that something was renamed, hidden or moved: posts that show its title follow.

Done after the commit (`posting/inside_links.py`), and once more a minute later: a post that was
being written meanwhile may have been rendered with what was so before.
"""

from paceline.forum.models import InsideLink
from paceline.jobs.queue import put

Kind = InsideLink.Kind


def thread_changed(thread_id: int) -> None:
    """The thread has another title, state, board or other posts. In the caller's transaction."""
    _put(Kind.THREAD, thread_id)


def post_changed(post_id: int) -> None:
    """The post is shown or is not. In the caller's transaction."""
    _put(Kind.POST, post_id)


def board_changed(board_id: int) -> None:
    """The board has another name or is gone. In the caller's transaction."""
    _put(Kind.BOARD, board_id)


def member_changed(member_id: int) -> None:
    """The member has another name or is gone. In the caller's transaction."""
    _put(Kind.MEMBER, member_id)


def rights_changed() -> None:
    """Visitors may read other boards than before, perhaps. In the caller's transaction."""
    put("follow_rights_in_links", after=0)


def _put(kind: Kind, target_id: int) -> None:
    put("render_linking", kind=str(kind), target_id=target_id, after=0, is_first=True)

"""Watch a thread for replies, or a board for new threads."""

from paceline.accounts.viewer import Viewer
from paceline.forum.models import Thread
from paceline.lib.errors import NotAllowed
from paceline.permissions.boards import find_board, require
from paceline.permissions.rights import Right
from paceline.permissions.table import BoardInfo
from paceline.posting.finding import check_takes_part, find_thread
from paceline.unread import watching


def watch_thread(viewer: Viewer, thread_id: int) -> Thread:
    """Hear of replies from now on. Raises NotFound or NotAllowed."""
    check_takes_part(viewer)
    thread = find_thread(viewer, thread_id)
    if thread.moved_to_id is not None:
        raise NotAllowed("This thread has been moved; watch it at its new place.")
    watching.watch_thread(viewer.member_id, thread.pk)
    return thread


def unwatch_thread(viewer: Viewer, thread_id: int) -> Thread:
    """Hear of replies no longer. Raises NotFound or NotAllowed."""
    check_takes_part(viewer)
    thread = find_thread(viewer, thread_id)
    watching.unwatch_thread(viewer.member_id, thread.pk)
    return thread


def watch_board(viewer: Viewer, board_id: int) -> BoardInfo:
    """Hear of new threads from now on. Raises NotFound or NotAllowed."""
    check_takes_part(viewer)
    board = find_board(viewer, board_id)
    require(viewer, board_id, Right.READ)
    watching.watch_board(viewer.member_id, board_id)
    return board


def unwatch_board(viewer: Viewer, board_id: int) -> BoardInfo:
    """Hear of new threads no longer. Raises NotFound or NotAllowed."""
    check_takes_part(viewer)
    board = find_board(viewer, board_id)
    watching.unwatch_board(viewer.member_id, board_id)
    return board

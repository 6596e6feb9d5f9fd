"""Mark as read: a thread up to a post, a board with those in it, everything."""

from paceline.accounts.viewer import Viewer
from paceline.forum.models import Thread
from paceline.lib.errors import Invalid
from paceline.permissions.boards import find_board, readable_board_ids
from paceline.permissions.table import BoardInfo, load_table
from paceline.posting.finding import find_thread
from paceline.unread import marks


def mark_thread(viewer: Viewer, thread_id: int, number: int) -> Thread:
    """The thread counts as read up to post `number`, at most its last.

    Raises NotFound, or Invalid("number", ...) below 1. Nothing happens for a visitor.
    """
    thread = find_thread(viewer, thread_id)
    if number < 1:
        raise Invalid("number", "Posts are numbered from 1.")
    marks.mark_thread_read(viewer, thread_id, min(number, thread.last_number))
    return thread


def mark_board(viewer: Viewer, board_id: int) -> BoardInfo:
    """All that the viewer can read on the board, and on boards in it, counts as read.

    Raises NotFound. Nothing happens for a visitor.
    """
    board = find_board(viewer, board_id)
    if viewer.member:
        with_those_in_it = {board_id, *load_table(viewer).below(board_id)}
        marks.mark_boards_read(
            viewer, sorted(with_those_in_it & readable_board_ids(viewer)), at=viewer.now
        )
    return board


def mark_everything(viewer: Viewer) -> None:
    """Everything everywhere counts as read. Nothing happens for a visitor."""
    if viewer.member:
        marks.mark_all_read(viewer, at=viewer.now)

"""What a text will look like where it is going to stand. Nothing is kept."""

from paceline.accounts.viewer import Viewer
from paceline.lib.errors import Invalid
from paceline.permissions.boards import find_board
from paceline.permissions.table import BoardInfo
from paceline.posting import texts
from paceline.posting.finding import find_post, find_thread


def preview_text(viewer: Viewer, kind: str, target_id: int, source: str) -> str:
    """The HTML of a text as a `reply` to a thread, the first of a `thread` on a board, or an
    `edit` of a post: with what that board allows. At most two queries.

    Raises NotFound, or Invalid for "place" or "source".
    """
    _, rendered = texts.render_source(viewer, _board(viewer, kind, target_id), source)
    return rendered.html


def _board(viewer: Viewer, kind: str, target_id: int) -> BoardInfo:
    if kind == "reply":
        return find_board(viewer, find_thread(viewer, target_id).board_id)
    if kind == "edit":
        return find_board(viewer, find_post(viewer, target_id).thread.board_id)
    if kind == "thread":
        return find_board(viewer, target_id)
    raise Invalid("place", "There is no form of that name.")

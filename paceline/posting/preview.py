"""What a text will look like where it is going to stand. Nothing is kept."""

from paceline.accounts.viewer import Viewer
from paceline.lib.errors import Invalid
from paceline.permissions.boards import find_board
from paceline.permissions.table import BoardInfo
from paceline.posting import texts
from paceline.posting.finding import find_post, find_thread
from paceline.posting.languages import check_language


def preview_text(
    viewer: Viewer, kind: str, target_id: int, source: str, language: str | None = None
) -> str:
    """The HTML of a text as a `reply` to a thread, the first of a `thread` on a board, or an
    `edit` of a post: with what that board allows. At most two queries, and one for each kind of
    thing that the text points to.

    Raises NotFound, or Invalid for "place", "source" or "language".
    """
    board, kept = _place(viewer, kind, target_id)
    language = kept or check_language(viewer, board, language)
    post_id = target_id if kind == "edit" else None
    _, rendered = texts.render_source(viewer, board, source, language, post_id=post_id)
    return rendered.html


def _place(viewer: Viewer, kind: str, target_id: int) -> tuple[BoardInfo, str]:
    """The board, and the language of the post that is edited."""
    if kind == "reply":
        return find_board(viewer, find_thread(viewer, target_id).board_id), ""
    if kind == "edit":
        post = find_post(viewer, target_id)
        return find_board(viewer, post.thread.board_id), post.language
    if kind == "thread":
        return find_board(viewer, target_id), ""
    raise Invalid("place", "There is no form of that name.")

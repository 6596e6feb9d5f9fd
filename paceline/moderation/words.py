"""The plain text of a post, as the index of words wants it."""

from paceline.accounts.viewer import Viewer
from paceline.forum import rendering
from paceline.forum.models import Post, Thread
from paceline.permissions.boards import find_board


def words_of(viewer: Viewer, thread: Thread, post: Post) -> str:
    """What a post says, read anew from its source. No query while rights stand."""
    board = find_board(viewer, thread.board_id)
    return rendering.words_of(board, post.source, post.language)

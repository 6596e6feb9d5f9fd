"""The plain text of a post, as the index of words wants it."""

from paceline.accounts.viewer import Viewer
from paceline.forum.models import Post, Thread
from paceline.permissions.boards import find_board
from paceline.posting.texts import render_for


def words_of(viewer: Viewer, thread: Thread, post: Post) -> str:
    """What a post says, rendered anew from its source. One query where it names members."""
    return render_for(find_board(viewer, thread.board_id), post.source, post.language).text

"""Where a thread or a post stands: what pages about it need for their title and their way back."""

from dataclasses import dataclass

from paceline.accounts.viewer import Viewer
from paceline.forum.models import Post, Thread
from paceline.lib.paging import page_of
from paceline.permissions.boards import find_board
from paceline.permissions.table import BoardInfo, load_table


@dataclass(frozen=True, slots=True)
class PlaceOfThread:
    """A thread, its board, and the boards from the root of the tree down to that."""

    thread_id: int
    slug: str
    title: str
    board: BoardInfo
    path: tuple[BoardInfo, ...]


@dataclass(frozen=True, slots=True)
class PlaceOfPost:
    """A post in its thread; `page` is where it stands with the site's posts per page."""

    id: int
    number: int
    page: int
    thread: PlaceOfThread


def place_of_thread(viewer: Viewer, thread: Thread) -> PlaceOfThread:
    """Where a thread stands that the viewer can see. No query while rights stand."""
    board = find_board(viewer, thread.board_id)
    path = tuple(load_table(viewer).path(board.id))
    return PlaceOfThread(thread.pk, thread.slug, thread.title, board, path)


def place_of(viewer: Viewer, post: Post) -> PlaceOfPost:
    """The same for a post whose thread is loaded."""
    page = page_of(post.number, viewer.site.settings.posts_per_page)
    return PlaceOfPost(post.pk, post.number, page, place_of_thread(viewer, post.thread))

"""The archive: the whole board as plain lists, as a visitor sees it.

Its pages are windows that do not move: threads by their ids, oldest first, posts by their
numbers. What a page holds changes only when something on it does.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from paceline.accounts.viewer import Viewer
from paceline.forum.models import Board, Post, State, Thread
from paceline.lib.errors import NotFound
from paceline.lib.paging import page_of, window_of
from paceline.media.attachments import AttachmentRow, below_posts
from paceline.permissions.boards import find_board, readable_board_ids, visible_boards
from paceline.permissions.posts import shown_posts
from paceline.permissions.table import BoardInfo, load_table
from paceline.permissions.threads import listed_threads, visible_threads

THREADS_PER_PAGE = 250
POSTS_PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class ArchiveBoard:
    """A board in the list of all. One that only holds boards, or may not be read, has no page."""

    id: int
    name: str
    description: str
    depth: int
    thread_count: int
    post_count: int
    has_page: bool


@dataclass(frozen=True, slots=True)
class ArchiveThread:
    """A thread in a board's list."""

    id: int
    title: str
    post_count: int
    started_at: datetime


@dataclass(frozen=True, slots=True)
class ArchiveBoardPage:
    """A window of a board's threads, oldest first, and the ids after which its neighbours begin.

    `previous_after` is None on the first page, `next_after` on the last.
    """

    board: BoardInfo
    path: tuple[BoardInfo, ...]
    threads: tuple[ArchiveThread, ...]
    previous_after: int | None
    next_after: int | None


@dataclass(frozen=True, slots=True)
class ArchivePost:
    """A post; `html` is safe to show, `attachments` are those that it does not show."""

    id: int
    number: int
    author_name: str
    posted_at: datetime
    html: str
    attachments: tuple[AttachmentRow, ...]


@dataclass(frozen=True, slots=True)
class ArchiveThreadPage:
    """A window of a thread's posts. `full_page` is the page of the thread itself that has them.

    Where the thread was moved, `moved_to` is its new id and there is nothing else.
    """

    id: int
    title: str
    slug: str
    path: tuple[BoardInfo, ...]
    posts: tuple[ArchivePost, ...]
    page: int
    page_count: int
    full_page: int
    moved_to: int = 0


def load_archive_index(viewer: Viewer) -> tuple[ArchiveBoard, ...]:
    """All boards that are there for the viewer, in their order. One query."""
    counts = (
        Board.objects.filter(visible_boards(viewer)).only("thread_count", "post_count").in_bulk()
    )
    readable = readable_board_ids(viewer)
    return tuple(
        _archive_board(board, counts[board.id], is_readable=board.id in readable)
        for board in load_table(viewer).boards.values()
        if board.id in counts
    )


def load_archive_board(viewer: Viewer, board_id: int, after: int = 0) -> ArchiveBoardPage:
    """The threads of a board that were started after that of id `after`. One query, or two.

    Raises NotFound.
    """
    board = find_board(viewer, board_id)
    if board_id not in readable_board_ids(viewer):
        raise NotFound("There is no such board.")
    threads = Thread.objects.filter(listed_threads(viewer), board_id=board_id)
    rows = [
        ArchiveThread(*row)
        for row in threads.filter(id__gt=after)
        .order_by("id")
        .values_list("id", "title", "post_count", "started_at")[: THREADS_PER_PAGE + 1]
    ]
    return ArchiveBoardPage(
        board=board,
        path=tuple(load_table(viewer).path(board_id)),
        threads=tuple(rows[:THREADS_PER_PAGE]),
        previous_after=_begin_before(threads.filter(id__lte=after)) if after else None,
        next_after=rows[THREADS_PER_PAGE - 1].id if len(rows) > THREADS_PER_PAGE else None,
    )


def load_archive_thread(viewer: Viewer, thread_id: int, page: int = 1) -> ArchiveThreadPage:
    """A page of a thread's posts. Two queries, or three where there are attachments.

    Raises NotFound.
    """
    thread = Thread.objects.filter(visible_threads(viewer), id=thread_id).first()
    if thread is None:
        raise NotFound("There is no such thread.")
    window = window_of(page, POSTS_PER_PAGE)
    page_count = page_of(thread.last_number, POSTS_PER_PAGE)
    if page > page_count:
        raise NotFound("This thread has no such page.")
    posts = Post.objects.filter(
        shown_posts(viewer),
        thread_id=thread_id,
        state=State.VISIBLE,
        number__gte=window.first,
        number__lte=window.last,
    )
    rows = list(
        posts.order_by("number").values_list(
            *("id", "number", "author__name", "author_name", "posted_at", "html"),
            "attachment_count",
        )
    )
    attachments = below_posts((row[0], row[-1]) for row in rows)
    return ArchiveThreadPage(
        id=thread.pk,
        title=thread.title,
        slug=thread.slug,
        path=tuple(load_table(viewer).path(thread.board_id)),
        posts=tuple(
            ArchivePost(post_id, number, name or name_then, at, html, attachments.get(post_id, ()))
            for post_id, number, name, name_then, at, html, _ in rows
        ),
        page=page,
        page_count=page_count,
        full_page=page_of(window.first, viewer.site.settings.posts_per_page),
        moved_to=thread.moved_to_id or 0,
    )


def _archive_board(board: BoardInfo, counts: Board, *, is_readable: bool) -> ArchiveBoard:
    return ArchiveBoard(
        id=board.id,
        name=board.name,
        description=board.description,
        depth=board.depth,
        thread_count=counts.thread_count if is_readable else 0,
        post_count=counts.post_count if is_readable else 0,
        has_page=is_readable and bool(board.takes_threads or counts.thread_count),
    )


def _begin_before(earlier: QuerySet[Thread]) -> int:
    """After which id the page begins that ends where these threads end."""
    ids = earlier.order_by("-id").values_list("id", flat=True)
    return next(iter(ids[THREADS_PER_PAGE : THREADS_PER_PAGE + 1]), 0)

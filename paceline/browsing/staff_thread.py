"""A thread, or a board's threads, as a moderator chooses among them what to change."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from paceline.accounts.viewer import Viewer
from paceline.browsing.stretches import stretch_of
from paceline.forum.models import Post, Prefix, State, Thread
from paceline.lib.errors import NotFound
from paceline.lib.paging import page_of, window_of
from paceline.permissions.boards import can, find_board
from paceline.permissions.posts import visible_posts
from paceline.permissions.rights import Right
from paceline.permissions.table import BoardInfo, load_table
from paceline.permissions.threads import check_moderate, visible_threads

NUMBERS_A_PAGE = 100
THREADS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen in a form."""

    id: int
    words: str


@dataclass(frozen=True, slots=True)
class StaffThread:
    """What the forms about a thread need. `boards` are those that it may be moved to."""

    id: int
    title: str
    slug: str
    board: BoardInfo
    state: str
    post_count: int
    prefix_id: int
    prefixes: tuple[Choice, ...]
    boards: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class StaffPost:
    """What the forms about a post need."""

    id: int
    number: int
    author_name: str
    posted_at: datetime
    state: str
    html: str
    thread_id: int
    thread_title: str
    thread_slug: str
    board: BoardInfo


@dataclass(frozen=True, slots=True)
class PostChoice:
    """A page of a thread's posts to choose from, `NUMBERS_A_PAGE` numbers wide."""

    thread: StaffThread
    posts: tuple[StaffPost, ...]
    page: int
    page_count: int


@dataclass(frozen=True, slots=True)
class ThreadLine:
    """A thread of a board to choose."""

    id: int
    title: str
    author_name: str
    last_posted_at: datetime
    post_count: int
    state: str
    is_locked: bool
    is_pinned: bool
    is_moved: bool


@dataclass(frozen=True, slots=True)
class ThreadChoice:
    """A board's threads to choose from, the one posted to last first; `older` leads on."""

    board: BoardInfo
    threads: tuple[ThreadLine, ...]
    older: str
    boards: tuple[Choice, ...]


def load_staff_thread(viewer: Viewer, thread_id: int) -> StaffThread:
    """A thread that the viewer moderates. Two queries. Raises NotFound and NotAllowed."""
    row = Thread.objects.filter(visible_threads(viewer), id=thread_id).first()
    if row is None:
        raise NotFound("There is no such thread.")
    check_moderate(viewer, row.board_id)
    prefixes = Prefix.objects.filter(board_id=row.board_id)
    return StaffThread(
        id=row.pk,
        title=row.title,
        slug=row.slug,
        board=find_board(viewer, row.board_id),
        state=State(row.state).name.lower(),
        post_count=row.post_count,
        prefix_id=row.prefix_id or 0,
        prefixes=tuple(Choice(prefix.pk, prefix.label) for prefix in prefixes),
        boards=boards_to_move_to(viewer),
    )


def load_staff_post(viewer: Viewer, post_id: int) -> StaffPost:
    """A post that the viewer moderates. One query. Raises NotFound and NotAllowed."""
    row = Post.objects.filter(visible_posts(viewer), id=post_id).select_related("thread").first()
    if row is None:
        raise NotFound("There is no such post.")
    check_moderate(viewer, row.thread.board_id)
    return _staff_post(row, find_board(viewer, row.thread.board_id))


def load_post_choice(viewer: Viewer, thread_id: int, page: int = 1) -> PostChoice:
    """A page of posts to choose from. Four queries. Raises as `load_staff_thread`."""
    thread = load_staff_thread(viewer, thread_id)
    last = Thread.objects.filter(id=thread_id).values_list("last_number", flat=True).get()
    page_count = page_of(max(last, 1), NUMBERS_A_PAGE)
    window = window_of(min(page, page_count), NUMBERS_A_PAGE)
    rows = (
        Post.objects.filter(thread_id=thread_id, number__range=(window.first, window.last))
        .select_related("thread")
        .order_by("number")
    )
    posts = tuple(_staff_post(row, thread.board) for row in rows)
    return PostChoice(thread, posts, window.page, page_count)


def find_numbers(viewer: Viewer, thread_id: int, ranges: list[tuple[int, int]]) -> list[int]:
    """The ids of the posts with these numbers, both ends included. Two queries; raises alike."""
    load_staff_thread(viewer, thread_id)
    wanted = Q(pk__in=())
    for first, last in ranges:
        wanted |= Q(number__range=(first, last))
    return list(Post.objects.filter(wanted, thread_id=thread_id).values_list("id", flat=True))


def load_thread_choice(viewer: Viewer, board_id: int, after: str = "") -> ThreadChoice:
    """A board's threads, hidden ones among them. One query. Raises NotFound and NotAllowed."""
    board = find_board(viewer, board_id)
    check_moderate(viewer, board_id)
    rows = Thread.objects.filter(visible_threads(viewer), board_id=board_id)
    found = stretch_of(rows, "last_posted_at", THREADS_A_PAGE, after)
    return ThreadChoice(
        board=board,
        threads=tuple(_thread_line(row) for row in found.rows),
        older=found.further,
        boards=boards_to_move_to(viewer),
    )


def boards_to_move_to(viewer: Viewer) -> tuple[Choice, ...]:
    """The boards that take threads from the viewer, in order, indented as in the tree."""
    return tuple(
        Choice(board.id, f"{'– ' * board.depth}{board.name}")
        for board in load_table(viewer).boards.values()
        if board.takes_threads and can(viewer, board.id, Right.START | Right.MODERATE)
    )


def _staff_post(row: Any, board: BoardInfo) -> StaffPost:
    return StaffPost(
        id=row.pk,
        number=row.number,
        author_name=row.author_name,
        posted_at=row.posted_at,
        state=State(row.state).name.lower(),
        html=row.html,
        thread_id=row.thread_id,
        thread_title=row.thread.title,
        thread_slug=row.thread.slug,
        board=board,
    )


def _thread_line(row: Thread) -> ThreadLine:
    return ThreadLine(
        id=row.pk,
        title=row.title,
        author_name=row.author_name,
        last_posted_at=row.last_posted_at,
        post_count=row.post_count,
        state=State(row.state).name.lower(),
        is_locked=row.is_locked,
        is_pinned=row.is_pinned,
        is_moved=row.moved_to_id is not None,
    )

"""Lists of threads: a board's own, and those over many boards (new, unanswered, mine).

Every list goes by key: its next page begins where the last one ended, so that the hundredth
costs what the first does and nothing is counted.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from paceline.accounts.viewer import Viewer
from paceline.browsing.board_index import BoardRow, rows_below
from paceline.browsing.rules import PostingRules, posting_rules
from paceline.browsing.stretches import stretch_of
from paceline.forum.models import Prefix, State, Thread
from paceline.lib.paging import page_of
from paceline.permissions.boards import can, find_board
from paceline.permissions.rights import Right
from paceline.permissions.table import BoardInfo, load_table
from paceline.permissions.threads import listed_threads, visible_threads
from paceline.unread.marks import is_unread, unread_threads, with_marks
from paceline.unread.models import Watch

# What a board's threads can be sorted by: key, column, words.
SORTS = {
    "last": ("last_posted_at", "Last post"),
    "started": ("started_at", "Started"),
    "posts": ("post_count", "Posts"),
    "views": ("view_count", "Views"),
}


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """A thread as one line of a list."""

    id: int
    title: str
    slug: str
    prefix: str
    board_id: int
    board_name: str
    board_slug: str
    author_id: int
    author_name: str
    started_at: datetime
    last_posted_at: datetime
    last_author_id: int
    last_author_name: str
    post_count: int
    view_count: int
    page_count: int
    state: str
    is_locked: bool
    is_pinned: bool
    is_unread: bool
    is_watched: bool
    is_moved: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow or sort a list: `key` goes into the address."""

    key: str
    words: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class BoardPage:
    """A board: the boards in it, its pinned threads, and a stretch of the others."""

    board: BoardInfo
    path: tuple[BoardInfo, ...]
    children: tuple[BoardRow, ...]
    pinned: tuple[ThreadRow, ...]
    threads: tuple[ThreadRow, ...]
    older: str
    is_first: bool
    sort: str
    sorts: tuple[Choice, ...]
    prefixes: tuple[Choice, ...]
    rules: PostingRules
    is_watched: bool
    may_start: bool
    may_moderate: bool


@dataclass(frozen=True, slots=True)
class ThreadList:
    """Threads of many boards, newest first; `older` leads on where there are more."""

    threads: tuple[ThreadRow, ...]
    older: str
    is_first: bool


def load_board_page(
    viewer: Viewer, board_id: int, *, sort: str = "last", prefix_id: int = 0, after: str = ""
) -> BoardPage:
    """A board, pinned threads first on its first page. Five queries or six.

    `after` is the `older` of the page before. Raises NotFound.
    """
    board = find_board(viewer, board_id)
    sort = sort if sort in SORTS else "last"
    prefixes = list(Prefix.objects.filter(board_id=board_id))
    readable = can(viewer, board_id, Right.READ)
    threads = _rows_query(viewer).filter(board_id=board_id) if readable else _nothing()
    threads = threads.filter(visible_threads(viewer))
    if prefix_id:
        threads = threads.filter(prefix_id=prefix_id)
    stretch = _stretch(viewer, threads.filter(is_pinned=False), SORTS[sort][0], after)
    pinned = () if after else tuple(threads.filter(is_pinned=True).order_by("-last_posted_at")[:50])
    return BoardPage(
        board=board,
        path=tuple(load_table(viewer).path(board_id)),
        children=rows_below(viewer, board_id),
        pinned=tuple(_row(viewer, row) for row in pinned),
        threads=stretch.threads,
        older=stretch.older,
        is_first=not after,
        sort=sort,
        sorts=tuple(Choice(key, words, key == sort) for key, (_, words) in SORTS.items()),
        prefixes=tuple(Choice(str(p.pk), p.label, p.pk == prefix_id) for p in prefixes),
        rules=posting_rules(viewer, board),
        is_watched=Watch.objects.filter(member_id=viewer.member_id, board_id=board_id).exists()
        if viewer.member
        else False,
        may_start=can(viewer, board_id, Right.START) and board.takes_threads,
        may_moderate=can(viewer, board_id, Right.MODERATE),
    )


def load_new(viewer: Viewer, after: str = "") -> ThreadList:
    """Threads with something new for a member; for a visitor the newest of all. One query."""
    threads = _rows_query(viewer).filter(listed_threads(viewer))
    if viewer.member:
        threads = threads.filter(unread_threads(viewer))
    return _stretch(viewer, threads, "last_posted_at", after)


def load_unanswered(viewer: Viewer, after: str = "") -> ThreadList:
    """Threads with an opening post and no reply, newest first. One query."""
    threads = _rows_query(viewer).filter(listed_threads(viewer), post_count=1, is_locked=False)
    return _stretch(viewer, threads, "last_posted_at", after)


def load_waiting(viewer: Viewer, most: int) -> tuple[ThreadRow, ...]:
    """At most so many of the threads of `load_unanswered`, newest first. One query."""
    threads = _rows_query(viewer).filter(listed_threads(viewer), post_count=1, is_locked=False)
    rows = threads.order_by("-last_posted_at", "-id")[:most]
    return tuple(_row(viewer, row) for row in rows)


def load_mine(viewer: Viewer, after: str = "", *, taking_part: bool = False) -> ThreadList:
    """Threads that the member started, or also those they wrote in. One query."""
    mine = Q(author_id=viewer.member_id)
    if taking_part:
        wrote = Thread.objects.filter(pk=OuterRef("pk"), posts__author_id=viewer.member_id)
        mine |= Q(Exists(wrote.filter(posts__state=State.VISIBLE)))
    threads = _rows_query(viewer).filter(visible_threads(viewer) & mine, moved_to__isnull=True)
    return _stretch(viewer, threads, "last_posted_at", after)


def load_watched(viewer: Viewer, after: str = "") -> ThreadList:
    """Threads that the member watches. One query."""
    watched = Q(watches__member_id=viewer.member_id)
    threads = _rows_query(viewer).filter(visible_threads(viewer) & watched)
    return _stretch(viewer, threads, "last_posted_at", after)


def _nothing() -> QuerySet[Thread]:
    return Thread.objects.none()


def _rows_query(viewer: Viewer) -> QuerySet[Thread]:
    return (
        with_marks(Thread.objects.all(), viewer)
        .select_related("prefix")
        .annotate(
            last_post_number=F("last_post__number"),
            is_watched=Exists(
                Watch.objects.filter(member_id=viewer.member_id, thread=OuterRef("pk"))
            ),
        )
    )


def _stretch(viewer: Viewer, threads: QuerySet[Thread], column: str, after: str) -> ThreadList:
    size = viewer.site.settings.threads_per_page
    found = stretch_of(threads, column, size, after)
    rows = tuple(_row(viewer, row) for row in found.rows)
    return ThreadList(rows, found.further, is_first=not after)


def _row(viewer: Viewer, row: Any) -> ThreadRow:
    board = load_table(viewer).boards[row.board_id]
    return ThreadRow(
        id=row.moved_to_id or row.pk,
        title=row.title,
        slug=row.slug,
        prefix=row.prefix.label if row.prefix else "",
        board_id=board.id,
        board_name=board.name,
        board_slug=board.slug,
        author_id=row.author_id or 0,
        author_name=row.author_name,
        started_at=row.started_at,
        last_posted_at=row.last_posted_at,
        last_author_id=row.last_author_id or 0,
        last_author_name=row.last_author_name,
        post_count=row.post_count,
        view_count=row.view_count,
        page_count=page_of(max(row.last_number, 1), viewer.site.settings.posts_per_page),
        state=State(row.state).name.lower(),
        is_locked=row.is_locked,
        is_pinned=row.is_pinned,
        is_unread=row.moved_to_id is None
        and is_unread(
            viewer,
            last_number=row.last_post_number or 0,
            last_posted_at=row.last_posted_at,
            read_number=row.read_number,
            board_read_at=row.board_read_at,
        ),
        is_watched=row.is_watched,
        is_moved=row.moved_to_id is not None,
    )

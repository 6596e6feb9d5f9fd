"""The index: all boards that are there for the viewer, with their counts and last posts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef

from paceline.accounts.models import Member
from paceline.accounts.viewer import Viewer
from paceline.forum.models import Board, State, Thread
from paceline.permissions.rights import Right
from paceline.permissions.table import BoardInfo, RightsTable, load_table
from paceline.unread.marks import unread_threads, with_marks


@dataclass(frozen=True, slots=True)
class LastPost:
    """The thread of a board that was posted to last."""

    thread_id: int
    slug: str
    title: str
    at: datetime
    author_id: int
    author_name: str


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A board with what it and the boards in it hold, as far as the viewer may read them."""

    board: BoardInfo
    thread_count: int
    post_count: int
    last: LastPost | None
    is_unread: bool
    children: tuple["BoardRow", ...]


@dataclass(frozen=True, slots=True)
class BoardIndex:
    """The whole index."""

    boards: tuple[BoardRow, ...]
    thread_count: int
    post_count: int
    member_count: int


def load_board_index(viewer: Viewer) -> BoardIndex:
    """Every visible board, in order. Two queries."""
    rows = rows_below(viewer, None)
    return BoardIndex(
        boards=rows,
        thread_count=sum(row.thread_count for row in rows),
        post_count=sum(row.post_count for row in rows),
        member_count=Member.objects.filter(is_active=True, erased_at__isnull=True).count(),
    )


def rows_below(viewer: Viewer, board_id: int | None) -> tuple[BoardRow, ...]:
    """The boards in a board (None: at the root) with all that is in them. One query, or none."""
    table = load_table(viewer)
    if board_id is not None and not table.children.get(board_id):
        return ()
    ids = list(table.boards) if board_id is None else table.below(board_id)
    seen = table.with_right(viewer, Right.SEE)
    counts = _counts(viewer, [each for each in ids if each in seen])
    return tuple(
        _row(viewer, table, child, counts)
        for child in table.children.get(board_id, [])
        if child in seen
    )


def _counts(viewer: Viewer, ids: list[int]) -> dict[int, Any]:
    fresh = (
        with_marks(Thread.objects.filter(board=OuterRef("pk"), state=State.VISIBLE), viewer)
        .filter(unread_threads(viewer), moved_to__isnull=True)
        .order_by()
    )
    rows = Board.objects.filter(id__in=ids).annotate(
        has_unread=Exists(fresh),
        last_title=F("last_thread__title"),
        last_slug=F("last_thread__slug"),
        last_at=F("last_thread__last_posted_at"),
        last_author=F("last_thread__last_author_id"),
        last_name=F("last_thread__last_author_name"),
    )
    return {row.pk: row for row in rows}


def _row(viewer: Viewer, table: RightsTable, board_id: int, counts: dict[int, Any]) -> BoardRow:
    children = tuple(
        _row(viewer, table, child, counts)
        for child in table.children.get(board_id, [])
        if child in counts
    )
    own = counts[board_id]
    readable = bool(table.of_viewer(viewer, board_id) & Right.READ)
    last = _last(own) if readable else None
    newest = max(
        (each for each in (last, *(child.last for child in children)) if each),
        key=lambda each: each.at,
        default=None,
    )
    return BoardRow(
        board=table.boards[board_id],
        thread_count=(own.thread_count if readable else 0)
        + sum(child.thread_count for child in children),
        post_count=(own.post_count if readable else 0)
        + sum(child.post_count for child in children),
        last=newest,
        is_unread=(readable and own.has_unread) or any(child.is_unread for child in children),
        children=children,
    )


def _last(row: Any) -> LastPost | None:
    if row.last_thread_id is None:
        return None
    return LastPost(
        row.last_thread_id,
        row.last_slug,
        row.last_title,
        row.last_at,
        row.last_author or 0,
        row.last_name,
    )

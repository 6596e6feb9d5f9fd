"""What search engines are told of: boards and threads that a visitor may read."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from paceline.accounts.viewer import Viewer
from paceline.forum.models import Board, Thread
from paceline.permissions.boards import readable_board_ids
from paceline.permissions.table import load_table
from paceline.permissions.threads import listed_threads

# Threads are listed by windows of so many ids, of which some may be gone: the protocol takes
# 50,000 a file (https://www.sitemaps.org/protocol.html), and a smaller one is read sooner.
WINDOW = 5000


@dataclass(frozen=True, slots=True)
class Listed:
    """A board or a thread; `changed_at` is its last post's moment, None where it has none."""

    id: int
    slug: str
    changed_at: datetime | None


def count_windows(viewer: Viewer) -> int:
    """How many windows of threads there are. One query."""
    threads = Thread.objects.filter(board_id__in=readable_board_ids(viewer))
    highest = threads.aggregate(highest=Max("id"))["highest"] or 0
    return -(-highest // WINDOW)


def load_listed_threads(viewer: Viewer, window: int) -> list[Listed]:
    """The threads of a window (from 1), oldest first. One query."""
    threads = Thread.objects.filter(
        listed_threads(viewer), id__gt=(window - 1) * WINDOW, id__lte=window * WINDOW
    )
    rows = threads.order_by("id").values_list("id", "slug", "last_posted_at")
    return [Listed(*row) for row in rows]


def load_listed_boards(viewer: Viewer) -> list[Listed]:
    """The boards, in their order. One query."""
    readable = readable_board_ids(viewer)
    last = dict(
        Board.objects.filter(id__in=readable).values_list("id", "last_thread__last_posted_at")
    )
    return [
        Listed(board.id, board.slug, last[board.id])
        for board in load_table(viewer).boards.values()
        if board.id in last
    ]

"""What a member has begun to write: all drafts, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from paceline.accounts.viewer import Viewer
from paceline.forum.models import Draft, Post, Thread
from paceline.permissions.posts import visible_posts
from paceline.permissions.rights import Right
from paceline.permissions.table import load_table
from paceline.permissions.threads import visible_threads


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft. `about` is the title of its thread or the name of its board, and empty where
    that is there no longer for the viewer: the text still is."""

    place: str
    kind: str
    about: str
    target_id: int
    title: str
    source: str
    saved_at: datetime


def load_drafts_page(viewer: Viewer) -> tuple[DraftRow, ...]:
    """A member's drafts. At most three queries, none for a visitor."""
    if viewer.member is None:
        return ()
    rows = list(Draft.objects.filter(member_id=viewer.member_id).order_by("-saved_at", "-id"))
    threads = _titles_of_threads(viewer, _targets(rows, "reply"))
    posts = _titles_of_posts(viewer, _targets(rows, "edit"))
    boards = _names_of_boards(viewer)
    about = {"reply": threads, "edit": posts, "thread": boards}
    found = []
    for row in rows:
        kind, target_id = _split(row.place)
        name = about[kind].get(target_id, "")
        found.append(
            DraftRow(row.place, kind, name, target_id, row.title, row.source, row.saved_at)
        )
    return tuple(found)


def _split(place: str) -> tuple[str, int]:
    kind, _, number = place.partition(":")
    return kind, int(number)


def _targets(rows: Iterable[Draft], wanted: str) -> list[int]:
    places = (_split(row.place) for row in rows)
    return [target_id for kind, target_id in places if kind == wanted and target_id < 2**63]


def _titles_of_threads(viewer: Viewer, ids: list[int]) -> dict[int, str]:
    if not ids:
        return {}
    threads = Thread.objects.filter(visible_threads(viewer), id__in=ids)
    return dict(threads.values_list("id", "title"))


def _titles_of_posts(viewer: Viewer, ids: list[int]) -> dict[int, str]:
    if not ids:
        return {}
    posts = Post.objects.filter(visible_posts(viewer), id__in=ids)
    return dict(posts.values_list("id", "thread__title"))


def _names_of_boards(viewer: Viewer) -> dict[int, str]:
    table = load_table(viewer)
    seen = table.with_right(viewer, Right.SEE)
    return {board_id: board.name for board_id, board in table.boards.items() if board_id in seen}

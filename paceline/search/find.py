"""Finding posts: the question as a viewer may ask it, answered with the ids of posts."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from paceline.accounts.viewer import Viewer
from paceline.permissions.boards import readable_board_ids
from paceline.permissions.table import load_table
from paceline.search.engine import engine
from paceline.search.entries import (
    MOST_COUNTED,
    MOST_RANKED,
    Match,
    Slice,
    author_token,
    board_token,
    thread_token,
    tokens_between,
)
from paceline.search.query import Query

Order = Literal["newest", "best"]


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look: each narrows it further. A board counts with the boards in it.

    `since` is included, `until` is not.
    """

    board_id: int | None = None
    thread_id: int | None = None
    author_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    titles_only: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Ids of posts in the order asked for. `count` goes on to `MOST_COUNTED` and one more."""

    post_ids: tuple[int, ...] = ()
    has_more: bool = False
    count: int = 0

    @property
    def is_more_than_counted(self) -> bool:
        return self.count > MOST_COUNTED


def find_posts(
    viewer: Viewer,
    query: Query,
    scope: Scope,
    part: Slice,
    *,
    order: Order = "newest",
    is_any: bool = False,
) -> Found:
    """Posts that the viewer may read and that hold the query's words; with `is_any`, one of them.

    Whoever shows them asks `visible_posts` once more for their rows: for a moment the index may
    know a post as it was. Two queries or three; with `is_any` one more for each term.
    """
    match = _match_for(viewer, query, scope)
    if match is None:
        return Found()
    if is_any:
        match = _without_frequent(match)
    one_more = replace(part, size=part.size + 1)
    found = engine().best(match, one_more) if order == "best" else engine().newest(match, one_more)
    first = part.before_id is None and not part.skip
    few = first and len(found) <= part.size
    return Found(
        post_ids=tuple(found[: part.size]),
        has_more=len(found) > part.size,
        count=len(found) if few else engine().count(match, MOST_COUNTED),
    )


def finds_any(viewer: Viewer, query: Query, scope: Scope) -> bool:
    """Whether one of the query's words alone would find something. A query, and one per term."""
    match = _match_for(viewer, query, scope)
    return match is not None and bool(engine().newest(_without_frequent(match), Slice(size=1)))


def _match_for(viewer: Viewer, query: Query, scope: Scope) -> Match | None:
    """The question with what the viewer may read; None where the answer can only be nothing."""
    within: list[tuple[str, ...]] = []
    outside: tuple[str, ...] = ()
    readable = readable_board_ids(viewer)
    table = load_table(viewer)
    if scope.board_id is not None:
        readable = readable & {scope.board_id, *table.below(scope.board_id)}
        within.append(_boards(readable))
    else:
        hidden = table.boards.keys() - readable
        # The shorter list of the two; most boards of most sites are open to everybody.
        if len(hidden) < len(readable):
            outside = _boards(frozenset(hidden))
        else:
            within.append(_boards(readable))
    if scope.thread_id is not None:
        within.append((thread_token(scope.thread_id),))
    if scope.author_id is not None:
        within.append((author_token(scope.author_id),))
    if scope.since or scope.until:
        within.append(tuple(tokens_between(scope.since, scope.until, viewer.now)))
    if not query.wanted or not all(within):
        return None
    return Match(
        query=query,
        within=tuple(within),
        outside=outside,
        titles_only=scope.titles_only,
        since=scope.since,
        until=scope.until,
    )


def _boards(ids: frozenset[int]) -> tuple[str, ...]:
    return tuple(board_token(board_id) for board_id in sorted(ids))


def _without_frequent(match: Match) -> Match:
    """The match by any word, without those so frequent that they would drown the others.

    In place of a list of stop words, which every language has its own of. One query per term.
    """
    if len(match.query.wanted) > 1:
        telling = tuple(
            term
            for term in match.query.wanted
            if engine().count(
                replace(match, query=Query((term,)), within=(), outside=()), MOST_RANKED
            )
            <= MOST_RANKED
        )
        match = replace(match, query=replace(match.query, wanted=telling or match.query.wanted))
    return replace(match, is_any=True)

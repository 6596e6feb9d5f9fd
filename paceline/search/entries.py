"""What the index is given of a post, and what is asked of it: plain values, no database.

Beside its words an entry carries tokens that say where it belongs, so that a search in one
thread reads that thread's entries and no others: `b3` board, `t12` thread, `a7` author, `y2008`
and `m200810` when it was posted (UTC).
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from paceline.search.query import Query

# So many of the newest that match are put in order when the best are asked for: ranking costs
# the same for each, and a frequent word of a large board has half a million of them.
MOST_RANKED = 5000
# Nobody reads further; a count goes on to here and then says "more than".
MOST_COUNTED = 1000
# How much a word in the title weighs against one in the text.
TITLE_WEIGHT = 8.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A post in the index. `title` is empty but for the first post of its thread."""

    post_id: int
    title: list[str]
    body: list[str]
    tokens: list[str]


@dataclass(frozen=True, slots=True)
class Match:
    """What an entry must be like: the query's words, and of each group in `within` a token.

    Of `outside` it may have none. `is_any`: one of the wanted terms is enough. `since` and
    `until` (not included) are exact; tokens for the months between them are the caller's to add.
    """

    query: Query
    within: tuple[tuple[str, ...], ...] = ()
    outside: tuple[str, ...] = ()
    titles_only: bool = False
    is_any: bool = False
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Slice:
    """Which of the matches: those before a post's id (newest first), or after so many (best)."""

    size: int
    before_id: int | None = None
    skip: int = field(default=0)


def board_token(board_id: int) -> str:
    return f"b{board_id}"


def thread_token(thread_id: int) -> str:
    return f"t{thread_id}"


def author_token(member_id: int) -> str:
    return f"a{member_id}"


def time_tokens(at: datetime) -> list[str]:
    """The year and the month of a moment."""
    at = at.astimezone(UTC)
    return [f"y{at.year}", f"m{at.year}{at.month:02}"]


def tokens_between(since: datetime | None, until: datetime | None, now: datetime) -> list[str]:
    """Tokens of which every entry between two moments has one: years where they are whole.

    A month that is only partly between them counts as a whole. `now` ends what has no end.
    """
    first = since.astimezone(UTC) if since else datetime(1970, 1, 1, tzinfo=UTC)
    last = until.astimezone(UTC) if until else now.astimezone(UTC)
    tokens: list[str] = []
    # A year more than now, for a post whose clock was ahead.
    for year in range(max(first.year, 1970), min(last.year, now.year) + 2):
        months = [
            month
            for month in range(1, 13)
            if (first.year, first.month) <= (year, month)
            and (until is None or (year, month) <= (last.year, last.month))
        ]
        if len(months) == 12:
            tokens.append(f"y{year}")
        else:
            tokens += [f"m{year}{month:02}" for month in months]
    return tokens

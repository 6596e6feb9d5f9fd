"""The index on PostgreSQL: a table of `tsvector` under a GIN index.

PostgreSQL's own parser of text is passed by: vectors and queries are written word for word, so
that both databases find the same. Words of the title have weight A, the others D; the tokens of
`Entry` begin with `=` here, as no word does, and have no place, so that no phrase meets them.
https://www.postgresql.org/docs/current/datatype-textsearch.html
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from paceline.search.entries import (
    MOST_COUNTED,
    MOST_RANKED,
    TITLE_WEIGHT,
    Entry,
    Match,
    Slice,
    thread_token,
)
from paceline.search.query import Term

TABLE = "paceline_words"
# So many ids are gone down before the index is asked: about ten milliseconds.
STRETCH = 2000
# Of the weights D, C, B, A, each between 0 and 1.
_WEIGHTS = f"{{{1 / TITLE_WEIGHT},0,0,1}}"


def create() -> None:
    """Make the empty index anew."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
        cursor.execute(
            f"CREATE TABLE {TABLE} (post_id bigint PRIMARY KEY, words tsvector NOT NULL)"
        )
        cursor.execute(f"CREATE INDEX {TABLE}_gin ON {TABLE} USING gin (words)")


def put(entries: Sequence[Entry]) -> None:
    """Add these entries, or put them in the place of what was known of their posts."""
    rows = [(entry.post_id, vector(entry)) for entry in entries]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {TABLE}(post_id, words) VALUES (%s, %s::tsvector)"
            " ON CONFLICT (post_id) DO UPDATE SET words = EXCLUDED.words",
            rows,
        )


def drop(post_ids: Iterable[int]) -> None:
    """Forget these posts."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE post_id = ANY(%s)", [list(post_ids)])


def drop_thread(thread_id: int) -> None:
    """Forget every post of a thread, those among them whose rows are gone."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {TABLE} WHERE words @@ %s::tsquery", [_token(thread_token(thread_id))]
        )


def newest(match: Match, part: Slice) -> list[int]:
    """The ids of the posts that match, the newest first. One query, or two.

    A frequent word is found fast by going down from the newest post, a rare one by the index of
    words; the planner knows too little of words to choose, and is wrong by a factor of 100. So a
    short stretch is gone down first, and where that is not enough, the index is asked.
    """
    source, parameters = _matching(match)
    top = f"(SELECT max(post_id) + 1 FROM {TABLE})" if part.before_id is None else "%s"
    before = [] if part.before_id is None else [part.before_id]
    found = _column(
        f"SELECT post_id FROM {source} AND post_id < {top} AND post_id >= {top} - {STRETCH}"
        " ORDER BY post_id DESC LIMIT %s",
        [*parameters, *before, *before, part.size],
    )
    if len(found) == part.size:
        return found
    # A sum is no column: there is no index to go down by.
    return _column(
        f"SELECT post_id FROM {source} AND post_id < {top} ORDER BY post_id + 0 DESC LIMIT %s",
        [*parameters, *before, part.size],
    )


def best(match: Match, part: Slice) -> list[int]:
    """The ids of the posts that match best, among the newest so many (`MOST_RANKED`)."""
    source, parameters = _matching(match)
    return _column(
        f"WITH candidates AS MATERIALIZED (SELECT post_id, words FROM {source}"
        f" ORDER BY post_id DESC LIMIT {MOST_RANKED}) SELECT post_id FROM candidates"
        " ORDER BY ts_rank(%s::float4[], words, %s::tsquery, 1) DESC, post_id DESC"
        " LIMIT %s OFFSET %s",
        [*parameters, _WEIGHTS, _wanted(match), part.size, part.skip],
    )


def count(match: Match, most: int = MOST_COUNTED) -> int:
    """How many match, counted up to one more than `most`."""
    source, parameters = _matching(match)
    sql = f"SELECT count(*) FROM (SELECT 1 FROM {source} LIMIT %s) AS counted"
    return _column(sql, [*parameters, most + 1])[0]


def known_ids() -> str:
    """A query for the ids of all posts in the index, as SQL: `id` of the table it names."""
    return f"SELECT post_id AS id FROM {TABLE}"


def optimize() -> None:
    """Nothing: PostgreSQL's autovacuum merges what the index gathered in parts."""


def vector(entry: Entry) -> str:
    """The entry as PostgreSQL writes a tsvector."""
    places: dict[str, list[str]] = {}
    for place, word in enumerate(entry.title, start=1):
        places.setdefault(word, []).append(f"{place}A")
    # One place is left out, so that no phrase begins in the title and ends in the text.
    for place, word in enumerate(entry.body, start=len(entry.title) + 2):
        places.setdefault(word, []).append(str(place))
    words = [f"'{word}':{','.join(at)}" for word, at in places.items()]
    return " ".join([*words, *map(_token, entry.tokens)])


def expression(match: Match) -> str:
    """The match as PostgreSQL writes a tsquery."""
    parts = [f"({_wanted(match)})", *(_any_of(group) for group in match.within)]
    weight = "A" if match.titles_only else ""
    parts += [f"!({_phrase(term, weight)})" for term in match.query.unwanted]
    if match.outside:
        parts.append(f"!{_any_of(match.outside)}")
    return " & ".join(parts)


def _wanted(match: Match) -> str:
    weight = "A" if match.titles_only else ""
    between = " | " if match.is_any else " & "
    return between.join(f"({_phrase(term, weight)})" for term in match.query.wanted)


def _phrase(term: Term, weight: str) -> str:
    words = [f"'{word}':{weight}" if weight else f"'{word}'" for word in term.words]
    if term.is_beginning:
        words[-1] = f"'{term.words[-1]}':*{weight}"
    return " <-> ".join(words)


def _any_of(tokens: Iterable[str]) -> str:
    return f"({' | '.join(map(_token, tokens))})"


def _token(token: str) -> str:
    return f"'={token}'"


def _matching(match: Match) -> tuple[str, list[Any]]:
    """What follows FROM, up to the end of the conditions, and its parameters."""
    parameters: list[Any] = [expression(match)]
    times = ""
    for comparison, moment in ((">=", match.since), ("<", match.until)):
        if moment is not None:
            times += f" AND posted_at {comparison} %s"
            parameters.append(moment)
    join = " JOIN paceline_post ON paceline_post.id = post_id" if times else ""
    return f"{TABLE}{join} WHERE words @@ %s::tsquery{times}", parameters


def _column(sql: str, parameters: list[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [row[0] for row in cursor.fetchall()]

"""The index on SQLite: a table of the full-text module FTS5, which holds no text of its own.

It is given folded words and keeps them as they are: its tokenizer `ascii` splits at spaces and
takes everything beyond ASCII for letters. Where the library is older than 3.43 a table without
text could not forget a post, so there the folded words are kept beside the index.
https://sqlite.org/fts5.html
"""

import sqlite3
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
FORGETS_SINCE = (3, 43, 0)


def create() -> None:
    """Make the empty index anew."""
    can_forget = sqlite3.sqlite_version_info >= FORGETS_SINCE
    without_text = ", content='', contentless_delete=1" if can_forget else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
        cursor.execute(
            f"CREATE VIRTUAL TABLE {TABLE}"
            f" USING fts5(title, body, tokens{without_text}, tokenize='ascii')"
        )


def put(entries: Sequence[Entry]) -> None:
    """Add these entries, or put them in the place of what was known of their posts."""
    drop([entry.post_id for entry in entries])
    rows = [
        (entry.post_id, " ".join(entry.title), " ".join(entry.body), " ".join(entry.tokens))
        for entry in entries
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {TABLE}(rowid, title, body, tokens) VALUES (%s, %s, %s, %s)",
            rows,
        )


def drop(post_ids: Iterable[int]) -> None:
    """Forget these posts."""
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [(one,) for one in post_ids])


def drop_thread(thread_id: int) -> None:
    """Forget every post of a thread, those among them whose rows are gone."""
    drop(_column(f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s", [_tokens_of(thread_id)]))


def newest(match: Match, part: Slice) -> list[int]:
    """The ids of the posts that match, the newest first."""
    source, parameters = _matching(match)
    if part.before_id is not None:
        source += f" AND {TABLE}.rowid < %s"
        parameters.append(part.before_id)
    return _column(
        f"SELECT {TABLE}.rowid FROM {source} ORDER BY {TABLE}.rowid DESC LIMIT %s",
        [*parameters, part.size],
    )


def best(match: Match, part: Slice) -> list[int]:
    """The ids of the posts that match best, among the newest so many (`MOST_RANKED`)."""
    source, parameters = _matching(match)
    return _column(
        "SELECT id FROM (SELECT"
        f" {TABLE}.rowid AS id, bm25({TABLE}, {TITLE_WEIGHT}, 1.0, 0.0) AS badness"
        f" FROM {source} ORDER BY {TABLE}.rowid DESC LIMIT {MOST_RANKED})"
        " ORDER BY badness, id DESC LIMIT %s OFFSET %s",
        [*parameters, part.size, part.skip],
    )


def count(match: Match, most: int = MOST_COUNTED) -> int:
    """How many match, counted up to one more than `most`."""
    source, parameters = _matching(match)
    sql = f"SELECT count(*) FROM (SELECT 1 FROM {source} LIMIT %s)"
    return _column(sql, [*parameters, most + 1])[0]


def known_ids() -> str:
    """A query for the ids of all posts in the index, as SQL: `id` of the table it names."""
    return f"SELECT id FROM {TABLE}_docsize"


def optimize() -> None:
    """Merge what the index gathered in parts. Long on a large board."""
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE}({TABLE}) VALUES ('optimize')")


def _matching(match: Match) -> tuple[str, list[Any]]:
    """What follows FROM, up to the end of the conditions, and its parameters."""
    times = []
    parameters: list[Any] = [expression(match)]
    for comparison, moment in ((">=", match.since), ("<", match.until)):
        if moment is not None:
            times.append(f" AND paceline_post.posted_at {comparison} %s")
            parameters.append(connection.ops.adapt_datetimefield_value(moment))
    # CROSS JOIN keeps SQLite from reading the posts first and looking each up in the index.
    join = f" CROSS JOIN paceline_post ON paceline_post.id = {TABLE}.rowid" if times else ""
    return f"{TABLE}{join} WHERE {TABLE} MATCH %s{''.join(times)}", parameters


def expression(match: Match) -> str:
    """The match as FTS5 writes it: every word in quotes, so that none is taken for an operator."""
    fields = "title" if match.titles_only else "{title body}"
    wanted = (" OR " if match.is_any else " AND ").join(map(_phrase, match.query.wanted))
    parts = [f"{fields} : ({wanted})"]
    parts += [f"tokens : ({_any_of(group)})" for group in match.within]
    refused = []
    if match.query.unwanted:
        refused.append(f"{fields} : ({' OR '.join(map(_phrase, match.query.unwanted))})")
    if match.outside:
        refused.append(f"tokens : ({_any_of(match.outside)})")
    required = f"({' AND '.join(parts)})"
    return f"{required} NOT ({' OR '.join(refused)})" if refused else required


def _phrase(term: Term) -> str:
    return f'"{" ".join(term.words)}"{"*" if term.is_beginning else ""}'


def _any_of(tokens: Iterable[str]) -> str:
    return " OR ".join(f'"{token}"' for token in tokens)


def _tokens_of(thread_id: int) -> str:
    return f'tokens : "{thread_token(thread_id)}"'


def _column(sql: str, parameters: list[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [row[0] for row in cursor.fetchall()]

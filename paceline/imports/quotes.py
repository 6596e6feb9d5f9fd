"""Quotes of posts by the old board's ids, made to point at the posts here.

A quote of a post that is not here yet keeps its name and words, and is pointed at the post when
the page comes that has it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_QUOTE = re.compile(r"(?<!\[noparse\])\[quote=\"(?P<name>(?:[^\"\\\n]|\\.)*);(?P<id>\d{1,18})\"\]")


@dataclass(frozen=True, slots=True)
class Pointed:
    """A source whose quotes point at posts here, and the old ids that wait for theirs."""

    source: str
    waiting: tuple[int, ...]


def quoted_ids(sources: Iterable[str]) -> set[int]:
    """The old board's ids of all posts that the sources quote."""
    return {int(found["id"]) for source in sources for found in _QUOTE.finditer(source)}


def point(source: str, ids: Mapping[int, int]) -> Pointed:
    """The source with the ids of posts here; `ids` are by those of the old board."""
    waiting: dict[int, None] = {}

    def put(found: re.Match[str]) -> str:
        here = ids.get(int(found["id"]))
        if here is None:
            waiting[int(found["id"])] = None
            return f'[quote="{found["name"]}"]'
        return f'[quote="{found["name"]};{here}"]'

    return Pointed(_QUOTE.sub(put, source), tuple(waiting))

"""Quotes in pages saved as text, where nothing marks their end.

vBulletin quotes a post's own words, so the words quoted are looked for in the posts above: the
quote ends with the last line that is found there. Where the quoted post is not on the page, only
the first line is taken for the quote, and that is noted.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from paceline.imports.saved_pages import bbcode

_QUOTE = re.compile(r"(?:Quote|Zitat|Citation|Citaat|Cita)\s*:", re.IGNORECASE)
_FROM = re.compile(r"Originally Posted by(?:\s+(?P<name>.{1,100}?))?(?:\s+View Post)?", re.I)
_MOST_LINES = 400  # of a quote; and lines that may differ before the next that is found again
_MOST_STRANGE = 2
# That share a line with the quote: where more do, it is a line that anybody writes.
_MOST_POSTS = 50


# Where each line of a post stands in it, in order.
Places = dict[str, list[int]]


@dataclass(slots=True)
class Said:
    """What the posts above said, line by line, and who said it.

    Kept by line, so that a quote is held against the few posts that share words with it and not
    against all of a page.
    """

    names: set[str] = field(default_factory=set)
    by_line: dict[str, list[tuple[str, Places]]] = field(default_factory=dict)

    def add(self, name: str, lines: Sequence[str]) -> None:
        """Remember a post's own words."""
        places: Places = {}
        for place, line in enumerate(line for line in lines if line):
            places.setdefault(line, []).append(place)
        if places:
            self.names.add(name.casefold())
        for line in places:
            self.by_line.setdefault(line, []).append((name.casefold(), places))

    def posts_like(self, name: str, lines: Sequence[str]) -> list[Places]:
        """The posts in which a quote of `lines` may begin, at most fifty for each of its first
        lines: that member's, or anybody's where nobody of that name said anything."""
        name = name.casefold()
        first = islice((line for line in lines if line), _MOST_STRANGE + 1)
        found: list[Places] = []
        for line in first:
            said = self.by_line.get(line, [])
            mine = [places for who, places in said if who == name or name not in self.names]
            found += mine[-_MOST_POSTS:]
        return found


@dataclass(slots=True)
class Body:
    """A body in BB code, its author's own lines, and notes on what was doubtful."""

    source: str
    own: list[str]
    notes: list[str]


def write_body(
    lines: Sequence[str], said: Said, join: Callable[[Sequence[str]], str] = "\n".join
) -> Body:
    """A post's lines as BB code, its quotes closed where their words end.

    `join` makes lines that stand together into text.
    """
    parts: list[str] = []
    own: list[str] = []
    run: list[str] = []
    notes: list[str] = []
    index = 0
    while index < len(lines):
        opening = _opening(lines, index)
        if opening is None:
            run.append(lines[index])
            own.append(lines[index])
            index += 1
            continue
        parts += [bbcode.literal(join(run))] if run else []
        run = []
        start = opening.start
        quoted_lines = lines[start : start + _MOST_LINES]
        posts = said.posts_like(opening.name, quoted_lines)
        length = max((_length_in(quoted_lines, places) for places in posts), default=0)
        if not length:
            length = 1 if start < len(lines) else 0
            whom = opening.name or "somebody"
            notes.append(f"where the quote of {whom} ends is not marked; its first line was taken")
        quoted = bbcode.literal(join(lines[start : start + length])).strip()
        parts.append(bbcode.quote(quoted, opening.name))
        index = start + length
    parts += [bbcode.literal(join(run))] if run else []
    return Body("\n".join(parts).strip("\n"), own, notes)


@dataclass(frozen=True, slots=True)
class _Opening:
    name: str
    start: int


def _opening(lines: Sequence[str], index: int) -> _Opening | None:
    if not _QUOTE.fullmatch(lines[index]):
        return None
    start = _skip_empty(lines, index + 1)
    found = _FROM.fullmatch(lines[start]) if start < len(lines) else None
    if found is None:
        return _Opening("", start)
    if found["name"]:
        return _Opening(found["name"].strip(), _skip_empty(lines, start + 1))
    # In pieces the name is on a line of its own.
    name_at = _skip_empty(lines, start + 1)
    name = lines[name_at] if name_at < len(lines) else ""
    return _Opening(name, _skip_empty(lines, name_at + 1))


def _skip_empty(lines: Sequence[str], index: int) -> int:
    while index < len(lines) and not lines[index]:
        index += 1
    return index


def _length_in(lines: Sequence[str], places: Places) -> int:
    """How many of `lines` repeat a post, in its order; 0 where none does."""
    length, strange, after = 0, 0, -1
    for index, text in enumerate(lines):
        if not text:
            continue
        place = next((place for place in places.get(text, ()) if place > after), -1)
        if place < 0:
            strange += 1
            if strange > _MOST_STRANGE:
                break
        else:
            after, strange, length = place, 0, index + 1
    return length

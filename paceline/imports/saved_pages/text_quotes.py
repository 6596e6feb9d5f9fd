"""Quotes in pages saved as text, where nothing marks their end.

vBulletin quotes a post's own words, so the words quoted are looked for in the posts above: the
quote ends with the last line that is found there. Where the quoted post is not on the page, only
the first line is taken for the quote, and that is noted.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from paceline.imports.saved_pages import bbcode

_QUOTE = re.compile(r"(?:Quote|Zitat|Citation|Citaat|Cita)\s*:", re.IGNORECASE)
_FROM = re.compile(r"Originally Posted by(?:\s+(?P<name>.{1,100}?))?(?:\s+View Post)?", re.I)
_MOST_LINES = 400  # of a quote; and lines that may differ before the next that is found again
_MOST_STRANGE = 2


@dataclass(slots=True)
class Said:
    """What the posts above said, in lines, by author and altogether."""

    by_name: dict[str, list[list[str]]] = field(default_factory=dict)

    def add(self, name: str, lines: Sequence[str]) -> None:
        """Remember a post's own words."""
        own = [line for line in lines if line]
        if own:
            self.by_name.setdefault(name.casefold(), []).append(own)

    def posts_of(self, name: str) -> list[list[str]]:
        """What that member said; what anybody said where nobody of that name did."""
        own = self.by_name.get(name.casefold())
        return own or [post for posts in self.by_name.values() for post in posts]


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
        length = _length(lines[start : start + _MOST_LINES], said.posts_of(opening.name))
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


def _length(lines: Sequence[str], posts: Sequence[Sequence[str]]) -> int:
    """How many of `lines` repeat one of the posts, in its order; 0 where none does."""
    return max((_length_in(lines, post) for post in posts), default=0)


def _length_in(lines: Sequence[str], post: Sequence[str]) -> int:
    places: dict[str, list[int]] = {}
    for place, text in enumerate(post):
        places.setdefault(text, []).append(place)
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

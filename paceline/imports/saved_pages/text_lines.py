"""A page saved as text, as lines with their numbers, whatever wrote them.

Three ways of saving are told apart. *Plain*: one line of text per line of the page. *Dump*: a
text browser's (lynx, w3m), indented, long lines wrapped at the terminal's width, rules drawn
across it. *Pieces*: each piece of text between two tags on a line of its own, as `get_text` of
BeautifulSoup gives it with a separator.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

_RULE = re.compile(r"[_━─—=-]{20,}")
_SIGNATURE_UNDERSCORES = 18  # of vBulletin's own divider; a dump's rules are longer
_NARROWEST, _WIDEST = 50, 400  # terminals that a dump was made for, in columns
_MARGIN = 3  # columns that lynx leaves free


class Manner(Enum):
    """How a page was made into text."""

    PLAIN = "plain"
    DUMP = "dump"
    PIECES = "pieces"


@dataclass(frozen=True, slots=True)
class Line:
    """`text` without its outer blanks; `columns` is how far the line as saved reached."""

    number: int
    text: str
    columns: int


@dataclass(frozen=True, slots=True)
class Lines:
    """All lines of a file. `width` is where a dump's long lines were wrapped, 0 for none."""

    manner: Manner
    width: int
    all: tuple[Line, ...]


def read_lines(text: str) -> Lines:
    """The lines of a file and how they were made. In pieces, empty lines say nothing and go."""
    lines = [
        Line(number, _folded(raw), len(raw.rstrip()))
        for number, raw in enumerate(text.split("\n"), start=1)
    ]
    if _are_pieces(lines):
        return Lines(Manner.PIECES, 0, tuple(line for line in lines if line.text))
    width = _width(lines)
    return Lines(Manner.DUMP if width else Manner.PLAIN, width, tuple(lines))


def is_rule(line: Line) -> bool:
    """Whether the line is a rule across the page rather than a signature's divider."""
    return bool(_RULE.fullmatch(line.text))


def is_signature_divider(line: Line) -> bool:
    """Whether the line is what vBulletin puts above a signature."""
    return set(line.text) == {"_"} and 15 <= len(line.text) <= _SIGNATURE_UNDERSCORES + 1


def unwrapped(lines: Sequence[Line], width: int) -> list[Line]:
    """The lines with those joined that a dump had wrapped.

    A line was wrapped where the next one's first word would not have fitted behind it.
    """
    joined: list[Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        first = line.text.split(" ", 1)[0]
        if before and before.text and not is_rule(line) and was_full(before, first, width):
            joined[-1] = Line(before.number, f"{before.text} {line.text}", line.columns)
        else:
            joined.append(line)
    return joined


def was_full(line: Line, next_word: str, width: int) -> bool:
    """Whether a dump of that width had to go to a new line before the word."""
    if not width or not next_word or len(next_word) * 2 > width or is_rule(line):
        return False
    return line.columns + 1 + len(next_word) > width


def _folded(raw: str) -> str:
    return raw.replace("\xa0", " ").replace("\t", " ").strip()


def _are_pieces(lines: Iterable[Line]) -> bool:
    """Whether a post's number stands apart from its sign, which no browser shows that way."""
    texts = [line.text for line in lines if line.text]
    return any(one == "#" and other.isdigit() for one, other in pairwise(texts))


def _width(lines: Sequence[Line]) -> int:
    """The width of the terminal that a dump was made for, 0 where the page is no dump.

    A dump shows itself by rules across the page (w3m, lynx) or by its margin (lynx).
    """
    widest = max((line.columns for line in lines), default=0)
    if not _NARROWEST <= widest <= _WIDEST:
        return 0
    has_rules = any(is_rule(line) and line.columns * 10 > widest * 7 for line in lines)
    filled = [line for line in lines if line.text]
    indented = sum(line.columns >= len(line.text) + _MARGIN for line in filled)
    return widest if has_rules or indented * 10 > len(filled) * 8 else 0


def joined(lines: Sequence[Line]) -> str:
    """Lines as one."""
    return " ".join(line.text for line in lines)

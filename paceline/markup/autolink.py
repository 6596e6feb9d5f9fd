"""What is more than words in a stretch of plain text: line ends, addresses, names, smilies.

One pattern, one pass: whatever it takes at a place is not looked at again, taken or not, so the
time grows with the text and never with its square (`http://a` repeated, `@` repeated).
"""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from paceline.markup.addresses import NOT_IN_PLAIN_ADDRESS
from paceline.markup.smilies import AFTER, BEFORE, REST, SMILIES

MAX_NAME_CHARS = 60

_SPECIAL = re.compile(
    # The first character alone, so that the engine can skip through ordinary words.
    r"[\n@:;hHwW]"
    r"(?:(?<=\n)\n*+"
    rf'|(?<=@)(?:"(?P<quoted>[^"\n]{{1,{MAX_NAME_CHARS}}})"|(?P<name>[\w.-]{{2,}}+))'
    rf"|(?<=[hH])(?ai:ttps?://)[^{NOT_IN_PLAIN_ADDRESS}]*+"
    rf"|(?<=[wW])(?ai:ww\.)[^{NOT_IN_PLAIN_ADDRESS}]*+"
    rf"|(?<=[:;])(?:{REST}))"
)
# What ends a sentence rather than an address.
_CLOSING = ".,:;!?*'\"…’”»"
# What a name, and an address, may not follow. Scripts without blanks may come before both.
_BEFORE_NAME = re.compile(r"[A-Za-z0-9_@./&-]")
_BEFORE_ADDRESS = re.compile(r"[A-Za-z0-9_]")


class Find(NamedTuple):
    """`source[start:end]` is of this kind; `value` is the address, name or code.

    `lines` are line ends in a row.
    """

    kind: Literal["lines", "address", "name", "smilie"]
    start: int
    end: int
    value: str


def find_specials(source: str, start: int, end: int, *, smilies: bool) -> Iterator[Find]:
    """What stands out in `source[start:end]`, in order, never overlapping.

    Addresses are candidates: begin with http://, https:// or www., stripped of what ends a
    sentence; whether one may be linked is for `safe_address` to say.
    """
    for match in _SPECIAL.finditer(source, start, end):
        at, stop = match.span()
        first = source[at]
        if first == "\n":
            yield Find("lines", at, stop, "\n")
            continue
        before = source[at - 1] if at > start else ""
        if first == "@":
            if _BEFORE_NAME.match(before):
                continue
            name = match["quoted"] or match["name"].rstrip(".-")
            if match["quoted"] is None:
                stop = at + 1 + len(name)
            if 2 <= len(name) <= MAX_NAME_CHARS and not name.isspace():
                yield Find("name", at, stop, name)
        elif first in ":;":
            after = source[stop] if stop < end else ""
            if smilies and match[0] in SMILIES and _stands_alone(before, after):
                yield Find("smilie", at, stop, match[0])
        elif not _BEFORE_ADDRESS.match(before):
            address = trim_address(match[0])
            yield Find("address", at, at + len(address), address)


def _stands_alone(before: str, after: str) -> bool:
    return (not before or before.isspace() or before in BEFORE) and (
        not after or after.isspace() or after in AFTER
    )


def trim_address(candidate: str) -> str:
    """Without the punctuation after it, and without a closing parenthesis it did not open."""
    surplus = candidate.count(")") - candidate.count("(")
    end = len(candidate)
    while end:
        last = candidate[end - 1]
        if last == ")" and surplus > 0:
            surplus -= 1
        elif last not in _CLOSING:
            break
        end -= 1
    return candidate[:end]

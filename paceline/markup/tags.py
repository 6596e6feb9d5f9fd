"""Which square brackets are BB code: every tag of a source, with its partner.

A tag counts only if it is known, well formed and has its partner; all else stays text, as on
the boards the posts come from. Names are matched in any case. Linear: no stretch of the source
is read more than a fixed number of times, whatever is left open.
"""

import re
from dataclasses import dataclass

from paceline.markup.addresses import MAX_ADDRESS_CHARS, safe_address, safe_email

# Tags with an address in one source; later ones are text. Bounds time and output.
MAX_ADDRESSES = 1_000

# Other spellings of one tag.
_SAME = {"strike": "s", "li": "*"}

# Tags that only change the look of words between them; they take no argument.
FORMATS = frozenset({"b", "i", "u", "s"})
# Tags around blocks.
BLOCKS = frozenset({"quote", "list", "ul", "ol", "spoiler"})
# Tags whose content is shown as typed, and tags whose content is an address.
VERBATIM = frozenset({"code", "php", "html", "noparse", "plain"})
ADDRESSES = frozenset({"img", "url", "email"})
# Known, and passed over for now: their words stay.
PASSED_OVER = frozenset(
    {
        *("color", "size", "font", "face", "highlight", "glow", "shadow", "small", "big"),
        *("center", "left", "right", "justify", "align", "indent", "sub", "sup"),
    }
)
_KNOWN = FORMATS | BLOCKS | VERBATIM | ADDRESSES | PASSED_OVER | {"*"}
_WITHOUT_ARGUMENT = FORMATS | {"*", "ul", "ol", "noparse", "plain"}

_TAG = re.compile(
    r"\[(?:"
    r"/(?P<closed>[a-z]+|\*)"
    r"|(?P<opened>[a-z]+|\*)(?:"
    # A quoted argument may hold anything but a line end; attributes may follow.
    r"""\s?=\s?(?:"(?P<double>(?:[^"\\\n]++|\\.)*+)"|'(?P<single>(?:[^'\\\n]++|\\.)*+)')"""
    r"(?P<after>(?:\s[^\[\]\n]*+)?)"
    # A bare one runs to the closing bracket; pairs of brackets may stand in it.
    r"|(?P<bare>(?:[\s=](?:[^\[\]\n]++|\[[^\[\]\n]*+\])*+)?)"
    r")"
    r")\]",
    re.IGNORECASE | re.ASCII,
)
_ENDS = {
    name: re.compile(rf"\[/{name}\]", re.IGNORECASE | re.ASCII) for name in VERBATIM | ADDRESSES
}
_ESCAPED = re.compile(r"\\([\\\"'])")


@dataclass(slots=True, eq=False)
class Tag:
    """One tag. `source[start:end]` is what was typed, with the content where `body` is given.

    `argument` is what follows the equals sign, `attributes` what follows a blank (one string).
    `body` is the content of a tag that is shown as typed or is an address, None for others.
    `address` is the checked address of url, email and img.
    `is_paired` is false for a tag without its partner: that one is text.
    """

    name: str
    start: int
    end: int
    is_closing: bool = False
    argument: str = ""
    attributes: str = ""
    body: str | None = None
    address: str = ""
    is_paired: bool = False
    partner: "Tag | None" = None


def read_tags(source: str) -> list[Tag]:
    """All known tags in order of appearance, those without partner included."""
    tags: list[Tag] = []
    waiting: dict[str, list[Tag]] = {}
    bodies = _Bodies(source)
    position = 0
    while match := _TAG.search(source, position):
        tag = _tag_of(match)
        if tag is None:
            position = match.start() + 1
            continue
        if tag.name == "*":
            tag.is_paired = True
        elif tag.is_closing:
            _pair(tag, waiting)
        elif tag.name in VERBATIM:
            bodies.take_verbatim(tag)
        elif tag.name in ADDRESSES and (tag.name == "img" or not tag.argument):
            bodies.take_address(tag)
        elif tag.name not in ADDRESSES or bodies.check_address(tag, tag.argument):
            waiting.setdefault(tag.name, []).append(tag)
        tags.append(tag)
        position = tag.end
    return tags


def _tag_of(match: re.Match[str]) -> Tag | None:
    closed, opened, double, single, after, bare = match.groups()
    typed = (closed or opened).lower()
    name = _SAME.get(typed, typed)
    if name not in _KNOWN:
        return None
    start, end = match.span()
    if closed:
        return Tag(name, start, end, is_closing=True)
    if not bare and bare is not None:
        return Tag(name, start, end)
    argument, attributes = "", ""
    if bare is None:
        quoted = double if double is not None else single
        argument, attributes = _ESCAPED.sub(r"\1", quoted), after
    elif bare.startswith("="):
        argument = bare[1:].strip()
    elif "=" in bare:
        attributes = bare
    elif bare.strip():
        return None
    if (argument or attributes) and name in _WITHOUT_ARGUMENT:
        return None
    if len(argument) + len(attributes) > MAX_ADDRESS_CHARS:
        return None
    return Tag(name, start, end, argument=argument, attributes=attributes)


def _pair(tag: Tag, waiting: dict[str, list[Tag]]) -> None:
    opened = waiting.get(tag.name)
    if opened:
        partner = opened.pop()
        tag.partner, partner.partner = partner, tag
        tag.is_paired = partner.is_paired = True


class _Bodies:
    """Contents that are not read as BB code.

    Remembers where the next end of each name is, so that the source is searched once a name.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._ends: dict[str, tuple[int, int] | None] = {}
        self._addresses_left = MAX_ADDRESSES

    def take_verbatim(self, tag: Tag) -> None:
        """Give the tag its content, if it ends at all."""
        found = self._end_after(tag.name, tag.end)
        if found is not None:
            self._take(tag, found)

    def take_address(self, tag: Tag) -> None:
        """Give the tag its content, if that is an address that may be linked."""
        found = self._end_after(tag.name, tag.end)
        # A longer content is not even copied: many openings would copy it many times.
        if found is None or found[0] - tag.end > MAX_ADDRESS_CHARS:
            return
        if self.check_address(tag, self._source[tag.end : found[0]]):
            self._take(tag, found)

    def check_address(self, tag: Tag, typed: str) -> bool:
        if self._addresses_left <= 0:
            return False
        self._addresses_left -= 1
        address = safe_email(typed) if tag.name == "email" else safe_address(typed)
        if address is None or (tag.name == "img" and address.startswith("mailto:")):
            return False
        tag.address = address
        return True

    def _take(self, tag: Tag, found: tuple[int, int]) -> None:
        tag.body = self._source[tag.end : found[0]]
        tag.end = found[1]
        tag.is_paired = True

    def _end_after(self, name: str, position: int) -> tuple[int, int] | None:
        known = self._ends.get(name, (-1, -1))
        if known is not None and known[0] < position:
            match = _ENDS[name].search(self._source, position)
            known = self._ends[name] = match.span() if match else None
        return known

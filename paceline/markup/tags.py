"""Which square brackets are BB code: every tag of a source, with its partner.

A tag counts only if it is known, well formed and has its partner; all else stays text, as on
the boards the posts come from. Names are matched in any case. Linear: no stretch of the source
is read more than a fixed number of times, whatever is left open.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from paceline.markup.addresses import MAX_ADDRESS_CHARS
from paceline.markup.attributes import split_argument, unquote
from paceline.markup.codes import CODES, Code, Role
from paceline.markup.languages import LANGUAGES
from paceline.markup.media_hosts import MediaCard
from paceline.markup.values import SINGLE_VALUES, check_value

# Tags with an address or a number in one source; later ones are text. Bounds time and output.
MAX_VALUES = 1_000

_NO_OWN: Mapping[str, Code] = {}
# Whose argument may stand behind a blank alone: [color red], [code python].
_LOOSE_ARGUMENT = frozenset({"color", "size", "font", "code", "mark"})

_NAME = r"[a-z][a-z0-9_]*+|\*"
_TAG = re.compile(
    r"\[(?:"
    # vBulletin let people write [/list=1]; an id (of s9e) tells tags of one name apart.
    rf"/(?P<closed>{_NAME})(?P<closed_id>(?::[a-z0-9]{{1,12}})?+)(?:\s?=[^\[\]\n]{{0,20}}+)?"
    rf"|(?P<opened>{_NAME})(?P<opened_id>(?::[a-z0-9]{{1,12}})?+)(?:"
    # A quoted argument may hold anything but a line end; attributes may follow.
    r"""\s?=\s?(?:"(?P<double>(?:[^"\\\n]++|\\.)*+)"|'(?P<single>(?:[^'\\\n]++|\\.)*+)')"""
    r"(?P<after>(?:\s[^\[\]\n]*+)?)"
    # A bare one runs to the closing bracket; in pairs of brackets, and in quotation marks, there
    # may be some in it. The numbers keep a row of openings from reading each other for ever.
    r'|(?P<bare>(?:\s?=|\s)(?:[^\[\]\n"]++|"[^"\n]{0,120}"|"|\[[^\[\]\n]*+\]){0,30}+|/|)'
    r")"
    r")\]",
    re.IGNORECASE | re.ASCII,
)
_ESCAPED = re.compile(r"\\([\\\"'])")


@dataclass(slots=True, eq=False)
class Tag:
    """One tag. `source[start:end]` is what was typed, with the content where `body` is given.

    `typed` is the name in lower case, `name` what it is called here, with `role` (see codes.py).
    `argument` is what follows the equals sign, `attributes` what follows a blank (one string).
    `body` is the content of a tag that is shown as typed or is a value, None for others.
    `value` is the checked address, number or name of a tag with role "value", `card` its film.
    `is_paired` is false for a tag without its partner: that one is text.
    """

    typed: str
    name: str
    role: Role
    start: int
    end: int
    is_closing: bool = False
    argument: str = ""
    attributes: str = ""
    id: str = ""
    body: str | None = None
    value: str = ""
    card: MediaCard | None = None
    is_paired: bool = False
    partner: "Tag | None" = None


def read_tags(source: str, own: Mapping[str, Code] = _NO_OWN) -> list[Tag]:
    """All known tags in order of appearance, those without partner included.

    `own` are the names that the administrator added. A tag with a value may stand alone; it is
    paired then, and has no partner.
    """
    tags: list[Tag] = []
    waiting: dict[str, list[Tag]] = {}
    bodies = _Bodies(source)
    position = 0
    search = _TAG.search
    while match := search(source, position):
        tag = _tag_of(match, own)
        if tag is None:
            position = match.start() + 1
            continue
        role = tag.role
        if role == "part" or role == "single":
            tag.is_paired = True
        elif tag.is_closing:
            _pair(tag, waiting)
        elif role == "verbatim":
            bodies.take_verbatim(tag)
        elif role != "value" or bodies.take_value(tag):
            waiting.setdefault(tag.name + tag.id, []).append(tag)
        tags.append(tag)
        position = tag.end
    return tags


def _tag_of(match: re.Match[str], own: Mapping[str, Code]) -> Tag | None:
    closed, closed_id, opened, opened_id, double, single, after, bare = match.groups()
    typed = (closed or opened).lower()
    code = CODES.get(typed) or own.get(typed)
    if code is None:
        return None
    name, role = code
    start, end = match.span()
    if closed:
        return Tag(typed, name, role, start, end, is_closing=True, id=closed_id.lower())
    if bare == "" and not opened_id:
        return Tag(typed, name, role, start, end)
    tag = Tag(typed, name, role, start, end, id=opened_id.lower())
    if bare == "":
        return tag
    if bare is None:
        quoted = double if double is not None else single
        tag.argument, tag.attributes = _ESCAPED.sub(r"\1", quoted), after
    else:
        if not _take_bare(tag, bare):
            return None
    if len(tag.argument) + len(tag.attributes) > MAX_ADDRESS_CHARS:
        return None
    if name == "mark" and tag.argument.lower() in LANGUAGES:
        tag.name, tag.role = "code", "verbatim"
    return tag


def _take_bare(tag: Tag, bare: str) -> bool:
    """Give the tag what stands between its name and the bracket; False for what none has."""
    if bare == "/":
        return tag.role == "single"
    bare = bare.removesuffix(" /")
    stripped = bare.lstrip()
    if stripped.startswith("="):
        # A size of letters has an argument; bold has none, and [b=1] is no tag.
        if tag.role == "format" and tag.name not in ("mark", "hidden"):
            return False
        typed = stripped[1:].strip()
        argument, tag.attributes = split_argument(typed)
        tag.argument = unquote(argument)
        if tag.name == "quote" and argument.count('"') == 1:
            # The mark behind the name was lost; a name that holds one itself is in marks.
            tag.argument = argument.removeprefix('"')
    elif "=" in bare:
        tag.attributes = bare
    elif stripped:
        if tag.name not in _LOOSE_ARGUMENT:
            return False
        tag.argument = stripped.strip()
    return True


def _pair(tag: Tag, waiting: dict[str, list[Tag]]) -> None:
    opened = waiting.get(tag.name + tag.id)
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
        self._with_ids: dict[str, list[tuple[int, int]]] | None = None
        self._values_left = MAX_VALUES

    def take_verbatim(self, tag: Tag) -> None:
        """Give the tag its content, if it ends at all."""
        found = self._end_after(tag, tag.end)
        if found is not None:
            self._take(tag, found)

    def take_value(self, tag: Tag) -> bool:
        """Give the tag its content, or its argument, if that is a value.

        Whether its partner is still to come: not so where its content is taken, where it stands
        alone, and where it is no tag.
        """
        if self._values_left <= 0:
            return False
        self._values_left -= 1
        found = self._end_after(tag, tag.end)
        # A longer content is not even copied: many openings would copy it many times.
        body = None
        if found is not None and found[0] - tag.end <= MAX_ADDRESS_CHARS:
            body = self._source[tag.end : found[0]]
        value = check_value(tag.name, tag.typed, tag.argument, tag.attributes, body)
        if value is None:
            return False
        tag.value, tag.card = value.text, value.card
        if value.is_from_body and found is not None:
            self._take(tag, found)
            return False
        tag.is_paired = tag.name in SINGLE_VALUES
        return not tag.is_paired

    def _take(self, tag: Tag, found: tuple[int, int]) -> None:
        tag.body = self._source[tag.end : found[0]]
        tag.end = found[1]
        tag.is_paired = True

    def _end_after(self, tag: Tag, position: int) -> tuple[int, int] | None:
        if tag.id:
            return self._end_with_id(tag.typed + tag.id, position)
        name = tag.typed
        known = self._ends.get(name, (-1, -1))
        if known is not None and known[0] < position:
            match = _end_of(name).search(self._source, position)
            known = self._ends[name] = match.span() if match else None
        return known

    def _end_with_id(self, name: str, position: int) -> tuple[int, int] | None:
        if self._with_ids is None:
            self._with_ids = {}
            for match in _END_WITH_ID.finditer(self._source):
                self._with_ids.setdefault(match[1].lower(), []).append(match.span())
            for spans in self._with_ids.values():
                spans.reverse()
        spans = self._with_ids.get(name, [])
        while spans and spans[-1][0] < position:
            spans.pop()
        return spans[-1] if spans else None


_END_WITH_ID = re.compile(r"\[/([a-z][a-z0-9_]*+:[a-z0-9]{1,12})\]", re.IGNORECASE | re.ASCII)
_ENDS: dict[str, re.Pattern[str]] = {}


def _end_of(name: str) -> re.Pattern[str]:
    pattern = _ENDS.get(name)
    if pattern is None:
        pattern = re.compile(rf"\[/{name}\]", re.IGNORECASE | re.ASCII)
        if name in CODES:
            _ENDS[name] = pattern
    return pattern

"""What is more than words in a stretch of plain text: line ends, addresses, names, smilies.

One pass: each candidate is looked at once, some characters back and as far forward as it goes, so
the time grows with the text and never with its square (`http://a` repeated, `@` repeated).
"""

import re
import string
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple, cast

from paceline.markup.addresses import NOT_IN_PLAIN_ADDRESS
from paceline.markup.codes import CODES
from paceline.markup.options import CustomSmilie
from paceline.markup.smilies import AFTER, BEFORE, SmilieTable, table_of

MAX_NAME_CHARS = 60
MAX_LOCAL_CHARS = 64
MAX_HOST_CHARS = 100
# What was cut off an address is looked through again, for it may hold another one. Not where it is
# longer than this: `http://a)` repeated would be read as often as it has addresses.
MAX_CUT_OFF = 200

# Ends of hosts that are links by themselves. Left out are two-letter ones that are words as well
# (it, is, be, me, no …): after a forgotten blank they would be links; they need a path.
_GENERIC = (
    "com|net|org|edu|gov|mil|int|info|biz|name|mobi|museum|travel|jobs|coop|aero|asia|bike|shop|blog"
    "|club|online|site|store|tech|app|dev|wiki|xyz|xxx|io|ai|co|tv|cc|ws|eu|de|uk|fr|nl|ca|au|ch|pl|se"
    "|fi|dk|cz|jp|nz|br|ie|ru|cn|kr|hu|ro|gr|pt|tr|ua|sk|si|hr|bg|ee|lv|lt|lu|li"
)
# Letters of scripts that are written without blanks: what stands right before and after a host in
# Latin letters is the sentence. No host has both in one of its parts.
_UNSPACED = "\u0e00-\u0e7f\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_AFTER_HOST = (
    rf"(?!(?![{_UNSPACED}])[\w@-]|\.[A-Za-z0-9]|:[0-9]{{6}})"
    rf"(?::[0-9]{{1,5}}(?![0-9]))?(?:[/?#][^{NOT_IN_PLAIN_ADDRESS}]*+)?"
)
_BARE = rf"(?:{_GENERIC}|[a-z]{{2}}){_AFTER_HOST}"
_COUNTRY_ONLY = re.compile(rf"\.(?!(?:{_GENERIC})\b)[a-z]{{2}}(?::[0-9]+)?\Z")
_SECOND_LEVEL = re.compile(r"\.(?:co|com|org|net|ac|gov|edu)\.[a-z]{2}\b")

# What ends a sentence rather than an address.
_CLOSING = ".,:;!?*'\"…’”»|"
_BRACKETS = re.compile(r"[()\[\]{}]")
# A tag that is left over, without its partner, ends an address as well.
_TAG = re.compile(r"\[/?([a-z][a-z0-9_]*)", re.IGNORECASE | re.ASCII)
_PARTNERS = {")": "(", "]": "[", "}": "{"}
# What a name, and an address, may not follow. Scripts without blanks may come before both.
_BEFORE_NAME = re.compile(r"[A-Za-z0-9_@/&!#$%*-]")
_BEFORE_ADDRESS = re.compile(r"[A-Za-z0-9_]")
_BEFORE_HOST = re.compile(rf"(?![{_UNSPACED}])[\w@/:=\\$#%&~+-]")
_LATIN_HOST = re.compile(rf"(?ai:https?://(?:[a-z0-9-]+\.)+[a-z]{{2,24}})(?=[{_UNSPACED}])")
_HOST_CHARS = string.ascii_letters + string.digits + "-."
_LOCAL_CHARS = string.ascii_letters + string.digits + "_.+-"
_MAIL_HOST = re.compile(r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,7}\.[A-Za-z]{2,24}")


_NAMES = frozenset({"name", "quoted", "wide_name", "wide_quoted"})


class Find(NamedTuple):
    """`source[start:end]` is of this kind; `value` is the address, name or code.

    `lines` are line ends in a row; `mail` is a mail address, with or without `mailto:`.
    """

    kind: Literal["lines", "address", "mail", "name", "smilie"]
    start: int
    end: int
    value: str


@lru_cache(maxsize=64)
def _pattern(custom: tuple[CustomSmilie, ...], smilies: bool) -> re.Pattern[str]:
    # By first characters, each alternative beginning with one: the engine then skips through
    # ordinary words, and looks at no alternative but those of the character that it found.
    choices = {
        "\n": r"\n*+",
        "@": rf'"(?P<quoted>[^"\n]{{1,{MAX_NAME_CHARS}}})"|(?P<name>[\w.-]{{2,}}+)',
        "＠": rf'"(?P<wide_quoted>[^"\n]{{1,{MAX_NAME_CHARS}}})"|(?P<wide_name>[\w.-]{{2,}}+)',
        ":": rf"(?P<scheme>//)[^{NOT_IN_PLAIN_ADDRESS}]*+",
        ".": rf"(?<=[wW]{{3}}\.)(?P<www>[^{NOT_IN_PLAIN_ADDRESS}]++)"
        rf"|(?<=[A-Za-z0-9]\.)(?P<bare>{_BARE})",
    }
    for first, rests in table_of(custom).rests.items() if smilies else ():
        choices[first] = f"{choices[first]}|{rests}" if first in choices else rests
    return re.compile(
        "|".join(f"{re.escape(first)}(?:{rests})" for first, rests in choices.items())
    )


class Specials:
    """What stands out where these smilies are known."""

    def __init__(self, smilies: bool, custom: tuple[CustomSmilie, ...]) -> None:
        self._table = table_of(custom)
        # Candidates: `look` says what a match is, but for line ends, which begin with one.
        self.search = _pattern(custom, smilies).search

    def look(
        self, source: str, begin: int, floor: int, match: re.Match[str], end: int
    ) -> Find | None:
        """What a match of `search` in `source[begin:end]` is, if it is anything.

        `floor` is where the find before it ended, which this one cannot reach back over.
        """
        kind = match.lastgroup
        if kind is None:
            return _smilie(source, begin, match, end, self._table)
        if kind in _NAMES:
            return _name_or_mail(source, begin, floor, match)
        at, stop = match.span()
        if kind == "scheme":
            return _with_scheme(source, begin, floor, at, stop)
        if kind == "www":
            return _with_www(source, begin, floor, at, stop)
        return _bare(source, begin, floor, at, stop)


@lru_cache(maxsize=64)
def specials_of(smilies: bool, custom: tuple[CustomSmilie, ...] = ()) -> Specials:
    return Specials(smilies, custom)


def find_specials(
    source: str,
    start: int,
    end: int,
    *,
    smilies: bool,
    custom: tuple[CustomSmilie, ...] = (),
) -> Iterator[Find]:
    """What stands out in `source[start:end]`, in order, never overlapping.

    Addresses are candidates: begin with http://, https:// or www., or are a host and perhaps a
    path; stripped of what ends a sentence. Whether one may be linked is for `safe_address` to say.
    """
    specials = specials_of(smilies, custom)
    floor = position = start
    while match := specials.search(source, position, end):
        at, stop = match.span()
        if source[at] == "\n":
            yield Find("lines", at, stop, "\n")
            floor = position = stop
            continue
        find = specials.look(source, start, floor, match, end)
        if find is not None:
            yield find
            floor = find.end
        position = next_position(match, find)


def next_position(match: re.Match[str], find: Find | None) -> int:
    """Where to search on after a match that was looked at."""
    if find is None:
        # A name between colons may begin at the colon where this one ended.
        return match.start() + 1 if match.lastgroup is None else match.end()
    return match.end() if match.end() - find.end > MAX_CUT_OFF else find.end


def _with_scheme(source: str, begin: int, floor: int, at: int, stop: int) -> Find | None:
    scheme = source[max(floor, at - 5) : at].lower()
    length = 5 if scheme == "https" else 4 if scheme[-4:] == "http" else 0
    return _address(source, begin, at - length, stop) if length else None


def _with_www(source: str, begin: int, floor: int, at: int, stop: int) -> Find | None:
    start = at - 3
    before = source[max(begin, start - 7) : start].lower()
    if start < floor or before.endswith((".", "script:")):
        return None
    return _address(source, begin, start, stop)


def _address(source: str, begin: int, start: int, stop: int) -> Find | None:
    if start > begin and _BEFORE_ADDRESS.match(source[start - 1]):
        return None
    address = trim_address(source[start:stop])
    if host := _LATIN_HOST.match(address):
        address = host[0]
    return Find("address", start, start + len(address), address)


def _bare(source: str, begin: int, floor: int, at: int, stop: int) -> Find | None:
    before = source[max(floor, at - MAX_HOST_CHARS) : at]
    host = before[len(before.rstrip(_HOST_CHARS)) :].lstrip("-.")
    start = at - len(host)
    if not host or host[-1] in "-." or ".." in host:
        return None
    if start > begin and _BEFORE_HOST.match(source[start - 1]):
        return None
    address = trim_address(source[start:stop])
    if _COUNTRY_ONLY.search(address) and not _SECOND_LEVEL.search(address):
        return None
    return Find("address", start, start + len(address), address)


def _name_or_mail(source: str, begin: int, floor: int, match: re.Match[str]) -> Find | None:
    at, stop = match.span()
    before = source[at - 1] if at > begin else ""
    typed = match[cast(str, match.lastgroup)]
    if match.lastgroup in ("quoted", "wide_quoted"):
        name = typed
    else:
        if before and before in _LOCAL_CHARS:
            mail = _mail(source, begin, floor, at, typed)
            if mail or before != ".":
                return mail
        name = typed.rstrip(".-")
        stop = at + 1 + len(name)
    if (before and _BEFORE_NAME.match(before)) or source.startswith(("@", "://"), stop):
        return None
    if not 2 <= len(name) <= MAX_NAME_CHARS or name.isspace():
        return None
    return Find("name", at, stop, name)


def _mail(source: str, begin: int, floor: int, at: int, typed: str) -> Find | None:
    before = source[max(floor, at - MAX_LOCAL_CHARS - 1) : at]
    local = before[len(before.rstrip(_LOCAL_CHARS)) :].lstrip(".-+")
    host = _MAIL_HOST.match(typed)
    if not local or len(local) > MAX_LOCAL_CHARS or host is None:
        return None
    rest = typed[host.end() :]
    if rest.strip(".-") or source[at] != "@":
        return None
    start, stop = at - len(local), at + 1 + host.end()
    if source[max(floor, start - 7) : start].lower() == "mailto:":
        start -= 7
        if source[stop : stop + 1] == "?":
            return None
    if start > begin and source[start - 1] in "/@:=":
        return None
    return Find("mail", start, stop, source[start:stop])


def _smilie(
    source: str, begin: int, match: re.Match[str], end: int, table: SmilieTable
) -> Find | None:
    at, stop = match.span()
    code = match[0]
    if table.find(code) is None:
        return None
    before = source[at - 1] if at > begin else ""
    after = source[stop] if stop < end else ""
    if code[0] == code[-1] == ":" and len(code) > 2:
        stands_alone = not (before.isalnum() or after.isalnum())
    else:
        stands_alone = (not before or before.isspace() or before in BEFORE) and (
            not after or after.isspace() or after in AFTER
        )
    return Find("smilie", at, stop, code) if stands_alone else None


def trim_address(candidate: str) -> str:
    """Without the punctuation after it, and without brackets that have no partner in it."""
    opened: list[tuple[str, int]] = []
    end = len(candidate)
    for found in _BRACKETS.finditer(candidate):
        bracket = found[0]
        tag = _TAG.match(candidate, found.start())
        if tag and tag[1].lower() in CODES:
            end = found.start()
            break
        if bracket not in _PARTNERS:
            opened.append((bracket, found.start()))
        elif opened and opened[-1][0] == _PARTNERS[bracket]:
            opened.pop()
        else:
            end = found.start()
            break
    if opened:
        end = min(end, opened[0][1])
    return candidate[:end].rstrip(_CLOSING)

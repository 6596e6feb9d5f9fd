"""What the address of a page on an old board asked for: which program's address, and which id.

Reads addresses and nothing else; whoever keeps old ids (`imports/old_addresses.py`) registers to
say what has become of them. vBulletin 3 and 4, also with vBSEO's names of pages, phpBB, SMF and
MyBB; another program is a line of `_SCRIPTS` and a function.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl

Kind = Literal["thread", "post", "member", "board"]

# What follows the host, as these programs have it: a script in a folder, perhaps with the rest of
# the address behind it (`showthread.php/123-title`, `index.php/topic,12.0.html`), or a page that
# begins with an id (`training/123-title-2.html`, `123-post4.html`).
OLD_PATH = (
    r"(?:[\w.~%-]+/){0,6}(?:"
    r"(?:showthread|showpost|printthread|member|forumdisplay|viewtopic|viewforum|memberlist|index)"
    r"\.php(?:/[^?#\s]{0,200})?|[1-9][0-9]{0,17}-[\w.~%-]{1,200}\.html)"
)
_NAMED = re.compile(
    r"/(?P<folder>.*/)?(?P<id>[1-9][0-9]{0,17})-(?P<name>.*?)(?:-(?P<page>[1-9][0-9]{0,4}))?\.html\Z"
)
_OLD_PATH = re.compile(r"/(?P<folder>.*?)(?P<script>[a-z]+)\.php(?P<rest>/.*)?\Z")
_SHAPE = re.compile(rf"/{OLD_PATH}\Z")
_NUMBER = re.compile(r"[1-9][0-9]{0,17}(?![0-9])")
_IN_FRAGMENT = re.compile(r"(?:post|p|pid|msg)([1-9][0-9]{0,17})\Z")


@dataclass(frozen=True, slots=True)
class OldPlace:
    """A thing by its old id. `page` is the page of a thread, from 1."""

    kind: Kind
    id: int
    page: int = 1


@dataclass(frozen=True, slots=True)
class OldPage:
    """A page of an old board: its host, its path, and what it showed, the most exact first."""

    host: str
    path: str
    places: tuple[OldPlace, ...]


@dataclass(frozen=True, slots=True)
class NowHere:
    """What something of an old board has become: its id on this one."""

    kind: Kind
    id: int
    page: int = 1


Finder = Callable[[Sequence[OldPage]], Mapping[OldPage, Sequence[NowHere]]]
_finders: list[Finder] = []


def knows_old_ids(finder: Finder) -> Finder:
    """Register who says what old pages have become, the likeliest first."""
    _finders.append(finder)
    return finder


def find_now_here(pages: Sequence[OldPage]) -> dict[OldPage, list[NowHere]]:
    """What these pages have become, as far as anybody knows, whoever may see it.

    No query without pages; else a few, however many pages there are.
    """
    found: dict[OldPage, list[NowHere]] = {page: [] for page in pages}
    for finder in _finders if pages else ():
        for page, here in finder(pages).items():
            found[page] += here
    return found


@dataclass(frozen=True, slots=True)
class _Asked:
    """The parts of an address: `rest` follows the script, without its slash."""

    values: dict[str, str]
    rest: str
    query: str

    def number(self, *names: str) -> int:
        """The id that the first of these parameters names; 0 where none does."""
        for name in names:
            if found := _NUMBER.match(self.values.get(name, "")):
                return int(found[0])
        return 0

    def leading(self) -> int:
        """The id that stands before a title: `/123-title` or `?123-title`."""
        found = _NUMBER.match(self.rest) or _NUMBER.match(self.query)
        return int(found[0]) if found else 0


def read_old_address(path: str, query: str, fragment: str = "") -> tuple[OldPlace, ...]:
    """What the address asked for, the most exact first; empty where it is none that is known.

    `path` begins with a slash. A fragment names the post only where a page of ours links to it:
    browsers do not send it.
    """
    if not _SHAPE.match(path):
        return ()
    found = _OLD_PATH.match(path)
    if found is None:
        return _named(path, fragment)
    values = _values(query)
    asked = _Asked(values, (found["rest"] or "").lstrip("/"), query)
    places = [place for place in _SCRIPTS[found["script"]](asked) if place.id]
    if places and places[0].kind == "thread" and (named := _IN_FRAGMENT.match(fragment)):
        places.insert(0, OldPlace("post", int(named[1])))
    return tuple(places)


def _named(path: str, fragment: str) -> tuple[OldPlace, ...]:
    """vBSEO's names: `123-post4.html` is a post, another name the title of a thread."""
    found = _NAMED.match(path)
    if found is None:
        return ()
    named, number = int(found["id"]), _IN_FRAGMENT.match(fragment)
    if re.fullmatch(r"post[0-9]*", found["name"]):
        return (OldPlace("post", named),)
    if (found["folder"] or "").endswith("members/"):
        return (OldPlace("member", named),)
    thread = OldPlace("thread", named, int(found["page"] or 1))
    return (OldPlace("post", int(number[1])), thread) if number else (thread,)


def _values(query: str) -> dict[str, str]:
    """The parameters; SMF parts them by semicolons."""
    try:
        return dict(parse_qsl(query.replace(";", "&"), max_num_fields=50))
    except ValueError:
        return {}


def name_post(path: str, query: str, fragment: str) -> str:
    """The query in which the post is named that so far the fragment alone names."""
    places = read_old_address(path, query, fragment)
    was_named = read_old_address(path, query)
    if places == was_named:
        return query
    key = "pid" if "tid=" in query else "p"
    return f"{query}&{key}={places[0].id}" if query else f"{key}={places[0].id}"


def _thread(asked: _Asked) -> list[OldPlace]:
    thread = asked.number("t", "threadid", "tid") or asked.leading()
    return [
        OldPlace("post", asked.number("p", "postid", "pid")),
        OldPlace("thread", thread, asked.number("page") or 1),
    ]


def _post(asked: _Asked) -> list[OldPlace]:
    return [OldPlace("post", asked.number("p", "postid") or asked.leading())]


def _member(asked: _Asked) -> list[OldPlace]:
    return [OldPlace("member", asked.number("u", "userid", "uid") or asked.leading())]


def _board(asked: _Asked) -> list[OldPlace]:
    return [OldPlace("board", asked.number("f", "forumid", "fid") or asked.leading())]


def _index(asked: _Asked) -> list[OldPlace]:
    """SMF's one script; and vBulletin's archive, `archive/index.php/t-12-p-2.html`."""
    if archived := re.match(r"([tf])-([1-9][0-9]{0,17})(?:-p-([1-9][0-9]{0,5}))?", asked.rest):
        if archived[1] == "f":
            return [OldPlace("board", int(archived[2]))]
        return [OldPlace("thread", int(archived[2]))]
    topic = asked.values.get("topic", "")
    board = asked.values.get("board", "")
    if not topic and not board:
        named = re.match(r"(topic|board),([\w.]+?)(?:\.html)?\Z", asked.rest)
        topic = named[2] if named and named[1] == "topic" else ""
        board = named[2] if named and named[1] == "board" else ""
    if found := re.match(r"([1-9][0-9]{0,17})(?:\.msg([1-9][0-9]{0,17}))?", topic):
        post = int(found[2] or asked.number("p"))
        return [OldPlace("post", post), OldPlace("thread", int(found[1]))]
    if found := _NUMBER.match(board):
        return [OldPlace("board", int(found[0]))]
    if asked.values.get("action") == "profile":
        return [OldPlace("member", asked.number("u"))]
    return []


_SCRIPTS: dict[str, Callable[[_Asked], list[OldPlace]]] = {
    "showthread": _thread,
    "printthread": _thread,
    "viewtopic": _thread,
    "showpost": _post,
    "member": _member,
    "memberlist": _member,
    "forumdisplay": _board,
    "viewforum": _board,
    "index": _index,
}

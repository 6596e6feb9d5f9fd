"""A post's lines cut up: who, the lines beside, the words, and what follows them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from paceline.imports.saved_pages.beside import (
    is_counter,
    is_post_count,
    is_usual,
    label_of,
    read_number,
)
from paceline.imports.saved_pages.text_lines import Line

_ONLINE = re.compile(
    r"(?P<name>\S.{0,99}?) is (?P<what>offline|online now|online|invisible)"
    r"(?:\s+(?:Report(?: Post)?|Add to .{1,60}|Reply With Quote))*",
    re.IGNORECASE,
)
_PROFILE = re.compile(r"View Public Profile|Send a private message to .+", re.IGNORECASE)
_JUMP = re.compile(r"(\d[\d,]{0,8})(?:\s+\S.{0,60})?|\S.{0,50} Reply", re.IGNORECASE)
_END = re.compile(
    r"Closed Thread\b.*|Thread Tools|« Previous Thread\b.*|Reply|Bookmarks|Similar Threads|Tags"
    r"|Page \d+ of \d+.*|Back to Subforum|Search this Thread:?",
    re.IGNORECASE,
)
_MOST_ABOVE = 8  # lines between a post's number and the first that describes its author
_MOST_BETWEEN = 15  # lines of the administrator's own fields, before the counters


@dataclass(frozen=True, slots=True)
class Heading:
    """Where a post begins: `start` and `end` are indexes of its date and of what follows."""

    start: int
    end: int
    line: int
    date_text: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Block:
    """A heading and the lines up to the next one, or to the page's foot."""

    heading: Heading
    lines: Sequence[Line]


@dataclass(slots=True)
class Parts:
    """A block cut up: who, the lines beside, the words, and what follows them."""

    name: str
    is_online: bool | None = None
    beside: list[str] = field(default_factory=list)
    words: list[Line] = field(default_factory=list)
    after: list[Line] = field(default_factory=list)
    like_count: int = 0


def names_of(blocks: Sequence[Block]) -> list[str]:
    """Each block's author: from the line that says who is online, else from the first line.

    The first line is the name only if it is on this page: some ways of saving leave it out, and
    then it is the author's title.
    """
    stated = [_online(block.lines) for block in blocks]
    first = [next((line.text for line in block.lines if line.text), "") for block in blocks]
    named = [found["name"] if found else "" for found in stated]
    on_top = (top and top == name for top, name in zip(first, named, strict=True))
    menus = (_menu_at(block.lines, top) for block, top in zip(blocks, first, strict=True))
    # Where nobody is said to be online, a name can stand nowhere else.
    are_on_top = not any(named) or any(on_top) or any(menu is not None for menu in menus)
    return [name or (top if are_on_top else "") for name, top in zip(named, first, strict=True)]


def cut(block: Block, name: str) -> Parts:
    """The block of an author's post in its parts; menus and the page's foot are left out."""
    lines = block.lines
    online_at = _online_at(lines)
    parts = Parts(name)
    if online_at is not None:
        end = online_at
        parts.is_online = "online" in lines[online_at].text.rsplit(" is ", 1)[-1].lower()
        parts.after = list(lines[online_at + 1 :])
    else:
        menu_at = _menu_at(lines, name)
        end = menu_at if menu_at is not None else _end(lines)
        parts.after = list(lines[end + 1 :]) if menu_at is not None else []
    parts.after = list(_until_end(parts.after))
    head_end = _head_end(lines[:end])
    parts.beside = [line.text for line in lines[:head_end]]
    parts.words = list(lines[head_end:end])
    if block.heading.number is None:
        _take_jump(parts)
    return parts


def _online(lines: Sequence[Line]) -> re.Match[str] | None:
    """The last line of a block that says whether its author is online."""
    return next(filter(None, (_ONLINE.fullmatch(line.text) for line in reversed(lines))), None)


def _menu_at(lines: Sequence[Line], name: str) -> int | None:
    """Where the menu begins that belongs to the author's name: the name once more, then links."""
    filled = [(index, line.text) for index, line in enumerate(lines) if line.text]
    for (index, text), (_, following) in pairwise(filled[1:]):
        if text == name and _PROFILE.fullmatch(following):
            return index
    return None


def _online_at(lines: Sequence[Line]) -> int | None:
    for index in range(len(lines) - 1, -1, -1):
        if _ONLINE.fullmatch(lines[index].text):
            return index
    return None


def _end(lines: Sequence[Line]) -> int:
    return next((i for i, line in enumerate(lines) if _END.fullmatch(line.text)), len(lines))


def _until_end(lines: Sequence[Line]) -> Iterator[Line]:
    for line in lines:
        if _END.fullmatch(line.text):
            return
        yield line


def _head_end(lines: Sequence[Line]) -> int:
    """The index of the first line of the post itself, behind those that describe its author."""
    filled = [index for index, line in enumerate(lines) if line.text]
    first = next((i for i in filled[:_MOST_ABOVE] if _describes(lines[i].text)), None)
    if first is None:
        # Nothing describes the author: only the name can be told from the words.
        return filled[0] + 1 if filled else 0
    last, counted, between, odd = first, False, 0, 0
    for index in range(first, len(lines)):
        text = lines[index].text
        if is_counter(text):
            last, counted, between, odd = index, True, 0, 0
        elif is_usual(text) and not counted and not odd and not _has_posts(lines[first:index]):
            last, between = index, 0
        elif text:
            between += 1
            odd += not label_of(text)
            if between > _MOST_BETWEEN:
                break
    return last + 1


def _describes(text: str) -> bool:
    return is_usual(text) or is_counter(text)


def _has_posts(lines: Sequence[Line]) -> bool:
    return any(is_post_count(line.text) for line in lines)


def _take_jump(parts: Parts) -> None:
    """A post shown out of its place ends with its likes and a link to its place."""
    while parts.words and (not parts.words[-1].text or _JUMP.fullmatch(parts.words[-1].text)):
        found = _JUMP.fullmatch(parts.words[-1].text)
        if found and found[1]:
            parts.like_count = read_number(found[1]) or 0
        parts.words.pop()

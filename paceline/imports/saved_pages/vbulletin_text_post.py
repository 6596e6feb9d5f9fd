"""One post of a page saved as text: its lines told apart from those of the page around it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from paceline.imports.saved_pages.beside import (
    is_counter,
    is_post_count,
    is_usual,
    label_of,
    read_beside,
    read_number,
)
from paceline.imports.saved_pages.finish import RawPost
from paceline.imports.saved_pages.page import Liker, SavedAttachment, SavedEdit, SavedPost
from paceline.imports.saved_pages.phrases import (
    looks_edited,
    own_title,
    read_attached,
    read_edit,
    read_liked,
)
from paceline.imports.saved_pages.text_lines import (
    Line,
    Lines,
    Manner,
    is_rule,
    is_signature_divider,
    unwrapped,
    was_full,
)
from paceline.imports.saved_pages.text_quotes import Said, write_body

_ONLINE = re.compile(
    r"(?P<name>\S.{0,99}?) is (?P<what>offline|online now|online|invisible)"
    r"(?:\s+(?:Report(?: Post)?|Add to .{1,60}|Reply With Quote))*",
    re.IGNORECASE,
)
_MENU = re.compile(
    r"View Public Profile|Send a private message to .+|Send email to .+|Find (?:More|all) Posts by"
    r" .+|Add .+ to Your (?:Contacts|Buddy List)|Visit .+ homepage!?|View .+ (?:Blog|Gallery)"
    r"|Report(?: Post)?|Reply With Quote|Quote|\[\w+\]|Top Answer|Wiki ?post",
    re.IGNORECASE,
)
_PROFILE = re.compile(r"View Public Profile|Send a private message to .+", re.IGNORECASE)
_JUMP = re.compile(r"(\d[\d,]{0,8})(?:\s+\S.{0,60})?|\S.{0,50} Reply", re.IGNORECASE)
_END = re.compile(
    r"Closed Thread\b.*|Thread Tools|« Previous Thread\b.*|Reply|Bookmarks|Similar Threads|Tags"
    r"|Page \d+ of \d+.*|Back to Subforum|Search this Thread:?",
    re.IGNORECASE,
)
_FRAME = re.compile(r"IFRAME:\s*(https?://\S+)")
_PICTURE = re.compile(r"\[[\w.-]{1,80}\]")
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
class _Parts:
    """A block cut up: who, the lines beside, the words, and what follows them."""

    name: str
    is_online: bool | None = None
    beside: list[str] = field(default_factory=list)
    words: list[Line] = field(default_factory=list)
    after: list[Line] = field(default_factory=list)
    like_count: int = 0


def read_posts(blocks: Sequence[Block], lines: Lines, thread_title: str) -> list[RawPost]:
    """The posts of a page. `lines` are all of it, for the manner in which it was saved."""
    if lines.manner is Manner.PIECES:
        blocks = [Block(block.heading, _whole_counters(block.lines)) for block in blocks]
    names = _names(blocks)
    said = Said()
    return [
        _read(block, name, said, lines, thread_title)
        for block, name in zip(blocks, names, strict=True)
    ]


def _names(blocks: Sequence[Block]) -> list[str]:
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


def _read(block: Block, name: str, said: Said, lines: Lines, thread_title: str) -> RawPost:
    heading = block.heading
    parts = _cut(block, name)
    beside = read_beside(parts.beside, name)
    liked = _take_likes(parts.words, parts.after, name, lines)
    words = unwrapped(parts.words, lines.width)
    edit, words = _take_edit(words, lines.manner)
    signature, words = _take_signature(words)
    files, words = _take_attachments(words)
    title, words = _take_title(words, thread_title, lines)
    join = _join_pieces if lines.manner is Manner.PIECES else "\n".join
    body = write_body(_texts(words, lines), said, join)
    said.add(name, body.own)
    signature_body = write_body(_texts(signature, lines), Said(), join)
    leftover = [line.text for line in parts.after if line.text and line.text != name]
    return RawPost(
        SavedPost(
            beside.author,
            number=heading.number,
            date_text=heading.date_text,
            title=title,
            is_thread_starter=beside.is_thread_starter,
            body_source=body.source,
            signature_source=signature_body.source,
            edit=edit,
            attachments=files,
            is_online=parts.is_online,
            like_count=max(parts.like_count, liked.count),
            liked_by=tuple(map(Liker, liked.names)),
            is_wiki=heading.number is None,
            line=heading.line,
        ),
        [*beside.rest, *(text for text in leftover if not _MENU.fullmatch(text))],
        [*body.notes, *signature_body.notes, *_pictures(words, lines.manner)],
    )


def _whole_counters(lines: Sequence[Line]) -> list[Line]:
    """The lines with those counters put together of which a number is a link."""
    whole: list[Line] = []
    index = 0
    while index < len(lines):
        length = next((n for n in (3, 2) if is_counter(_joined(lines[index : index + n]))), 1)
        if is_counter(lines[index].text):
            length = 1
        part = lines[index : index + length]
        whole.append(Line(part[0].number, _joined(part), part[0].columns))
        index += length
    return whole


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


def _cut(block: Block, name: str) -> _Parts:
    lines = block.lines
    online_at = _online_at(lines)
    parts = _Parts(name)
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


def _take_jump(parts: _Parts) -> None:
    """A post shown out of its place ends with its likes and a link to its place."""
    while parts.words and (not parts.words[-1].text or _JUMP.fullmatch(parts.words[-1].text)):
        found = _JUMP.fullmatch(parts.words[-1].text)
        if found and found[1]:
            parts.like_count = read_number(found[1]) or 0
        parts.words.pop()


@dataclass(slots=True)
class _Likes:
    count: int = 0
    names: tuple[str, ...] = ()


def _take_likes(words: list[Line], after: list[Line], name: str, page: Lines) -> _Likes:
    """The list of those who liked the post: behind it, or among its last lines. Takes it away."""
    for part in (after, words):
        for index in range(len(part) - 1, -1, -1):
            stated = read_liked(part[index].text)
            if stated is None:
                continue
            names, used = _liking(part[index + 1 :], stated.count or 0, name, page)
            del part[index : index + 1 + used]
            return _Likes(max(stated.count or 0, len(names)), names)
    return _Likes()


def _liking(
    lines: Sequence[Line], count: int, name: str, page: Lines
) -> tuple[tuple[str, ...], int]:
    """The names on the lines, and how many lines they take. `name` is the author's."""
    if page.manner is Manner.PIECES:
        names = [line.text for line in lines[:1]]
        index = 1
        while index + 1 < len(lines) and lines[index].text == ",":
            names.append(lines[index + 1].text)
            index += 2
        return tuple(names), min(index, len(lines))
    text, index = "", 0
    while index < len(lines) and lines[index].text not in {"", name}:
        first = lines[index].text.split(" ", 1)[0]
        goes_on = text.endswith(",") or text.count(", ") + 1 < count
        if text and not goes_on and not was_full(lines[index - 1], first, page.width):
            break
        text = f"{text} {lines[index].text}".strip()
        index += 1
    return tuple(liker.strip() for liker in text.split(", ") if liker.strip()), index


def _take_edit(words: list[Line], manner: Manner) -> tuple[SavedEdit | None, list[Line]]:
    """The note of the last edit, below the words; nothing but a signature may follow it."""
    for index in range(len(words) - 1, -1, -1):
        if not looks_edited(words[index].text):
            continue
        end = index + 1
        if manner is Manner.PIECES:
            end = min(len(words), index + 4)
            while end > index + 1 and read_edit(_joined(words[index:end])) is None:
                end -= 1
        edit = read_edit(_joined(words[index:end]))
        if edit is None:
            continue
        rest = [line for line in words[end:] if line.text]
        if rest and not is_signature_divider(rest[0]):
            continue
        return edit, _without_rule_at_end(words[:index]) + words[end:]
    return None, words


def _joined(lines: Sequence[Line]) -> str:
    return " ".join(line.text for line in lines)


def _without_rule_at_end(lines: list[Line]) -> list[Line]:
    kept = list(lines)
    while kept and (not kept[-1].text or is_rule(kept[-1])):
        kept.pop()
    return kept


def _take_signature(words: list[Line]) -> tuple[list[Line], list[Line]]:
    """What stands below the last divider, and what stands above it."""
    for index in range(len(words) - 1, -1, -1):
        if is_signature_divider(words[index]):
            return words[index + 1 :], words[:index]
    return [], words


def _take_attachments(words: list[Line]) -> tuple[tuple[SavedAttachment, ...], list[Line]]:
    """The files that are listed below the words, with their sizes and views."""
    end = len(words)
    names: list[str] = []
    for index in range(len(words) - 1, -1, -1):
        text = words[index].text
        name = read_attached(text) if text else ""
        if name is None:
            break
        if text:
            end = index
            names += [name] if name else []
    return tuple(SavedAttachment(name) for name in reversed(names)), words[:end]


def _take_title(words: list[Line], thread_title: str, lines: Lines) -> tuple[str, list[Line]]:
    """The post's title, and the words without it.

    A dump draws a rule under it. Elsewhere only a line that repeats the thread's title is one:
    any other could as well be the first line of the post, and stays there.
    """
    filled = [index for index, line in enumerate(words) if line.text]
    if not filled:
        return "", words
    first = words[filled[0]]
    if lines.manner is Manner.DUMP and len(filled) > 1 and is_rule(words[filled[1]]):
        return own_title(first.text, thread_title), words[filled[1] + 1 :]
    if len(filled) > 1 and not own_title(first.text, thread_title):
        return "", words[filled[0] + 1 :]
    return "", words


def _texts(lines: Sequence[Line], page: Lines) -> list[str]:
    """The lines' texts without empty ones at the ends and without rules that a dump drew."""
    texts: list[str] = []
    for line in lines:
        if page.manner is Manner.DUMP and is_rule(line):
            continue
        frame = _FRAME.fullmatch(line.text)
        text = frame[1] if frame else line.text
        texts.append(text)
    while texts and not texts[0]:
        texts.pop(0)
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _join_pieces(texts: Sequence[str]) -> str:
    """Pieces as lines, those put together that cannot begin a line."""
    lines: list[str] = []
    for text in texts:
        if lines and re.match(r"[,.;:!?)\]]", text):
            lines[-1] += text
        elif lines and text[:1].islower() and _is_open(lines[-1]) and "://" not in text:
            lines[-1] += f" {text}"
        else:
            lines.append(text)
    return "\n".join(lines)


def _is_open(text: str) -> bool:
    return not re.search(r"[.!?:…]$", text)


def _pictures(words: Sequence[Line], manner: Manner) -> Iterator[str]:
    for line in words:
        if manner is Manner.DUMP and _PICTURE.fullmatch(line.text):
            yield f"a picture {line.text} stood here; the page does not say where it is"

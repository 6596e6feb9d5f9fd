"""What stands around a post's words: its title above; edit note, likes, signature, files below.

Each `take_*` answers what it found and the words without its lines; `take_likes` takes them out
of the lists that it is given.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from paceline.imports.saved_pages.page import SavedAttachment, SavedEdit
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
    joined,
    was_full,
)


@dataclass(slots=True)
class _Likes:
    count: int = 0
    names: tuple[str, ...] = ()


def take_likes(words: list[Line], after: list[Line], name: str, page: Lines) -> _Likes:
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


def take_edit(words: list[Line], manner: Manner) -> tuple[SavedEdit | None, list[Line]]:
    """The note of the last edit, below the words; nothing but a signature may follow it."""
    for index in range(len(words) - 1, -1, -1):
        if not looks_edited(words[index].text):
            continue
        end = index + 1
        if manner is Manner.PIECES:
            end = min(len(words), index + 4)
            while end > index + 1 and read_edit(joined(words[index:end])) is None:
                end -= 1
        edit = read_edit(joined(words[index:end]))
        if edit is None:
            continue
        rest = [line for line in words[end:] if line.text]
        if rest and not is_signature_divider(rest[0]):
            continue
        return edit, _without_rule_at_end(words[:index]) + words[end:]
    return None, words


def _without_rule_at_end(lines: list[Line]) -> list[Line]:
    kept = list(lines)
    while kept and (not kept[-1].text or is_rule(kept[-1])):
        kept.pop()
    return kept


def take_signature(words: list[Line]) -> tuple[list[Line], list[Line]]:
    """What stands below the last divider, and what stands above it."""
    for index in range(len(words) - 1, -1, -1):
        if is_signature_divider(words[index]):
            return words[index + 1 :], words[:index]
    return [], words


def take_attachments(words: list[Line]) -> tuple[tuple[SavedAttachment, ...], list[Line]]:
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


def take_title(words: list[Line], thread_title: str, lines: Lines) -> tuple[str, list[Line]]:
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

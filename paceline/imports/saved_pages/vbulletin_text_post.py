"""One post of a page saved as text: its lines told apart from those of the page around it."""

import re
from collections.abc import Iterator, Sequence

from paceline.imports.saved_pages.beside import is_counter, read_beside
from paceline.imports.saved_pages.finish import RawPost
from paceline.imports.saved_pages.page import Liker, SavedPost
from paceline.imports.saved_pages.text_cut import Block, cut, names_of
from paceline.imports.saved_pages.text_endings import (
    take_attachments,
    take_edit,
    take_likes,
    take_signature,
    take_title,
)
from paceline.imports.saved_pages.text_lines import Line, Lines, Manner, is_rule, joined, unwrapped
from paceline.imports.saved_pages.text_quotes import Said, write_body

_MENU = re.compile(
    r"View Public Profile|Send a private message to .+|Send email to .+|Find (?:More|all) Posts by"
    r" .+|Add .+ to Your (?:Contacts|Buddy List)|Visit .+ homepage!?|View .+ (?:Blog|Gallery)"
    r"|Report(?: Post)?|Reply With Quote|Quote|\[\w+\]|Top Answer|Wiki ?post",
    re.IGNORECASE,
)
_FRAME = re.compile(r"IFRAME:\s*(https?://\S+)")
_PICTURE = re.compile(r"\[[\w.-]{1,80}\]")


def read_posts(blocks: Sequence[Block], lines: Lines, thread_title: str) -> list[RawPost]:
    """The posts of a page. `lines` are all of it, for the manner in which it was saved."""
    if lines.manner is Manner.PIECES:
        blocks = [Block(block.heading, _whole_counters(block.lines)) for block in blocks]
    names = names_of(blocks)
    said = Said()
    return [
        _read(block, name, said, lines, thread_title)
        for block, name in zip(blocks, names, strict=True)
    ]


def _read(block: Block, name: str, said: Said, lines: Lines, thread_title: str) -> RawPost:
    heading = block.heading
    parts = cut(block, name)
    beside = read_beside(parts.beside, name)
    liked = take_likes(parts.words, parts.after, name, lines)
    words = unwrapped(parts.words, lines.width)
    edit, words = take_edit(words, lines.manner)
    signature, words = take_signature(words)
    files, words = take_attachments(words)
    title, words = take_title(words, thread_title, lines)
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
        length = next((n for n in (3, 2) if is_counter(joined(lines[index : index + n]))), 1)
        if is_counter(lines[index].text):
            length = 1
        part = lines[index : index + length]
        whole.append(Line(part[0].number, joined(part), part[0].columns))
        index += length
    return whole


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

"""BB code to the tree: what each tag means."""

import re
from collections.abc import Callable
from typing import cast

from paceline.markup import tree
from paceline.markup.addresses import describe_image, safe_address, shorten_address
from paceline.markup.attributes import one_line, read_attributes
from paceline.markup.builder import Builder, Exclusive, Frame, Style
from paceline.markup.codes import NAMED_INKS, SPOKEN
from paceline.markup.custom_codes import expand_custom_codes
from paceline.markup.languages import LANGUAGES
from paceline.markup.looks import face_of, ink_of, size_of
from paceline.markup.options import Options
from paceline.markup.quote_heads import quote_of
from paceline.markup.tags import Tag, read_tags
from paceline.markup.values import anchor_name
from paceline.markup.words import Words

# Steps of [indent=5]; XenForo has as many.
MAX_INDENTS = 5
MAX_SPAN = 100
MAX_PIXELS = 4_000
MAX_START = 999_999_999

_NUMBERINGS: dict[str, tree.Numbering] = {
    "1": "1",
    "a": "a",
    "A": "A",
    "i": "i",
    "I": "I",
    "decimal": "1",
    "lower-alpha": "a",
    "upper-alpha": "A",
    "lower-latin": "a",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
}
_SIDES: dict[str, tree.Side] = {
    "left": "left",
    "center": "center",
    "centre": "center",
    "middle": "center",
    "right": "right",
    "justify": "justify",
}
_MEASURES = re.compile(r"\s*(\d{1,5})\s?[x,]\s?(\d{1,5})", re.IGNORECASE | re.ASCII)
_LAYOUT = re.compile(
    r"\s*(?:\d|left|right|center|middle|full|thumb|json)", re.IGNORECASE | re.ASCII
)
_DIGITS = re.compile(r"\s*(\d{1,5})", re.ASCII)
_NUMBERED = re.compile(r"\d{1,9}", re.ASCII)
# vBulletin writes [td="width: 100, align: center"], others [td align=center colspan=2].
_CELL = re.compile(
    r"\b(?P<name>align|colspan|rowspan)\s?[:=]\s?[\"']?(?P<value>[a-z]{4,7}|\d{1,4})\b",
    re.IGNORECASE | re.ASCII,
)
# The tag that ends each post of phpBB 3.0 and 3.1 shows what stands behind every tag's name.
_STORED = re.compile(r"\[/[a-z*]{1,20}(?::[oum])?:([a-z0-9]{8,10})\]", re.ASCII)


def plain_source(source: str) -> str:
    """Without what phpBB 3.0 put behind every name: `[b:1f4coh9x]` becomes `[b]`."""
    match = _STORED.search(source) if "[/" in source else None
    return source if match is None else re.sub(rf"(?::[oum])?:{match[1]}\]", "]", source)


class Reader:
    """Reads one post."""

    def __init__(self, source: str, options: Options) -> None:
        self._source = source
        self._options = options
        self._builder = Builder()
        self._words = Words(self._builder, smilies=options.smilies, custom=options.custom_smilies)
        # What is begun by a tag, to be ended by its partner.
        self._begun: dict[Tag, Frame | Style | None] = {}

    def read_bbcode(self) -> tree.Document:
        source = expand_custom_codes(plain_source(self._source), self._options.custom_codes)
        position = 0
        read_words, builder = self._words.read, self._builder
        for tag in read_tags(source):
            if not tag.is_paired:
                continue
            if position < tag.start:
                read_words(source, position, tag.start)
            if tag.role == "format":
                kind = cast(tree.EmphasisKind, tag.name)
                (builder.end_simple if tag.is_closing else builder.begin_simple)(kind)
                position = tag.end
            else:
                position = tag.end if self._read_tag(tag) else tag.start
        read_words(source, position, len(source))
        return builder.finish()

    def read_plain(self) -> tree.Document:
        """As typed, with line ends, addresses, names and smilies only."""
        self._words.read(self._source, 0, len(self._source))
        return self._builder.finish()

    # Tags

    def _read_tag(self, tag: Tag) -> bool:
        """Whether the tag was taken; one that was not is text."""
        role = tag.role
        if role == "part":
            return self._read_part(tag)
        if role == "single":
            return self._read_single(tag)
        if role == "value":
            self._read_value(tag)
        elif role == "verbatim":
            self._read_verbatim(tag)
        elif role == "style" or role == "block":
            if tag.is_closing:
                self._end(tag)
            else:
                self._begun[tag] = _OPENINGS[tag.name](self, tag)
        return True

    def _end(self, tag: Tag) -> None:
        begun = self._begun.pop(cast(Tag, tag.partner), None)
        if isinstance(begun, Frame):
            self._builder.end_block(begun)
        elif tag.name == "heading":
            self._builder.end_heading()
        elif tag.name == "goto":
            self._builder.end_link(begun, tag.argument)
        elif begun is not None:
            self._builder.end_exclusive(begun)

    # Looks

    def _begin_look(self, kind: Exclusive, value: str | None) -> Style | None:
        return None if value is None else self._builder.begin_exclusive(kind, value)

    def _begin_ink(self, tag: Tag) -> Style | None:
        typed = tag.typed if tag.typed in NAMED_INKS else tag.argument
        return self._begin_look("ink", ink_of(typed))

    def _begin_size(self, tag: Tag) -> Style | None:
        return self._begin_look("size", size_of(tag.argument))

    def _begin_style(self, tag: Tag) -> Style | None:
        """The first look that the attributes name."""
        looks = read_attributes(tag.attributes)
        return (
            self._begin_look("ink", ink_of(looks.get("color", "")))
            or self._begin_look("size", size_of(looks.get("size", "")))
            or self._begin_look("face", face_of(looks.get("font", "")))
        )

    # Blocks

    def _begin_spoiler(self, tag: Tag) -> Frame:
        title = tag.argument
        if not title and tag.attributes:
            named = read_attributes(tag.attributes)
            title = named.get("title") or named.get("name") or ""
        return self._builder.begin_spoiler(one_line(title))

    def _begin_list(self, tag: Tag) -> Frame:
        named = read_attributes(tag.attributes) if tag.attributes else {}
        typed = tag.argument.strip() or named.get("type", "")
        numbering = _NUMBERINGS.get(typed) or _NUMBERINGS.get(typed.lower(), "")
        start = named.get("start", "")
        if _NUMBERED.fullmatch(typed) and not numbering:
            numbering, start = "1", start or typed
        if tag.name == "ol":
            numbering = numbering or "1"
        number = int(start) if numbering and _NUMBERED.fullmatch(start) else 1
        return self._builder.begin_list(numbering, min(number, MAX_START))

    def _begin_indent(self, tag: Tag) -> Frame:
        times = int(match[1]) if (match := _DIGITS.match(tag.argument)) else 1
        frame = self._builder.begin_indented()
        for _ in range(min(times, MAX_INDENTS) - 1):
            self._builder.begin_indented()
        return frame

    def _begin_side(self, typed: str) -> Frame | None:
        side = _SIDES.get(typed.strip().lower())
        return None if side is None else self._builder.begin_aligned(side)

    def _begin_heading(self, tag: Tag) -> None:
        level = tag.typed[1:] if tag.typed[1:].isdigit() else tag.argument
        match = _DIGITS.match(level)
        self._builder.begin_heading(max(1, min(6, int(match[1]))) if match else 1)

    def _read_part(self, tag: Tag) -> bool:
        builder, name = self._builder, tag.name
        if name == "*":
            return builder.end_item() if tag.is_closing else builder.begin_item()
        if name == "tr":
            return builder.end_row() if tag.is_closing else builder.begin_row()
        return builder.end_cell() if tag.is_closing else builder.begin_cell(_cell_of(tag))

    # What stands alone

    def _read_single(self, tag: Tag) -> bool:
        if tag.name == "anchor":
            return self._read_anchor(tag)
        if not tag.is_closing:
            if tag.name == "hr":
                self._builder.add_rule()
            else:
                self._builder.end_line()
        return True

    def _read_anchor(self, tag: Tag) -> bool:
        if tag.is_closing:
            return tag.typed != "a"
        typed = tag.argument or read_attributes(tag.attributes).get("name", "")
        name = anchor_name(typed)
        if name:
            self._builder.add_anchor(name)
        return bool(name)

    def _read_verbatim(self, tag: Tag) -> None:
        body = tag.body or ""
        if tag.name == "noparse":
            self._words.read_as_typed(body)
        elif tag.name == "icode":
            self._builder.add_code_span(" ".join(body.split("\n")))
        else:
            self._builder.add_code(body.strip("\n"), _language_of(tag))

    # Values

    def _read_value(self, tag: Tag) -> None:
        if tag.is_closing:
            opening = cast(Tag, tag.partner)
            style = cast("Style | None", self._begun.pop(opening, None))
            self._builder.end_link(style, shorten_address(opening.argument.strip()))
        elif tag.name == "img":
            self._read_image(tag)
        elif tag.name == "attach":
            self._read_attachment(tag)
        elif tag.name == "member":
            self._builder.add_mention(tag.value)
        elif tag.name == "video":
            self._read_film(tag)
        elif tag.body is not None:
            self._read_bare_link(tag)
        elif tag.value.startswith("#"):
            self._begun[tag] = self._begin_goto(tag.value)
        else:
            self._begun[tag] = self._builder.begin_link(tag.value)

    def _read_bare_link(self, tag: Tag) -> None:
        typed = (tag.body or "").strip()
        if tag.name in ("thread", "post"):
            self._builder.add_link(tag.value, f"{tag.name} {typed}", is_shortened=False)
        else:
            self._words.add_address(tag.value, typed)

    def _begin_goto(self, typed: str) -> Style | None:
        name = anchor_name(typed)
        return self._builder.begin_anchor_link(name) if name else None

    def _read_image(self, tag: Tag) -> None:
        address = tag.value
        if not self._options.images:
            self._words.add_address(address, address)
            return
        named = read_attributes(tag.attributes) if tag.attributes else {}
        description = named.get("alt", "")
        if not description and tag.argument:
            description = _words_about(tag)
        width, height = _pixels(named.get("width", "")), _pixels(named.get("height", ""))
        if match := _MEASURES.match(tag.argument):
            width, height = _pixels(match[1]), _pixels(match[2])
        elif _DIGITS.fullmatch(tag.argument):
            width = _pixels(tag.argument)
        self._builder.add_image(
            tree.Image(
                address,
                one_line(description) or describe_image(address),
                title=one_line(named.get("title", "")),
                width=width,
                height=height,
            )
        )

    def _read_attachment(self, tag: Tag) -> None:
        number = int(tag.value)
        words = one_line(tag.body or "")
        if number:
            named = read_attributes(tag.attributes) if tag.attributes else {}
            is_number = words.isdecimal() or words.startswith("{")
            words = named.get("alt", "") or ("" if is_number else words)
            self._builder.add_attached(number, one_line(words))
        else:
            self._words.read_as_typed(words)

    def _read_film(self, tag: Tag) -> None:
        card = tag.card
        if card is None:
            self._words.add_address(tag.value, tag.value)
        else:
            # [ame=address]words[/ame]: words, where the content is not the address itself.
            body = one_line(tag.body or "")
            title = body if tag.typed == "ame" and tag.argument and "://" not in body else ""
            self._builder.add_media(
                tree.Media(card.host, card.kind, card.embed, card.address, title)
            )


# What begins each style and block.
_OPENINGS: dict[str, Callable[[Reader, Tag], Frame | Style | None]] = {
    "color": Reader._begin_ink,
    "size": Reader._begin_size,
    "big": lambda self, tag: self._begin_look("size", "4"),
    "font": lambda self, tag: self._begin_look("face", face_of(tag.argument)),
    "tt": lambda self, tag: self._begin_look("face", "mono"),
    "style": Reader._begin_style,
    "goto": lambda self, tag: self._begin_goto(tag.argument),
    "quote": lambda self, tag: self._builder.begin_quote(*quote_of(tag)),
    "spoiler": Reader._begin_spoiler,
    "list": Reader._begin_list,
    "ul": lambda self, tag: self._builder.begin_list(""),
    "ol": Reader._begin_list,
    "indent": Reader._begin_indent,
    "table": lambda self, tag: self._builder.begin_table(),
    "heading": Reader._begin_heading,
    "align": lambda self, tag: self._begin_side(tag.argument),
    "left": lambda self, tag: self._builder.begin_aligned("left"),
    "center": lambda self, tag: self._builder.begin_aligned("center"),
    "right": lambda self, tag: self._builder.begin_aligned("right"),
    "justify": lambda self, tag: self._builder.begin_aligned("justify"),
}


def _words_about(tag: Tag) -> str:
    """What [img=words]address[/img] or [img=address]words[/img] says; empty for a measure."""
    if safe_address(tag.argument) == tag.value:
        return tag.body or ""
    return "" if _LAYOUT.match(tag.argument) else tag.argument


def _pixels(typed: str) -> int:
    match = _DIGITS.match(typed)
    number = int(match[1]) if match else 0
    return number if number <= MAX_PIXELS else 0


def _cell_of(tag: Tag) -> tree.Cell:
    cell = tree.Cell(is_heading=tag.name == "th")
    if not tag.argument and not tag.attributes:
        return cell
    for match in _CELL.finditer(f"{tag.argument} {tag.attributes}"):
        name, value = match["name"].lower(), match["value"].lower()
        if name == "align":
            cell.side = _SIDES.get(value, "")
        elif value.isdigit():
            span = max(1, min(MAX_SPAN, int(value)))
            if name == "colspan":
                cell.columns = span
            else:
                cell.rows = span
    return cell


def _language_of(tag: Tag) -> str:
    """The language of code by the tag's name or argument; empty where none is known."""
    typed = tag.argument
    if not typed and tag.attributes:
        named = read_attributes(tag.attributes)
        typed = named.get("lang") or named.get("language") or ""
    typed = typed.strip().lower()
    if not typed and tag.typed in SPOKEN:
        typed = tag.typed
    return typed if typed in LANGUAGES else ""

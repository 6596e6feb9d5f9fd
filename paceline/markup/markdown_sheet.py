"""Where a Markdown text is written down: containers, paragraphs and what stands in lines.

The parser's events are well nested, so blocks and styles are two stacks. What goes beyond a
bound is written into what is around it; words are never lost.
"""

import re
from dataclasses import dataclass, field
from typing import cast

from paceline.markup import tree
from paceline.markup.addresses import shorten_address
from paceline.markup.builder import (
    MAX_ATTACHED,
    MAX_BLOCKS,
    MAX_CELLS,
    MAX_LINKS,
    MAX_MENTIONS,
    MAX_QUOTES,
    MAX_SMILIES,
    VISIBLE,
)
from paceline.markup.markdown_source import KEEP

# Styles inside styles; deeper ones have no effect.
MAX_STYLES = 20
# Columns of a table; the words of later ones go into the last.
MAX_COLUMNS = 100

Container = (
    tree.Document
    | tree.Quote
    | tree.Spoiler
    | tree.ItemList
    | tree.Item
    | tree.Table
    | tree.Row
    | tree.Cell
    | tree.Footnote
)
Styled = tree.Emphasis | tree.Link
_PARTS = (tree.Item, tree.Row, tree.Cell)

# Two bars around hidden words: one that may begin them, and one that may end them.
BARS = re.compile(r"(?<!\|)\|\|(?!\|)")


@dataclass(slots=True, eq=False)
class Frame:
    """A container that has begun. A flat one leaves its content to the one around it."""

    node: Container
    content: list[tree.Block]
    is_flat: bool = False


@dataclass(frozen=True, slots=True)
class _Bars:
    """Two bars before the piece of this number, and whether hidden words may begin or end."""

    at: int
    may_open: bool
    may_close: bool


@dataclass(slots=True, eq=False)
class _Level:
    """The pieces of a paragraph or of a style in it."""

    pieces: list[tree.Inline]
    bars: list[_Bars] = field(default_factory=list)


class Sheet:
    """Takes a text piece by piece; `finish` gives the tree. A `Sink` for `Words`."""

    def __init__(self, *, has_breaks: bool) -> None:
        self.is_visible = False
        self._document = tree.Document()
        self._frames = [Frame(self._document, self._document.children)]
        self._levels: list[_Level] = []
        self._line_end: tree.Inline = tree.LINE_BREAK if has_breaks else tree.SOFT_BREAK
        self._depth = 0
        self._quotes = 0
        self._links_open = 0
        self._links_left = MAX_LINKS
        self._smilies_left = MAX_SMILIES
        self._mentions_left = MAX_MENTIONS
        self._attached_left = MAX_ATTACHED
        self._cells_left = MAX_CELLS

    def finish(self) -> tree.Document:
        self.end_words()
        if not self.is_visible:
            self._document.children.clear()
        return self._document

    # Blocks

    @property
    def frame(self) -> Frame:
        """The innermost container."""
        return self._frames[-1]

    @property
    def is_in_container(self) -> bool:
        return len(self._frames) > 1

    def open(self, node: Container) -> Frame:
        self.end_words()
        outer = self._frames[-1]
        is_flat = self._is_beyond_bounds(node, outer)
        frame = Frame(node, _rest_of(outer) if is_flat else _content_of(node), is_flat)
        if not is_flat:
            self._depth += 1
            outer_list = outer.node.children if isinstance(node, _PARTS) else _rest_of(outer)
            cast("list[tree.Node]", outer_list).append(node)
            self.is_visible = self.is_visible or isinstance(node, tree.Item)
        self._quotes += isinstance(node, tree.Quote)
        self._frames.append(frame)
        return frame

    def open_apart(self, note: tree.Footnote) -> None:
        """A container that belongs to no other: a footnote."""
        self.end_words()
        self._frames.append(Frame(note, note.children))
        self._depth += 1

    def close(self) -> None:
        """End the innermost container."""
        self.end_words()
        frame = self._frames.pop()
        self._depth -= not frame.is_flat
        self._quotes -= isinstance(frame.node, tree.Quote)

    def unwrap(self, quote: tree.Quote) -> None:
        """Put what a closed quote holds into its place."""
        content = self._frames[-1].content
        if content and content[-1] is quote:
            content[-1:] = quote.children

    def add_block(self, block: tree.Block) -> None:
        self.end_words()
        _rest_of(self._frames[-1]).append(block)

    def add_rule(self) -> None:
        self.add_block(tree.Rule())
        self.is_visible = True

    def add_code(self, text: str, language: str) -> None:
        self.add_block(tree.Code(text, language))
        self._look_at(text)

    def _is_beyond_bounds(self, node: Container, outer: Frame) -> bool:
        if isinstance(node, tree.Item):
            return outer.is_flat
        if isinstance(node, tree.Row):
            return outer.is_flat or self._cells_left <= 0
        if isinstance(node, tree.Cell):
            if outer.is_flat:
                return True
            self._cells_left -= 1
            return self._cells_left < 0 or len(outer.node.children) >= MAX_COLUMNS
        if isinstance(node, tree.Quote) and self._quotes >= MAX_QUOTES:
            return True
        if isinstance(node, tree.Table) and self._cells_left <= 0:
            return True
        return self._depth >= MAX_BLOCKS

    # Lines

    def begin_words(self, node: tree.Paragraph | tree.Heading, *, is_apart: bool = False) -> None:
        self.end_words()
        frame = self._frames[-1]
        if is_apart and isinstance(frame.node, tree.Item) and not frame.is_flat:
            # The parser tells paragraphs within an item where the whole list is loose.
            cast(tree.ItemList, self._frames[-2].node).is_loose = True
        _rest_of(frame).append(node)
        self._levels.append(_Level(node.children))

    def end_words(self) -> None:
        """End the paragraph or heading, if one is begun, whatever style is begun in it."""
        while self._levels:
            self._end_level()
        self._links_open = 0

    def begin_style(self, node: Styled) -> None:
        level = self._level()
        self._links_open += isinstance(node, tree.Link)
        if len(self._levels) <= MAX_STYLES or isinstance(node, tree.Link):
            level.pieces.append(node)
            level = _Level(node.children)
        self._levels.append(level)

    def end_style(self) -> None:
        self._end_level()

    def end_link(self, address: str) -> None:
        """A link without words shows where it leads."""
        level = self._levels[-1]
        if not (level.pieces or level.bars):
            self.add_text(shorten_address(address))
        self._end_level()
        self._links_open -= 1

    @property
    def is_in_line(self) -> bool:
        """Whether something stands before in the same line and style."""
        pieces = self._level().pieces
        return bool(pieces) and not isinstance(pieces[-1], tree.LineBreak | tree.SoftBreak)

    def add_bars(self, *, may_open: bool, may_close: bool) -> None:
        """Two bars, which hide words where a second pair follows in the same style."""
        level = self._level()
        level.bars.append(_Bars(len(level.pieces), may_open, may_close))
        self.is_visible = True

    def _level(self) -> _Level:
        if not self._levels:
            self.begin_words(tree.Paragraph())
        return self._levels[-1]

    def _end_level(self) -> None:
        level = self._levels.pop()
        if level.bars and not (self._levels and self._levels[-1] is level):
            _hide(level)

    # What `Words` asks of a sink

    @property
    def takes_links(self) -> bool:
        return not self._links_open and self._links_left > 0

    def take_link(self) -> bool:
        """Whether a link may stand here; counts it."""
        if not self.takes_links:
            return False
        self._links_left -= 1
        return True

    def add_text(self, text: str) -> None:
        if KEEP in text:
            text = text.replace(KEEP, "")
        if text:
            self._level().pieces.append(text)
            if not self.is_visible:
                self._look_at(text)

    def end_line(self, times: int = 1) -> None:
        """As typed, in what is shown as typed."""
        self._level().pieces.extend([tree.LINE_BREAK] * times)

    def end_source_line(self) -> None:
        self._level().pieces.append(self._line_end)

    def add_smilie(self, code: str, emoji: str, name: str, picture: str = "") -> None:
        self._smilies_left -= 1
        if self._smilies_left < 0:
            self.add_text(code)
        else:
            self.add(tree.Smilie(code, emoji, name, picture))

    def add_mention(self, name: str) -> None:
        self._mentions_left -= 1
        if self._mentions_left < 0:
            self.add_text("@" + name)
        else:
            self.add(tree.Mention(name))

    def add_link(self, address: str, shown: str, *, is_shortened: bool) -> None:
        if self.take_link():
            self.add(tree.Link(address, [shown], is_shortened, is_bare=True))
        else:
            self.add_text(shown)

    def add_attached(self, attachment_id: int, words: str) -> None:
        self._attached_left -= 1
        if self._attached_left < 0:
            self.add_text(words)
        else:
            self.add(tree.Attached(attachment_id, words))

    def add(self, piece: tree.Inline) -> None:
        """A piece that can be seen."""
        self._level().pieces.append(piece)
        self.is_visible = True

    def _look_at(self, text: str) -> None:
        self.is_visible = self.is_visible or VISIBLE.search(text) is not None


def _content_of(node: Container) -> list[tree.Block]:
    # Only items, rows and cells go into lists, tables and rows; these see to their own place.
    return cast("list[tree.Block]", node.children)


def _rest_of(outer: Frame) -> list[tree.Block]:
    """Where blocks go that stand right in it: in a table into the last cell.

    What is beyond bounds does; so does what follows the last row that the parser fills up with
    empty cells, which it does a bounded number of times.
    """
    node = outer.node
    if outer.is_flat or not isinstance(node, tree.Table | tree.Row):
        return outer.content
    row = node.children[-1] if isinstance(node, tree.Table) else node
    return row.children[-1].children


def _hide(level: _Level) -> None:
    """Make hidden words of what stands between two pairs of bars; other bars are text."""
    pieces, bars = level.pieces[:], level.bars
    closer_after: list[int | None] = [None] * len(bars)
    closer: int | None = None
    for number in range(len(bars) - 1, -1, -1):
        closer_after[number] = closer
        if bars[number].may_close:
            closer = number
    out: list[tree.Inline] = []
    place, position, end = out, 0, -1
    for number, bar in enumerate(bars):
        place.extend(pieces[position : bar.at])
        position = bar.at
        closing = closer_after[number]
        if number == end:
            place, end = out, -1
        elif end < 0 and bar.may_open and closing is not None:
            hidden = tree.Hidden()
            out.append(hidden)
            place, end = hidden.children, closing
        else:
            place.append("||")
    place.extend(pieces[position:])
    level.pieces[:] = out

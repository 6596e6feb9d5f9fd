"""From a stream of words, line ends, styles and blocks to a tree that is always well nested.

Styles (bold, a colour, a link) are a state and not a nesting: they may begin and end anywhere,
and are closed and opened again around paragraphs and blocks. So crossed tags need no repair, and
ten thousand nested ones cost no depth. Blocks are a stack of frames. Nothing empty is kept but
the cells of a table.
"""

import re
from dataclasses import dataclass, field
from typing import Literal, cast

from paceline.markup import tree

# Quotes inside quotes that are shown as such, and blocks of all kinds; deeper ones are flattened.
MAX_QUOTES = 10
MAX_BLOCKS = 30
# Links, smilies, and mentions in one post; later ones are shown as typed. Bounds the output.
MAX_LINKS = 1_000
MAX_SMILIES = 1_000
MAX_MENTIONS = 1_000
# Films and sounds, and files shown, in one post; later ones are links and words.
MAX_MEDIA = 50
MAX_ATTACHED = 200
# Cells of all tables in one post; the words of later ones stay.
MAX_CELLS = 10_000
# How often styles are opened again after a paragraph or a crossed tag, in one post.
MAX_RESUMED = 10_000

# Anything that leaves a mark: neither blank nor one of the characters without a shape.
VISIBLE = re.compile(
    "[^\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)


# Styles of which only the innermost has an effect; the outer one comes back after it.
Exclusive = Literal["ink", "size", "face"]
StyleKind = tree.EmphasisKind | Exclusive | Literal["hidden", "link", "anchor"]
# Blocks that hold parts alone, with what is begun for words that stand right in them.
_PARTS: dict[type, type] = {tree.ItemList: tree.Item, tree.Table: tree.Row, tree.Row: tree.Cell}
# What stands only in such a block.
_IN_PARTS = frozenset({tree.Item, tree.Row, tree.Cell})
_FLAT_AROUND = frozenset({tree.ItemList, tree.Table, tree.Row})
Framed = (
    tree.Quote
    | tree.Spoiler
    | tree.Aligned
    | tree.Indented
    | tree.ItemList
    | tree.Item
    | tree.Table
    | tree.Row
    | tree.Cell
)


@dataclass(slots=True, eq=False)
class Style:
    """Bold and the like, a colour, or a link, from where it begins to where it ends.

    `value` is the address of a link, the colour, size or face, or the name of an anchor.
    """

    kind: StyleKind
    value: str = ""
    has_content: bool = False
    has_ended: bool = False


@dataclass(slots=True, eq=False)
class Frame:
    """A block that has begun. A flat one leaves its content to the block around it."""

    node: Framed
    is_flat: bool
    # Where finished blocks inside it go: its own children, or those of the block around.
    content: list[tree.Block]
    is_open: bool = True


@dataclass(slots=True)
class Builder:
    """Takes a post piece by piece in reading order; `finish` gives the tree."""

    document: tree.Document = field(default_factory=tree.Document)
    _frames: list[Frame] = field(default_factory=list)
    _depth: int = 0
    _quotes: int = 0
    _links_left: int = MAX_LINKS
    _smilies_left: int = MAX_SMILIES
    _mentions_left: int = MAX_MENTIONS
    _media_left: int = MAX_MEDIA
    _attached_left: int = MAX_ATTACHED
    _cells_left: int = MAX_CELLS
    _resumed_left: int = MAX_RESUMED
    # The styles in force, in order of their beginning, how often each simple one was begun, and
    # those of each exclusive kind, the last of which is in force.
    _styles: list[Style] = field(default_factory=list)
    _simple: dict[str, list[Style | None]] = field(default_factory=dict)
    _exclusive: dict[str, list[Style]] = field(default_factory=dict)
    # The paragraph being written: its pieces, the chain of styles within, line ends to come.
    _inlines: list[tree.Inline] = field(default_factory=list)
    _chain: list[tuple[Style, list[tree.Inline]]] = field(default_factory=list)
    _target: list[tree.Inline] | None = None
    _line_ends: int = 0
    _is_visible: bool = False
    # The level of the heading being written, 0 for a paragraph.
    _heading: int = 0

    # Words

    def add_text(self, text: str) -> None:
        if not text:
            return
        if self._line_ends or not self._inlines:
            if text.isspace():
                return
            if self._line_ends > 1 or not self._inlines:
                # Blanks before a paragraph are of its source: [*] one.
                text = text.lstrip(" \t")
        self._place().append(text)
        if not self._is_visible and VISIBLE.search(text):
            self._is_visible = True

    def end_line(self, times: int = 1) -> None:
        """Once ends a line, twice or more a paragraph."""
        self._line_ends += times

    def add_smilie(self, code: str, emoji: str, name: str, picture: str = "") -> None:
        if self._smilies_left <= 0:
            self.add_text(code)
            return
        self._smilies_left -= 1
        self._add_visible(tree.Smilie(code, emoji, name, picture))

    def add_mention(self, name: str) -> None:
        """The name alone after very many."""
        if self._mentions_left <= 0:
            self.add_text("@" + name)
            return
        self._mentions_left -= 1
        self._add_visible(tree.Mention(name))

    def add_image(self, image: tree.Image) -> None:
        self._add_visible(image)

    def add_attached(self, attachment_id: int, words: str = "") -> None:
        """A file of this post; its words alone after very many."""
        if self._attached_left <= 0:
            self.add_text(words)
            return
        self._attached_left -= 1
        self._add_visible(tree.Attached(attachment_id, words))

    def add_code_span(self, text: str) -> None:
        if VISIBLE.search(text):
            self._add_visible(tree.CodeSpan(text))

    def add_anchor(self, name: str) -> None:
        """A place to lead to. Raises ValueError for what is no name of one."""
        self._place().append(tree.Anchor(name))

    def add_link(self, address: str, shown: str, *, is_shortened: bool) -> None:
        """A link that shows its address; the words alone inside another link."""
        if not self.takes_links:
            self.add_text(shown)
            return
        self._links_left -= 1
        self._add_visible(tree.Link(address, [shown], is_shortened, is_bare=True))

    def _add_visible(self, node: tree.Inline) -> None:
        self._place().append(node)
        self._is_visible = True

    # Styles

    @property
    def is_in_link(self) -> bool:
        return any(style.kind in ("link", "anchor") for style in self._styles)

    @property
    def takes_links(self) -> bool:
        """Whether a link may stand here: not in another one, nor after very many."""
        return self._links_left > 0 and not self.is_in_link

    def begin_simple(self, kind: tree.EmphasisKind | Literal["hidden"]) -> None:
        """Bold inside bold is bold: only the outermost has an effect."""
        begun = self._simple.setdefault(kind, [])
        begun.append(None if begun else self._begin(Style(kind)))

    def end_simple(self, kind: tree.EmphasisKind | Literal["hidden"]) -> None:
        """End what `begin_simple` began last of this kind; no effect where nothing is begun."""
        begun = self._simple.get(kind)
        style = begun.pop() if begun else None
        if style is not None:
            self._end(style)

    def begin_exclusive(self, kind: Exclusive, value: str) -> Style:
        """Red inside blue is red, and blue again after it. `value` is one of the tree's words."""
        begun = self._exclusive.setdefault(kind, [])
        if begun:
            self._end(begun[-1])
        style = Style(kind, value)
        begun.append(style)
        return self._begin(style)

    def end_exclusive(self, style: Style) -> None:
        """No effect where it has ended."""
        begun = self._exclusive.get(style.kind, [])
        if style.has_ended:
            return
        style.has_ended = True
        if begun[-1] is style:
            self._end(style)
            # Crossed ones that ended before this one are still on the pile.
            while begun and begun[-1].has_ended:
                begun.pop()
            if begun:
                self._begin(begun[-1])

    def begin_link(self, address: str) -> Style | None:
        """None, and no effect, inside another link."""
        return None if self.is_in_link else self._begin(Style("link", address))

    def end_link(self, style: Style | None, shown: str) -> None:
        """`shown` are the words for a link that had none."""
        if style is not None:
            if not style.has_content:
                self.add_text(shown)
            self._end(style)

    def begin_anchor_link(self, name: str) -> Style | None:
        """A link to an anchor of this post. None, and no effect, inside another link."""
        return None if self.is_in_link else self._begin(Style("anchor", name))

    def _begin(self, style: Style) -> Style:
        self._styles.append(style)
        self._target = None
        return style

    def _end(self, style: Style) -> None:
        self._styles.remove(style)
        self._target = None

    def _place(self) -> list[tree.Inline]:
        """Where the next piece of the paragraph goes, after the line ends due before it."""
        if self._line_ends:
            self._write_line_ends()
        if self._target is not None:
            return self._target
        self._start_part()
        return self._follow_styles()

    def _write_line_ends(self) -> None:
        if self._line_ends > 1:
            self.end_paragraph()
        elif self._inlines:
            shared = self._shared()
            place = self._chain[shared - 1][1] if shared else self._inlines
            place.append(tree.LINE_BREAK)
            if shared < len(self._chain):
                del self._chain[shared:]
                self._target = None
        self._line_ends = 0

    def _shared(self) -> int:
        """How many of the styles written so far are still in force."""
        if not self._chain:
            return 0
        count = 0
        for (written, _), style in zip(self._chain, self._styles, strict=False):
            if written is not style:
                break
            count += 1
        return count

    def _follow_styles(self) -> list[tree.Inline]:
        if not self._styles:
            self._chain.clear()
            self._target = self._inlines
            return self._inlines
        shared = self._shared()
        del self._chain[shared:]
        place = self._chain[-1][1] if self._chain else self._inlines
        for style in self._styles[shared:]:
            if style.has_content:
                self._resumed_left -= 1
            inner: list[tree.Inline] = []
            node = self._styled(style, inner) if self._resumed_left > 0 else None
            if node is None:
                inner = place
            else:
                place.append(node)
            style.has_content = True
            self._chain.append((style, inner))
            place = inner
        self._target = place
        return place

    def _styled(self, style: Style, inner: list[tree.Inline]) -> tree.Styled | None:
        """The node of a style that begins here; None for a link after very many."""
        kind = style.kind
        if kind == "link":
            self._links_left -= 1
            return tree.Link(style.value, inner) if self._links_left >= 0 else None
        if kind == "ink":
            return tree.Inked(cast(tree.Ink, style.value), inner)
        if kind == "size":
            return tree.Sized(cast(tree.Size, style.value), inner)
        if kind == "face":
            return tree.Faced(cast(tree.Face, style.value), inner)
        if kind == "hidden":
            return tree.Hidden(inner)
        if kind == "anchor":
            return tree.AnchorLink(style.value, inner)
        return tree.Emphasis(kind, inner)

    # Blocks

    def end_paragraph(self) -> None:
        anchors: list[tree.Inline] = []
        if self._is_visible:
            heading = self._heading
            self._content().append(
                tree.Heading(heading, self._inlines) if heading else tree.Paragraph(self._inlines)
            )
        elif self._inlines:
            # A place to lead to is kept for the words that follow it.
            anchors = [piece for piece in self._inlines if isinstance(piece, tree.Anchor)]
        self._inlines = anchors
        self._chain = []
        self._target = None
        self._line_ends = 0
        self._is_visible = False

    def begin_heading(self, level: int) -> None:
        """Until `end_heading` each paragraph is a heading of this level, from 1 to 6."""
        self._start_block()
        self._heading = level

    def end_heading(self) -> None:
        self.end_paragraph()
        self._heading = 0

    def add_code(self, text: str, language: str = "") -> None:
        self._start_block()
        if VISIBLE.search(text):
            self._content().append(tree.Code(text, language))

    def add_rule(self) -> None:
        self._start_block()
        self._content().append(tree.Rule())

    def add_media(self, media: tree.Media) -> None:
        """A card for a film or a sound; a link to it after very many."""
        if self._media_left <= 0:
            self.add_link(media.address, media.address, is_shortened=False)
            return
        self._media_left -= 1
        self._start_block()
        self._content().append(media)

    def begin_quote(self, author: str, post_id: int | None) -> Frame:
        self._start_block()
        self._quotes += 1
        is_flat = self._quotes > MAX_QUOTES or self._depth >= MAX_BLOCKS
        return self._push(tree.Quote(author, post_id), is_flat)

    def begin_spoiler(self, title: str) -> Frame:
        return self._begin_block(tree.Spoiler(title))

    def begin_aligned(self, side: tree.Side) -> Frame:
        return self._begin_block(tree.Aligned(side))

    def begin_indented(self) -> Frame:
        return self._begin_block(tree.Indented())

    def begin_list(self, numbering: tree.Numbering, start: int = 1) -> Frame:
        return self._begin_block(tree.ItemList(numbering, start=start))

    def begin_table(self) -> Frame:
        return self._begin_block(tree.Table())

    def begin_item(self) -> bool:
        """False, and no effect, where the innermost block is no list."""
        if not self.end_item():
            return False
        self._start_part()
        return True

    def end_item(self) -> bool:
        """False, and no effect, where the innermost block is no list."""
        frame = self._frames[-1] if self._frames else None
        if frame is not None and isinstance(frame.node, tree.Item):
            self.end_block(frame)
            return True
        if frame is not None and isinstance(frame.node, tree.ItemList):
            self.end_paragraph()
            return True
        return False

    def begin_row(self) -> bool:
        """End the row before, and begin one. False, and no effect, outside a table."""
        if not self.end_row():
            return False
        self._push(tree.Row(), self._frames[-1].is_flat)
        return True

    def end_row(self) -> bool:
        """False, and no effect, where the innermost block is no table, row or cell."""
        if not self._is_in_table():
            return False
        self.end_paragraph()
        while not isinstance(self._frames[-1].node, tree.Table):
            self._pop()
        return True

    def begin_cell(self, cell: tree.Cell) -> bool:
        """End the cell before, and begin this one, in a row of its own where none is begun.

        False, and no effect, outside a table.
        """
        if not self.end_cell():
            return False
        if isinstance(self._frames[-1].node, tree.Table):
            self._push(tree.Row(), self._frames[-1].is_flat)
        self._cells_left -= 1
        self._push(cell, self._frames[-1].is_flat)
        return True

    def end_cell(self) -> bool:
        """False, and no effect, where the innermost block is no table, row or cell."""
        if not self._is_in_table():
            return False
        self.end_paragraph()
        if isinstance(self._frames[-1].node, tree.Cell):
            self._pop()
        return True

    def _is_in_table(self) -> bool:
        return bool(self._frames) and isinstance(
            self._frames[-1].node, tree.Table | tree.Row | tree.Cell
        )

    def end_block(self, frame: Frame) -> None:
        """End this block and all that began within it; no effect where it has ended."""
        if not frame.is_open:
            return
        self.end_paragraph()
        ended = self._pop()
        while ended is not frame:
            ended = self._pop()

    def finish(self) -> tree.Document:
        self.end_paragraph()
        while self._frames:
            self._pop()
        return self.document

    def _content(self) -> list[tree.Block]:
        return self._frames[-1].content if self._frames else self.document.children

    def _begin_block(self, node: Framed) -> Frame:
        self._start_block()
        is_flat = self._depth >= MAX_BLOCKS
        return self._push(node, is_flat or (isinstance(node, tree.Table) and self._cells_left <= 0))

    def _start_block(self) -> None:
        self.end_paragraph()
        self._heading = 0
        self._start_part()

    def _start_part(self) -> None:
        """What is written right in a list goes into an item of it, in a table into a cell."""
        while self._frames and (part := _PARTS.get(type(self._frames[-1].node))):
            self._push(part(), self._frames[-1].is_flat)

    def _push(self, node: Framed, is_flat: bool) -> Frame:
        # What holds parts alone is given them by _pop.
        is_own = not is_flat and type(node) not in _FLAT_AROUND
        content = cast("list[tree.Block]", node.children) if is_own else self._content()
        frame = Frame(node, is_flat, content)
        self._frames.append(frame)
        self._depth += not is_flat
        return frame

    def _pop(self) -> Frame:
        frame = self._frames.pop()
        frame.is_open = False
        node = frame.node
        kind = type(node)
        self._depth -= not frame.is_flat
        self._quotes -= kind is tree.Quote
        if frame.is_flat or not (node.children or kind is tree.Cell):
            return frame
        if kind in _IN_PARTS:
            cast("list[Framed]", self._frames[-1].node.children).append(node)
        elif not isinstance(node, tree.Table) or any(
            cell.children for row in node.children for cell in row.children
        ):
            self._content().append(cast("tree.Block", node))
        return frame

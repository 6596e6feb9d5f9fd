"""From a stream of words, line ends, styles and blocks to a tree that is always well nested.

Styles (bold, a link) are a state and not a nesting: they may begin and end anywhere, and are
closed and opened again around paragraphs and blocks. So crossed tags need no repair, and ten
thousand nested ones cost no depth. Blocks are a stack of frames. Nothing empty is kept.
"""

import re
from dataclasses import dataclass, field
from typing import Literal, cast

from paceline.markup import tree

# Quotes inside quotes that are shown as such, and blocks of all kinds; deeper ones are flattened.
MAX_QUOTES = 10
MAX_BLOCKS = 30
# Links, and smilies, in one post; later ones are shown as typed. Bounds the size of the output.
MAX_LINKS = 1_000
MAX_SMILIES = 1_000
# How often styles are opened again after a paragraph or a crossed tag, in one post.
MAX_RESUMED = 10_000

# Anything that leaves a mark: neither blank nor one of the characters without a shape.
VISIBLE = re.compile(
    "[^\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)


@dataclass(slots=True, eq=False)
class Style:
    """Bold and the like, or a link, from where it begins to where it ends."""

    kind: Literal["b", "i", "u", "s", "link"]
    address: str = ""
    has_content: bool = False


@dataclass(slots=True, eq=False)
class Frame:
    """A block that has begun. A flat one leaves its content to the block around it."""

    node: tree.Quote | tree.Item | tree.ItemList | tree.Spoiler
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
    _resumed_left: int = MAX_RESUMED
    # The styles in force, in order of their beginning, and how often each simple one was begun.
    _styles: list[Style] = field(default_factory=list)
    _simple: dict[str, list[Style | None]] = field(default_factory=dict)
    # The paragraph being written: its pieces, the chain of styles within, line ends to come.
    _inlines: list[tree.Inline] = field(default_factory=list)
    _chain: list[tuple[Style, list[tree.Inline]]] = field(default_factory=list)
    _target: list[tree.Inline] | None = None
    _line_ends: int = 0
    _is_visible: bool = False

    # Words

    def add_text(self, text: str) -> None:
        if not text:
            return
        if (self._line_ends or not self._inlines) and text.isspace():
            return
        self._place().append(text)
        if not self._is_visible and VISIBLE.search(text):
            self._is_visible = True

    def end_line(self, times: int = 1) -> None:
        """Once ends a line, twice or more a paragraph."""
        self._line_ends += times

    def add_smilie(self, code: str, emoji: str, name: str) -> None:
        if self._smilies_left <= 0:
            self.add_text(code)
            return
        self._smilies_left -= 1
        self._add_visible(tree.Smilie(code, emoji, name))

    def add_mention(self, name: str, address: str | None) -> None:
        self._add_visible(tree.Mention(name, None if self.is_in_link else address))

    def add_image(self, address: str, description: str) -> None:
        self._add_visible(tree.Image(address, description))

    def add_link(self, address: str, shown: str, *, is_shortened: bool) -> None:
        """A link with these words; the words alone inside another link."""
        if not self.takes_links:
            self.add_text(shown)
            return
        self._links_left -= 1
        self._add_visible(tree.Link(address, [shown], is_shortened))

    def _add_visible(self, node: tree.Inline) -> None:
        self._place().append(node)
        self._is_visible = True

    # Styles

    @property
    def is_in_link(self) -> bool:
        return any(style.kind == "link" for style in self._styles)

    @property
    def takes_links(self) -> bool:
        """Whether a link may stand here: not in another one, nor after very many."""
        return self._links_left > 0 and not self.is_in_link

    def begin_simple(self, kind: tree.EmphasisKind) -> None:
        """Bold inside bold is bold: only the outermost has an effect."""
        begun = self._simple.setdefault(kind, [])
        begun.append(None if begun else self._begin(Style(kind)))

    def end_simple(self, kind: tree.EmphasisKind) -> None:
        style = self._simple[kind].pop()
        if style is not None:
            self._end(style)

    def begin_link(self, address: str) -> Style | None:
        """None, and no effect, inside another link."""
        return None if self.is_in_link else self._begin(Style("link", address))

    def end_link(self, style: Style | None, shown: str) -> None:
        """`shown` are the words for a link that had none."""
        if style is not None:
            if not style.has_content:
                self.add_text(shown)
            self._end(style)

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
        self._start_item_in_list()
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
        shared = self._shared()
        del self._chain[shared:]
        place = self._chain[-1][1] if self._chain else self._inlines
        for style in self._styles[shared:]:
            if style.has_content:
                self._resumed_left -= 1
            inner: list[tree.Inline] = []
            if self._resumed_left <= 0:
                inner = place
            elif style.kind != "link":
                place.append(tree.Emphasis(style.kind, inner))
            elif self._links_left > 0:
                self._links_left -= 1
                place.append(tree.Link(style.address, inner))
            else:
                inner = place
            style.has_content = True
            self._chain.append((style, inner))
            place = inner
        self._target = place
        return place

    # Blocks

    def end_paragraph(self) -> None:
        if self._is_visible:
            self._content().append(tree.Paragraph(self._inlines))
        self._inlines = []
        self._chain = []
        self._target = None
        self._line_ends = 0
        self._is_visible = False

    def add_code(self, text: str) -> None:
        self._start_block()
        if VISIBLE.search(text):
            self._content().append(tree.Code(text))

    def begin_quote(self, author: str, post_id: int | None) -> Frame:
        self._start_block()
        self._quotes += 1
        is_flat = self._quotes > MAX_QUOTES or self._depth >= MAX_BLOCKS
        return self._push(tree.Quote(author, post_id), is_flat)

    def begin_spoiler(self, title: str) -> Frame:
        self._start_block()
        return self._push(tree.Spoiler(title), self._depth >= MAX_BLOCKS)

    def begin_list(self, numbering: tree.Numbering) -> Frame:
        self._start_block()
        return self._push(tree.ItemList(numbering), self._depth >= MAX_BLOCKS)

    def begin_item(self) -> bool:
        """False, and no effect, where the innermost block is no list."""
        if not self.end_item():
            return False
        self._start_item_in_list()
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

    def _start_block(self) -> None:
        self.end_paragraph()
        self._start_item_in_list()

    def _start_item_in_list(self) -> None:
        """What is written right in a list goes into an item of it."""
        if self._frames and isinstance(self._frames[-1].node, tree.ItemList):
            self._push(tree.Item(), self._frames[-1].is_flat)

    def _push(
        self, node: tree.Quote | tree.Item | tree.ItemList | tree.Spoiler, is_flat: bool
    ) -> Frame:
        # A list holds items alone, and those are put there by _pop.
        is_own = not is_flat and not isinstance(node, tree.ItemList)
        content = cast(list[tree.Block], node.children) if is_own else self._content()
        frame = Frame(node, is_flat, content)
        self._frames.append(frame)
        self._depth += not is_flat
        return frame

    def _pop(self) -> Frame:
        frame = self._frames.pop()
        frame.is_open = False
        node = frame.node
        self._depth -= not frame.is_flat
        self._quotes -= isinstance(node, tree.Quote)
        if frame.is_flat or not node.children:
            return frame
        if isinstance(node, tree.Item):
            parent = self._frames[-1].node
            assert isinstance(parent, tree.ItemList)
            parent.children.append(node)
        else:
            self._content().append(node)
        return frame

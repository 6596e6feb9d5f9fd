"""The document tree: every source language ends here, and every output starts here.

The first wall. A node holds words, checked addresses and words of closed lists only: there is no
node for raw HTML, for an attribute or for a style, so nothing that is not on this page can reach
a reader.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

# Web addresses and mail addresses; local ones (of members, posts) start with one slash.
_OUTSIDE = re.compile(r"(?ai:https?://|mailto:)[^\s<>\"\\]+\Z")
_PICTURE = re.compile(r"(?ai:https?://)[^\s<>\"\\]+\Z")
_INSIDE = re.compile(r"/(?![/\\])[^\s<>\"\\]*\Z")
_ANCHOR = re.compile(r"[a-z0-9][a-z0-9-]{0,59}\Z")
_LANGUAGE = re.compile(r"[a-z0-9+#.-]{1,30}\Z")

# Each is the HTML element of that name.
EmphasisKind = Literal[
    "b", "i", "u", "s", "strong", "em", "del", "ins", "mark", "sub", "sup", "small", "kbd"
]
# A colour that can be read on every background: a hue of the circle in steps of 15 degrees
# (counted in OKLCH), a grey, or that of ordinary text.
# See docs/decisions/colours-that-can-be-read.md.
# fmt: off
Ink = Literal[
    "text", "grey", "0", "15", "30", "45", "60", "75", "90", "105",
    "120", "135", "150", "165", "180", "195", "210", "225", "240",
    "255", "270", "285", "300", "315", "330", "345",
]
# fmt: on
# vBulletin's seven; 3 is the size of ordinary text there and here.
Size = Literal["1", "2", "3", "4", "5", "6", "7"]
Face = Literal["sans", "serif", "mono", "hand"]
Side = Literal["left", "center", "right", "justify"]
Numbering = Literal["", "1", "a", "A", "i", "I"]


def _require(pattern: re.Pattern[str], address: str) -> None:
    if pattern.match(address) is None:
        raise ValueError(f"not an address that a post may hold: {address!r}")


def require_inside(path: str) -> None:
    """Raise ValueError for what is no path of this board."""
    _require(_INSIDE, path)


# Inline


@dataclass(slots=True, eq=False)
class LineBreak:
    """The end of a line within a paragraph."""


@dataclass(slots=True, eq=False)
class SoftBreak:
    """The end of a line that is shown as a blank."""


LINE_BREAK = LineBreak()
SOFT_BREAK = SoftBreak()


@dataclass(slots=True, eq=False)
class Emphasis:
    kind: EmphasisKind
    children: "list[Inline]" = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Inked:
    ink: Ink
    children: "list[Inline]" = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Sized:
    size: Size
    children: "list[Inline]" = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Faced:
    face: Face
    children: "list[Inline]" = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Hidden:
    """A few words of a line that are shown on demand; whole blocks are a Spoiler."""

    children: "list[Inline]" = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Link:
    """A link. `address` is http, https, mailto, or a path of this board; ValueError otherwise.

    `is_bare` where the words shown are the address itself, so that a title may stand in for
    them, and `is_shortened` where its middle is left out. `title` is the writer's own.
    """

    address: str
    children: "list[Inline]" = field(default_factory=list)
    is_shortened: bool = False
    is_bare: bool = False
    title: str = ""

    def __post_init__(self) -> None:
        if not self.address.startswith("/"):
            _require(_OUTSIDE, self.address)
        else:
            _require(_INSIDE, self.address)


@dataclass(slots=True, eq=False)
class Image:
    """A picture from elsewhere. `address` is http or https; ValueError otherwise.

    `width` and `height` in pixels, where the writer gave them; 0 otherwise.
    """

    address: str
    description: str
    title: str = ""
    width: int = 0
    height: int = 0

    def __post_init__(self) -> None:
        _require(_PICTURE, self.address)


@dataclass(slots=True, eq=False)
class Attached:
    """A file that came with the post, by its number. `words` describe it; may be empty."""

    attachment_id: int
    words: str = ""


@dataclass(slots=True, eq=False)
class Smilie:
    """`code` as typed, `emoji` as shown, `name` as read aloud.

    Where `picture` is set it is shown instead: a path of this board; ValueError otherwise.
    """

    code: str
    emoji: str
    name: str
    picture: str = ""

    def __post_init__(self) -> None:
        if self.picture:
            _require(_INSIDE, self.picture)


@dataclass(slots=True, eq=False)
class Mention:
    """A member spoken to by name."""

    name: str


@dataclass(slots=True, eq=False)
class CodeSpan:
    """Code within a line."""

    text: str


@dataclass(slots=True, eq=False)
class Anchor:
    """A place in this post that a link may lead to. ValueError where `name` is no such word."""

    name: str

    def __post_init__(self) -> None:
        _require(_ANCHOR, self.name)


@dataclass(slots=True, eq=False)
class AnchorLink:
    """A link to an Anchor of this post."""

    name: str
    children: "list[Inline]" = field(default_factory=list)

    def __post_init__(self) -> None:
        _require(_ANCHOR, self.name)


@dataclass(slots=True, eq=False)
class FootnoteMark:
    """Where footnote `number` (from 1) is called for the `call`-th time (from 1)."""

    number: int
    call: int = 1


# Blocks


@dataclass(slots=True, eq=False)
class Paragraph:
    children: "list[Inline]" = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Heading:
    """`level` from 1 to 6 as the writer counts; pages show it below their own headings."""

    level: int
    children: "list[Inline]" = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Code:
    """`language` is empty or a word as people write it: python, c++. ValueError otherwise."""

    text: str
    language: str = ""

    def __post_init__(self) -> None:
        if self.language:
            _require(_LANGUAGE, self.language)


@dataclass(slots=True, eq=False)
class Quote:
    """Somebody else's words. `author` may be empty; `post_id` is positive or None."""

    author: str = ""
    post_id: int | None = None
    children: "list[Block]" = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Item:
    """`is_done` is None but for an item with a box to tick."""

    children: "list[Block]" = field(default_factory=list)
    is_done: bool | None = None


@dataclass(slots=True, eq=False)
class ItemList:
    """`numbering` is empty for a list of dots; `start` is the first number.

    `is_loose` where the writer set the items apart, so that each is a paragraph.
    """

    numbering: Numbering = ""
    children: list[Item] = field(default_factory=list)
    start: int = 1
    is_loose: bool = False


@dataclass(slots=True, eq=False)
class Spoiler:
    title: str = ""
    children: "list[Block]" = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Aligned:
    side: Side
    children: "list[Block]" = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Indented:
    children: "list[Block]" = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Cell:
    """`side` is empty where the writer did not say; spans from 1 to 100."""

    is_heading: bool = False
    side: Literal["", "left", "center", "right", "justify"] = ""
    columns: int = 1
    rows: int = 1
    children: "list[Block]" = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Row:
    children: list[Cell] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Table:
    """Rows from above; the first ones are the head where all their cells are headings."""

    children: list[Row] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Rule:
    """A line across."""


@dataclass(slots=True, eq=False)
class Media:
    """A film or a sound at one of the hosts known here: shown as a card, loaded on demand.

    `host` and `kind` ("video", "audio") are words of the table of hosts, `embed` the address of
    the host's player, `address` where a person would go. `picture` is a path of this board or
    empty, `width` and `height` its measures in pixels; 0 where unknown.
    """

    host: str
    kind: str
    embed: str
    address: str
    title: str = ""
    picture: str = ""
    width: int = 0
    height: int = 0

    def __post_init__(self) -> None:
        _require(_PICTURE, self.address)
        if self.embed:
            _require(_PICTURE, self.embed)
        if self.picture:
            require_inside(self.picture)


@dataclass(slots=True, eq=False)
class LinkCard:
    """A page of elsewhere with what it says of itself. `picture` is a path of this board or empty.

    `width` and `height` are the picture's, in pixels; 0 where unknown.
    """

    address: str
    title: str
    site: str = ""
    description: str = ""
    picture: str = ""
    width: int = 0
    height: int = 0

    def __post_init__(self) -> None:
        _require(_PICTURE, self.address)
        if self.picture:
            require_inside(self.picture)


@dataclass(slots=True, eq=False)
class Footnote:
    """`number` from 1; `calls` is how often the text calls it."""

    number: int
    calls: int = 1
    children: "list[Block]" = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Footnotes:
    """All footnotes, at the end of the post."""

    children: list[Footnote] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Document:
    """A whole post. `key` is a word of its own (hexadecimal) that its anchors begin with."""

    children: "list[Block]" = field(default_factory=list)
    key: str = ""


Styled = Emphasis | Inked | Sized | Faced | Hidden | Link | AnchorLink
InlineLeaf = (
    str
    | LineBreak
    | SoftBreak
    | Image
    | Attached
    | Smilie
    | Mention
    | CodeSpan
    | Anchor
    | FootnoteMark
)
Inline = InlineLeaf | Styled
# Blocks that hold blocks, those that hold words, and those that hold nothing.
Around = Quote | Spoiler | Aligned | Indented | ItemList | Table | Footnotes
Block = Around | Paragraph | Heading | Code | Rule | Media | LinkCard
# What stands only in its own kind of block.
Part = Item | Row | Cell | Footnote
Parent = Document | Around | Part | Paragraph | Heading | Styled
Node = Inline | Block | Part | Document

LEAVES = frozenset(
    {
        *(str, LineBreak, SoftBreak, Image, Attached, Smilie, Mention, CodeSpan, Anchor),
        *(FootnoteMark, Code, Rule, Media, LinkCard),
    }
)


def walk(document: Document) -> Iterator[tuple[Node, bool]]:
    """Every node below the document in reading order.

    A node that can have children comes twice, with True before them and with False after them;
    a leaf comes once, with True. An explicit stack, so that no depth is too deep.
    """
    stack: list[tuple[Parent, Iterator[Node]]] = []
    parent: Parent = document
    rest: Iterator[Node] = iter(document.children)
    while True:
        for node in rest:
            yield node, True
            if type(node) not in LEAVES:
                inner: Parent = node  # type: ignore[assignment]  # what is no leaf has children
                children = inner.children
                if len(children) == 1 and type(children[0]) is str:
                    # Most of what can have children has words alone.
                    yield children[0], True
                    yield inner, False
                    continue
                stack.append((parent, rest))
                parent, rest = inner, iter(children)
                break
        else:
            if not stack:
                return
            ended = parent
            parent, rest = stack.pop()
            yield ended, False

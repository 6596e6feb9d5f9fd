"""The document tree: every source language ends here, and every output starts here.

The first wall. A node holds words and checked addresses only: there is no node for raw HTML,
for an attribute or for a style, so nothing that is not on this page can reach a reader.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, cast

# Web addresses and mail addresses; local ones (of members, posts) start with one slash.
_OUTSIDE = re.compile(r"(?ai:https?://|mailto:)[^\s<>\"\\]+\Z")
_PICTURE = re.compile(r"(?ai:https?://)[^\s<>\"\\]+\Z")
_INSIDE = re.compile(r"/(?![/\\])[^\s<>\"\\]*\Z")

EmphasisKind = Literal["b", "i", "u", "s"]
Numbering = Literal["", "1", "a", "A", "i", "I"]


def _require(pattern: re.Pattern[str], address: str) -> None:
    if pattern.match(address) is None:
        raise ValueError(f"not an address that a post may hold: {address!r}")


@dataclass(slots=True, eq=False)
class LineBreak:
    """The end of a line within a paragraph."""


LINE_BREAK = LineBreak()


@dataclass(slots=True, eq=False)
class Emphasis:
    kind: EmphasisKind
    children: "list[Inline]" = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Link:
    """A link to elsewhere. `address` is http, https or mailto; ValueError otherwise.

    `is_shortened` where the words shown are the address with its middle left out.
    """

    address: str
    children: "list[Inline]" = field(default_factory=list)
    is_shortened: bool = False

    def __post_init__(self) -> None:
        _require(_OUTSIDE, self.address)


@dataclass(slots=True, eq=False)
class Image:
    """A picture from elsewhere. `address` is http or https; ValueError otherwise."""

    address: str
    description: str

    def __post_init__(self) -> None:
        _require(_PICTURE, self.address)


@dataclass(slots=True, eq=False)
class Smilie:
    """`code` as typed, `emoji` as shown, `name` as read aloud."""

    code: str
    emoji: str
    name: str


@dataclass(slots=True, eq=False)
class Mention:
    """A member spoken to by name. `address` is a path of this board, or None where unknown."""

    name: str
    address: str | None = None

    def __post_init__(self) -> None:
        if self.address is not None:
            _require(_INSIDE, self.address)


@dataclass(slots=True, eq=False)
class Paragraph:
    children: "list[Inline]" = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Code:
    text: str


@dataclass(slots=True, eq=False)
class Quote:
    """Somebody else's words. `author` may be empty; `post_id` is positive or None."""

    author: str = ""
    post_id: int | None = None
    children: "list[Block]" = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Item:
    children: "list[Block]" = field(default_factory=list)


@dataclass(slots=True, eq=False)
class ItemList:
    """`numbering` is empty for a list of dots."""

    numbering: Numbering = ""
    children: list[Item] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Spoiler:
    title: str = ""
    children: "list[Block]" = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Document:
    children: "list[Block]" = field(default_factory=list)


Inline = str | LineBreak | Emphasis | Link | Image | Smilie | Mention
Block = Paragraph | Code | Quote | ItemList | Spoiler
Parent = Document | Quote | Item | ItemList | Spoiler | Paragraph | Emphasis | Link
Node = Inline | Block | Item | Document

_LEAVES = frozenset({str, LineBreak, Image, Smilie, Mention, Code})


def walk(document: Document) -> Iterator[tuple[Node, bool]]:
    """Every node below the document in reading order.

    A node that can have children comes twice, with True before them and with False after them;
    a leaf comes once, with True. An explicit stack, so that no depth is too deep.
    """
    stack: list[tuple[Parent, Iterator[Node]]] = [(document, iter(document.children))]
    while stack:
        parent, rest = stack[-1]
        for node in rest:
            yield node, True
            if type(node) not in _LEAVES:
                inner = cast(Parent, node)
                stack.append((inner, iter(inner.children)))
                break
        else:
            stack.pop()
            if stack:
                yield parent, False

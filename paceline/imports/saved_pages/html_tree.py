"""HTML parsed, and refused first where parsing it would cost more than any real page does.

The parser follows the standard, and the standard lets a megabyte of open tags grow into
gigabytes (each block repeats the open formatting) or into minutes (each tag looks through those
that are open). So the tags are counted beforehand, in one pass.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from paceline.imports.saved_pages.page import NotAPage


def tags(names: str) -> frozenset[str]:
    """The names of tags that a line of text lists."""
    return frozenset(names.split())


# A comment or a script whole, or the start of a tag.
_TAG = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))|<(script|style)\b.*?(?:</\1|\Z)|<(/?)([A-Za-z][A-Za-z0-9]*)",
    re.DOTALL | re.IGNORECASE,
)
# Elements that hold nothing, and those whose end is optional: they never stand in themselves.
_NEVER_DEEP = tags(
    "area base br col embed hr img input link meta param source track wbr p li dt dd td th tr tbody"
    " thead tfoot colgroup option optgroup rp rt body html head"
)
_FORMATTING = tags("a b big code em font i nobr s small strike strong tt u")
# No end tag reaches through these: https://html.spec.whatwg.org/#has-an-element-in-scope
_SCOPES = tags("applet caption marquee object table template svg math select")
_REACH = 12  # open elements that an end tag may close at once here, more than in real pages
_DEEPEST = 400  # elements; a saved page has about 40, and each quote in a quote adds four
# Sum over all tags of the open ones that each repeats, or looks through. Pages of 20 posts have
# about 30,000 and 400,000; the parser makes 3,000,000 steps of the first kind in a second.
_MOST_REPEATED = 2_000_000
_MOST_LOOKED_AT = 50_000_000
_LONGEST_TAG = 20_000  # characters; a tag's attributes are compared with one another

_BLOCKS = tags(
    "address article aside blockquote body center dd div dl dt fieldset footer form h1 h2 h3 h4 h5"
    " h6 header hr legend li main nav ol p pre section table tbody td tfoot th thead tr ul"
)
HIDDEN = tags("script style noscript template textarea select option iframe object")


def parse(html: str) -> LexborHTMLParser:
    """The parsed page. Raises NotAPage where it is built to exhaust a parser."""
    _check_shape(html)
    return LexborHTMLParser(html)


@dataclass(frozen=True, slots=True)
class Index:
    """The elements of a page by id, and its anchors by name; of doubles the first."""

    ids: dict[str, LexborNode]
    anchors: dict[str, LexborNode]


def index(page: LexborHTMLParser) -> Index:
    """Every element that has an id or is an anchor, in one pass each."""
    ids: dict[str, LexborNode] = {}
    for node in page.css("[id]"):
        ids.setdefault(value(node, "id"), node)
    anchors: dict[str, LexborNode] = {}
    for node in page.css("a[name]"):
        anchors.setdefault(value(node, "name"), node)
    return Index(ids, anchors)


def text_of(node: LexborNode) -> str:
    """The node's text on one line, white space folded."""
    return " ".join(" ".join(lines_of(node)).split())


def lines_of(node: LexborNode) -> list[str]:
    """The node's text as a reader sees its lines: blocks and breaks part them, none is empty."""
    parts: list[str] = []
    for step, is_end in walk(node):
        tag = step.tag or ""
        if tag == "-text" and not is_end:
            parts.append(" ".join((step.text_content or "").replace("\n", " ").split(" ")))
        elif tag == "br" or tag in _BLOCKS:
            parts.append("\n")
    lines = ("".join(parts)).replace("\xa0", " ").split("\n")
    return [" ".join(line.split()) for line in lines if line.split()]


def walk(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Every visible node under `root` in order; elements come twice, at their start and end."""
    stack: list[tuple[LexborNode, bool]] = [(root, False)]
    while stack:
        node, is_end = stack.pop()
        if node is not root:
            yield node, is_end
        if is_end:
            continue
        children = list(children_of(node))
        if node is not root and node.tag != "-text":
            stack.append((node, True))
        if node.tag not in HIDDEN:
            stack.extend((child, False) for child in reversed(children))


def children_of(node: LexborNode) -> Iterator[LexborNode]:
    """The node's own children: elements and text."""
    child = node.first_child
    while child is not None:
        if child.tag != "-comment":
            yield child
        child = child.next


def elements_of(node: LexborNode) -> list[LexborNode]:
    """The node's own children that are elements."""
    return [child for child in children_of(node) if child.is_element_node]


def value(node: LexborNode | None, name: str) -> str:
    """The value of an attribute, empty where there is none."""
    return (node.attributes.get(name) or "").strip() if node is not None else ""


def is_in(node: LexborNode, ancestor: LexborNode) -> bool:
    """Whether `node` stands inside `ancestor` or is it."""
    step: LexborNode | None = node
    while step is not None:
        if step.mem_id == ancestor.mem_id:
            return True
        step = step.parent
    return False


def _check_shape(html: str) -> None:
    if re.search(rf"<[A-Za-z][^<>]{{{_LONGEST_TAG}}}", html):
        raise NotAPage("A tag is longer than in any page that a browser saved.")
    opened: list[str] = []
    formatting = repeated = looked_at = 0
    for found in _TAG.finditer(html):
        name = (found[3] or "").lower()
        if not name or name in _NEVER_DEEP:
            pass
        elif found[2]:
            formatting -= _close(opened, name) and name in _FORMATTING
        else:
            opened.append(name)
            formatting += name in _FORMATTING
        repeated += formatting
        looked_at += len(opened)
        if len(opened) > _DEEPEST or repeated > _MOST_REPEATED or looked_at > _MOST_LOOKED_AT:
            raise NotAPage("The tags are nested more deeply than in any page that a browser saved.")


def _close(opened: list[str], name: str) -> bool:
    """Take the last open `name` and what is in it off the list; whether there was one in reach."""
    for back in range(1, min(_REACH, len(opened)) + 1):
        if opened[-back] == name:
            del opened[-back:]
            return True
        if opened[-back] in _SCOPES:
            return False
    return False

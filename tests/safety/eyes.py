"""What a browser would see in HTML, and whether a post may hold it.

The list here is written down anew, on purpose: it is neither the serializer's nor the second
wall's, so that a mistake in either is seen. Two parsers read the same text; they must agree.
"""

import re
from collections.abc import Iterator

import html5lib
from selectolax.lexbor import LexborHTMLParser

# What browsers leave out of an address, in front of it and everywhere in it.
_LEFT_OUT = re.compile(r"[\t\n\r]")
_IN_FRONT = "".join(map(chr, range(0x21)))
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")

_OF_A_POST = re.compile(r"post-[0-9a-f]{1,32}-[a-z0-9-]{1,80}")
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
_WORDS = re.compile(r"[^\x00-\x08\x0b\x0c\x0e-\x1f]*")
_CLASSES = {
    "a": r"mention|attachment",
    "blockquote": r"quote",
    "code": r"language-[a-z0-9+#.-]{1,30}",
    "details": r"spoiler",
    "div": (
        r"align-(left|center|right|justify)|indented|table-scroll|link-card"
        r"|media media-[a-z]{1,20}"
    ),
    "img": r"post-image|link-picture|smilie",
    "li": r"task",
    "section": r"footnotes",
    "span": (
        r"smilie|box|hidden-words|media-host|link-site|hl-[a-z]{2,12}|ink-(text|grey|[0-9]{1,3})|size-[1-7]|face-(sans|serif|mono|hand)"
        r"|tok-[a-z0-9]{1,4}|custom-[a-z0-9-]{1,40}"
    ),
    "sup": r"footnote",
}
ELEMENTS = (
    *("b", "i", "u", "s", "strong", "em", "del", "ins", "mark", "sub", "sup", "small", "kbd"),
    *("p", "br", "hr", "pre", "code", "cite", "summary", "ul", "ol", "li", "blockquote", "details"),
    *("table", "thead", "tbody", "tr", "th", "td", "div", "section", "span", "a", "img"),
    *("h1", "h2", "h3", "h4", "h5", "h6"),
)
_RELS = {"nofollow ugc noopener", "noopener"}


def _one_of(*values: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, values)))


_ADDRESS = None  # looked at by `leads_nowhere_bad`
_ATTRIBUTES: dict[str, dict[str, re.Pattern[str] | None]] = {
    "a": {
        "href": _ADDRESS,
        "title": _WORDS,
        "rel": _one_of(*_RELS),
        "id": _OF_A_POST,
        "aria-label": _WORDS,
    },
    "span": {
        "role": _one_of("img"),
        "aria-label": _WORDS,
        "tabindex": _one_of("0"),
        "id": _OF_A_POST,
    },
    "img": {
        "src": _ADDRESS,
        "alt": _WORDS,
        "title": _WORDS,
        "width": _NUMBER,
        "height": _NUMBER,
        "loading": _one_of("lazy"),
        "referrerpolicy": _one_of("no-referrer"),
    },
    "ol": {"type": re.compile("[1aAiI]"), "start": re.compile(r"-?[0-9]{1,9}")},
    "li": {"id": _OF_A_POST},
    "div": {"tabindex": _one_of("0"), "data-embed": _ADDRESS},
    "td": {
        "align": _one_of("left", "center", "right", "justify"),
        "colspan": _NUMBER,
        "rowspan": _NUMBER,
    },
}
_ATTRIBUTES["th"] = _ATTRIBUTES["td"]

Element = tuple[str, dict[str, str]]


def elements_of(html: str) -> Iterator[Element]:
    """Every element with its attributes, in the order of the text, as lexbor reads it."""
    body = LexborHTMLParser(f"<!doctype html><body>{html}").body
    assert body is not None
    for node in body.traverse(include_text=False):
        if node.tag == "body":
            assert not node.attributes, "the attributes of the page itself were changed"
            continue
        yield str(node.tag), {name: value or "" for name, value in node.attributes.items()}


def complaints(html: str, *, as_written: bool = True) -> list[str]:
    """What a post may not hold and this HTML does; empty where all is well.

    Addresses must be written as a browser will read them, or only be harmless once it has.
    """
    found: list[str] = []
    for tag, attributes in elements_of(html):
        if not as_written:
            attributes = {
                name: _as_a_browser(value).replace("\\", "") if name in ("href", "src") else value
                for name, value in attributes.items()
            }
        found += _about(tag, attributes)
    if "<!--" in html or "<?" in html:
        found.append("a comment")
    return found


def _about(tag: str, attributes: dict[str, str]) -> Iterator[str]:
    if tag not in ELEMENTS:
        yield f"<{tag}>"
        return
    allowed = _ATTRIBUTES.get(tag, {})
    for name, value in attributes.items():
        if name == "class":
            if not re.fullmatch(_CLASSES.get(tag, "(?!)"), value):
                yield f"<{tag} class={value!r}>"
        elif name not in allowed:
            yield f"<{tag} {name}={value!r}>"
        else:
            pattern = allowed[name]
            if not (pattern.fullmatch(value) if pattern else leads_nowhere_bad(tag, name, value)):
                yield f"<{tag} {name}={value!r}>"
    href = _as_a_browser(attributes.get("href", "")) if tag == "a" else ""
    if _SCHEME.match(href) and "rel" not in attributes:
        yield f"a link to elsewhere without rel: {href!r}"


def leads_nowhere_bad(tag: str, name: str, value: str) -> bool:
    """Whether an address is one that a post may lead to, or take a picture from."""
    seen = _as_a_browser(value)
    if seen != value or len(value) > 2_500:
        return False
    if value.startswith("#"):
        return tag == "a" and bool(_OF_A_POST.fullmatch(value[1:]))
    if value.startswith("/"):
        return value[1:2] not in ("/", "\\") and "\\" not in value
    schemes = ("http://", "https://", "mailto:") if name == "href" else ("http://", "https://")
    return value.lower().startswith(schemes) and not re.search(r"[\s<>\"\\]", value)


def _as_a_browser(address: str) -> str:
    return _LEFT_OUT.sub("", address.strip(_IN_FRONT))


def as_read_again(html: str) -> str:
    """What a browser writes for the tree that it made of this HTML."""
    body = LexborHTMLParser(f"<!doctype html><body>{html}").body
    assert body is not None
    return str(body.inner_html)


def tree_of_lexbor(html: str) -> list[str]:
    """The tree as a list of lines, one for each start of an element, end of one, and text."""
    lines: list[str] = []
    body = LexborHTMLParser(f"<!doctype html><body>{html}").body
    assert body is not None
    stack = [(body, 0)]
    while stack:
        node, depth = stack.pop()
        if node.tag == "-text":
            lines.append(f"{depth} {node.text_content!r}")
            continue
        attributes = {name: value or "" for name, value in sorted(node.attributes.items())}
        lines.append(f"{depth} {node.tag} {attributes}")
        stack += [(inner, depth + 1) for inner in reversed(list(node.iter(include_text=True)))]
    return lines


def tree_of_html5lib(html: str) -> list[str]:
    """The same as another parser, of another making, reads it."""
    page = html5lib.parse(f"<!doctype html><body>{html}", namespaceHTMLElements=False)
    lines: list[str] = []
    stack: list[tuple[object, int]] = [(page.find("body"), 0)]
    while stack:
        node, depth = stack.pop()
        if isinstance(node, str):
            lines.append(f"{depth} {node!r}")
            continue
        attributes = dict(sorted(node.attrib.items()))  # type: ignore[attr-defined]
        lines.append(f"{depth} {node.tag} {attributes}")  # type: ignore[attr-defined]
        inner: list[tuple[object, int]] = []
        if node.text:  # type: ignore[attr-defined]
            inner.append((node.text, depth + 1))  # type: ignore[attr-defined]
        for child in node:  # type: ignore[attr-defined]
            inner.append((child, depth + 1))
            if child.tail:
                inner.append((child.tail, depth + 1))
        stack += reversed(inner)
    return lines

"""What whole pages may hold: the board's own marks everywhere, and in texts those of posts."""

import json
import re
from collections.abc import Iterator
from xml.etree import ElementTree

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.safety.eyes import complaints

# Elements that no page of ours has, whatever stands in it.
_NEVER = frozenset(
    (
        *("iframe", "frame", "frameset", "object", "embed", "applet", "base", "style", "math"),
        *("portal", "plaintext", "xmp", "noembed", "noframes", "marquee", "bgsound", "animate"),
        *("foreignobject", "set", "isindex", "fencedframe", "image", "layer", "script:", "x-zq"),
    )
)
_ADDRESSES = frozenset(
    (
        *("href", "src", "action", "formaction", "data", "poster", "background", "ping", "cite"),
        *("xlink:href", "srcdoc", "srcset", "manifest", "codebase", "longdesc", "dynsrc", "lowsrc"),
    )
)
_NAME = re.compile(r"[a-z][a-z0-9:-]*")
_TEXTS = ".text, .signature"
_ATOM = "{http://www.w3.org/2005/Atom}"


def page_complaints(html: str) -> list[str]:
    """What a page of the board may not hold and this one does; empty where all is well."""
    page = LexborHTMLParser(html)
    found: list[str] = []
    root = page.root
    assert root is not None
    for node in root.traverse(include_text=False):
        found += _about(node)
    for text in page.css(_TEXTS):
        found += complaints(str(text.inner_html))
    return found


def _about(node: LexborNode) -> Iterator[str]:
    tag = str(node.tag).lower()
    attributes = {name.lower(): value or "" for name, value in node.attributes.items()}
    if tag in _NEVER or ":" in tag:
        yield f"<{tag}>"
    if tag == "script":
        kind = attributes.get("type", "")
        if kind == "application/ld+json":
            json.loads(node.text())
        elif not attributes.get("src", "").startswith("/static/") or node.text().strip():
            yield f"<script {attributes}>"
    if tag == "meta" and "refresh" in attributes.get("http-equiv", "").lower():
        yield "<meta http-equiv=refresh>"
    for name, value in attributes.items():
        is_odd = re.match(r"on|style$|srcdoc$", name) or not _NAME.fullmatch(name)
        if is_odd or (name in _ADDRESSES and not _is_harmless(value)):
            yield f"<{tag} {name}={value[:80]!r}>"


def _is_harmless(address: str) -> bool:
    seen = re.sub(r"[\t\n\r]", "", address.strip("".join(map(chr, range(0x21))))).lower()
    if re.match(r"https?://|mailto:", seen):
        return True
    return not re.match(r"[^/?#]*:|[/\\]{2}", seen)


def feed_complaints(xml: str) -> list[str]:
    """The same for a feed: it is XML, and what its entries hold is what a post may hold."""
    found: list[str] = []
    for node in ElementTree.fromstring(xml).iter():
        if not node.tag.startswith(_ATOM):
            found.append(f"<{node.tag}>")
        if node.attrib.get("type") == "html" or node.tag in (f"{_ATOM}summary", f"{_ATOM}content"):
            # The board's own addresses are whole ones here.
            found += complaints((node.text or "").replace('"http://testserver/', '"/'))
        found += [
            f"{name}={value!r}"
            for name, value in node.attrib.items()
            if name == "href" and not value.startswith(("http://", "https://"))
        ]
    return found

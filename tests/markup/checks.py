"""What must hold for every rendering, looked at through other people's parsers."""

import json
import re
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from paceline.markup import wall
from paceline.markup.bbcode import Reader
from paceline.markup.render import Rendered, clean_source, render
from paceline.markup.serialize import to_html

_LINK_START = ("http://", "https://", "mailto:")
_ATTRIBUTES = {
    "a": {"href", "title", "rel", "class"},
    "blockquote": {"class"},
    "details": {"class"},
    "img": {"class", "src", "alt", "loading", "referrerpolicy"},
    "ol": {"type"},
    "span": {"class", "role", "aria-label"},
}
_TAGS = {
    *("a", "b", "blockquote", "br", "cite", "code", "details", "i", "img", "li", "ol"),
    *("p", "pre", "s", "span", "summary", "u", "ul"),
}
_CLASSES = {"", "mention", "quote", "spoiler", "post-image", "smilie"}


def page_of(name: str) -> str:
    """The address of whoever is called so."""
    return f"/m/{len(name)}/"


def assert_safe(html: str) -> None:
    """Nothing but known tags and attributes, and only addresses that may be opened."""
    body = LexborHTMLParser(f"<!doctype html><body>{html}").body
    assert body is not None
    for node in body.traverse(include_text=False):
        if node is body or node.tag == "body":
            assert not node.attributes
            continue
        assert node.tag in _TAGS, node.tag
        attributes: dict[str, Any] = node.attributes
        assert set(attributes) <= _ATTRIBUTES.get(str(node.tag), set()), attributes
        # The second wall alone leaves an empty class where it took the only one.
        assert attributes.get("class", "") in _CLASSES
        for address in (attributes.get("href"), attributes.get("src")):
            if address is not None:
                assert_safe_address(address)


def assert_safe_address(address: str) -> None:
    """A path of this board, or one of the three schemes, as a browser reads it."""
    address = re.sub(r"[\t\n\r]", "", address).strip()
    is_local = address.startswith("/") and address[1:2] not in ("/", "\\")
    assert is_local or address.lower().startswith(_LINK_START), address


def read_by_browser(html: str) -> str:
    body = LexborHTMLParser(f"<!doctype html><body>{html}").body
    assert body is not None
    return body.text()


def first_wall(source: str) -> str:
    """The HTML as it is before the second wall."""
    reader = Reader(clean_source(source), smilies=True, images=True, member_url=page_of)
    return to_html(reader.read_bbcode(), nofollow=True)


def assert_sound(source: str) -> Rendered:
    """Safe, untouched by the second wall, read by a browser as it was meant."""
    rendered = render(source, member_url=page_of)
    html = first_wall(source)
    assert wall.clean(html) == html
    assert rendered.html == html
    assert_safe(html)
    assert rendered.is_empty == (html == "")
    return rendered


def read_cases(shared: Path, path: str) -> list[dict[str, Any]]:
    """The cases of one file of the corpora that stand beside the project."""
    cases: list[dict[str, Any]] = json.loads((shared / "corpora" / path).read_text())["cases"]
    assert cases
    return cases

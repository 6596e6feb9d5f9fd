"""What must hold for every rendering, looked at through other people's parsers."""

import json
import re
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from paceline.markup import wall
from paceline.markup.languages import LANGUAGES
from paceline.markup.render import Facts, Rendered, parse, write
from paceline.markup.serialize import to_html

_LINK_START = ("http://", "https://", "mailto:")
_ATTRIBUTES = {
    "a": {"href", "title", "rel", "class", "id", "aria-label"},
    "blockquote": {"class"},
    "code": {"class"},
    "details": {"class"},
    "div": {"class", "tabindex", "data-embed"},
    "img": {"class", "src", "alt", "title", "width", "height", "loading", "referrerpolicy"},
    "li": {"class", "id"},
    "ol": {"type", "start"},
    "section": {"class"},
    "span": {"class", "id", "role", "aria-label", "tabindex"},
    "sup": {"class"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan"},
}
_TAGS = {
    *("a", "b", "blockquote", "br", "cite", "code", "del", "details", "div", "em"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol"),
    *("p", "pre", "s", "section", "small", "span", "strong", "sub", "summary", "sup"),
    *("table", "tbody", "td", "th", "thead", "tr", "u", "ul"),
}
_CLASS = re.compile(
    r"|mention|quote|spoiler|post-image|smilie|attachment|table-scroll|indented|media|task|box"
    r"|media-(?:video|tall|audio|route|host)|link-(?:card|picture|site)"
    r"|footnotes?|hidden-words|align-(?:left|center|right|justify)|size-[1-7]"
    r"|hl-(?:added|builtin|comment|keyword|meta|name|number|removed|string)"
    r"|ink-(?:text|grey|\d{1,3})|face-(?:sans|serif|mono|hand)"
)
_CLASS_OF_CODE = {f"language-{name}" for name in LANGUAGES}
_NUMBER = re.compile(r"[0-9]{1,9}")
_PLACE = re.compile(r"#?post-[0-9a-f]{1,10}-[a-z0-9-]+")


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
        name = attributes.get("class", "")
        assert (node.tag == "code" and name in _CLASS_OF_CODE) or all(
            _CLASS.fullmatch(one) for one in name.split(" ")
        )
        for measure in ("width", "height", "start", "colspan", "rowspan"):
            assert _NUMBER.fullmatch(attributes.get(measure, "0"))
        assert _PLACE.fullmatch(attributes.get("id", "post-0-x"))
        assert attributes.get("data-embed", "https://").startswith("https://")
        for address in (attributes.get("href"), attributes.get("src")):
            if address is not None:
                assert_safe_address(address)


def assert_safe_address(address: str) -> None:
    """A path of this board, or one of the three schemes, as a browser reads it."""
    address = re.sub(r"[\t\n\r]", "", address).strip()
    if address.startswith("#"):
        assert _PLACE.fullmatch(address)
        return
    is_local = address.startswith("/") and address[1:2] not in ("/", "\\")
    assert is_local or address.lower().startswith(_LINK_START), address


def read_by_browser(html: str) -> str:
    body = LexborHTMLParser(f"<!doctype html><body>{html}").body
    assert body is not None
    return body.text()


class Everybody(dict[str, str]):
    """A page for every name."""

    def get(self, name: str, default: object = None) -> str:
        return page_of(name)


def assert_sound(source: str, language: str = "bbcode") -> Rendered:
    """Safe, untouched by the second wall, read by a browser as it was meant."""
    facts = Facts(members=Everybody())
    parsed = parse(source, language=language)
    html = to_html(parsed.document, facts, nofollow=True)
    rendered = write(parsed, facts)
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

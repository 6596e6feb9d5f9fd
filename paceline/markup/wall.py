"""The second wall: nh3 (ammonia, a browser-grade parser in Rust) over what we serialized.

Its lists say the same as serialize.py, written down a second time on purpose. On what we
serialize it changes nothing; a test proves that. Where the two disagree, nh3 wins.
"""

import re
from collections.abc import Callable

import nh3

from paceline.markup.languages import LANGUAGES

# Paths of this board, and places within a post. No blanks, which a browser leaves out, so that
# none can hide a second slash.
_RELATIVE = re.compile(r"/(?![/\\])[^\s\\]*|#post-[0-9a-f]{1,10}-[a-z0-9-]{1,80}")
_ID = re.compile(r"post-[0-9a-f]{1,10}-[a-z0-9-]{1,80}")
_NUMBER = re.compile(r"[0-9]{1,9}")
_EMBED = re.compile(r"https://[a-z0-9.-]+/[^\s\"'<>\\]*")
RELS = {"nofollow ugc noopener", "noopener"}
_SIDES = ("left", "center", "right", "justify")
_SHAPES = ("video", "tall", "audio", "route")
_CODE_COLOURS = (
    *("added", "builtin", "comment", "keyword", "meta", "name", "number", "removed", "string"),
)
_INKS = ("text", "grey", *(str(hue) for hue in range(0, 360, 15)))

_PLAIN = {
    *("b", "i", "u", "s", "strong", "em", "del", "ins", "mark", "sub", "sup", "small", "kbd"),
    *("br", "cite", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "p", "pre", "summary"),
    *("table", "tbody", "thead", "tr", "ul", "ol", "li", "td", "th", "section", "div", "span"),
    *("a", "blockquote", "code", "details", "img"),
}
_VALUES = {
    "a": {"rel": RELS, "aria-label": {"Back to the text"}},
    "div": {"tabindex": {"0"}},
    "img": {"loading": {"lazy"}, "referrerpolicy": {"no-referrer"}},
    "ol": {"type": {"1", "a", "A", "i", "I"}},
    "span": {"role": {"img"}, "tabindex": {"0"}},
    "td": {"align": set(_SIDES)},
    "th": {"align": set(_SIDES)},
}
_CLASSES = {
    "a": {"mention", "attachment"},
    "blockquote": {"quote"},
    "code": {f"language-{name}" for name in LANGUAGES},
    "details": {"spoiler"},
    "div": {
        "table-scroll",
        "indented",
        "media",
        "link-card",
        *(f"media-{kind}" for kind in _SHAPES),
        *(f"align-{side}" for side in _SIDES),
    },
    "img": {"smilie", "post-image", "link-picture"},
    "li": {"task"},
    "section": {"footnotes"},
    "span": {
        *("smilie", "box", "hidden-words", "media-host", "link-site"),
        *(f"ink-{ink}" for ink in _INKS),
        *(f"hl-{name}" for name in _CODE_COLOURS),
        *(f"size-{size}" for size in range(1, 8)),
        *(f"face-{face}" for face in ("sans", "serif", "mono", "hand")),
    },
    "sup": {"footnote"},
}
# What takes a value that is not on a list; see _check for what these may be.
_ATTRIBUTES = {
    # Without this line lang and title pass on every tag.
    "*": set[str](),
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "span": {"aria-label"},
}
_MEASURED = {
    "a": {"id"},
    "div": {"data-embed"},
    "img": {"width", "height"},
    "li": {"id"},
    "ol": {"start"},
    "span": {"id"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_PATTERNS = {
    **dict.fromkeys(("width", "height", "start", "colspan", "rowspan"), _NUMBER),
    "id": _ID,
    "data-embed": _EMBED,
}


def _check(tag: str, name: str, value: str) -> str | None:
    pattern = _PATTERNS.get(name)
    return value if pattern is None or pattern.fullmatch(value) else None


def _cleaner(
    attributes: dict[str, set[str]], check: Callable[[str, str, str], str | None] | None
) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_PLAIN,
        clean_content_tags={"script", "style"},
        attributes=attributes,
        attribute_filter=check,
        tag_attribute_values=_VALUES,
        allowed_classes=_CLASSES,
        link_rel=None,
        url_schemes={"http", "https", "mailto"},
        # Called for addresses without a scheme.
        url_relative=lambda url: url if _RELATIVE.fullmatch(url) else None,
    )


_CLEANER = _cleaner(_ATTRIBUTES, None)
# Asks about every single attribute, which takes its time: for posts that have such ones alone.
_MEASURING = _cleaner(
    {
        tag: _ATTRIBUTES.get(tag, set()) | _MEASURED.get(tag, set())
        for tag in _ATTRIBUTES | _MEASURED
    },
    _check,
)
_IS_MEASURED = re.compile(r" (?:id|data-embed|width|height|start|colspan|rowspan)=")


# nh3 takes the square of the length of a text with many entities (a million: 6 s). A comment,
# which it removes, ends a text for it. In what we serialize, > only ever ends a tag.
_LONG_TEXT = re.compile(r">([^<]{4096,})")
_PART_OF_TEXT = re.compile(r"(?:[^&]|&[a-z]*+;?){1,2048}+")


def clean(html: str) -> str:
    """The HTML with everything taken out that is not on the lists."""
    cleaner = _MEASURING if _IS_MEASURED.search(html) else _CLEANER
    return cleaner.clean(_LONG_TEXT.sub(_part_text, html))


def _part_text(match: re.Match[str]) -> str:
    return ">" + "<!---->".join(_PART_OF_TEXT.findall(match[1]))


def lets_link_pass(address: str) -> bool:
    """Whether a link to this address comes through unchanged. `address` holds no `<>"`."""
    link = f'<a href="{address.replace("&", "&amp;")}">x</a>'
    return _CLEANER.clean(link) == link

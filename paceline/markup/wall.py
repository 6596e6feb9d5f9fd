"""The second wall: nh3 (ammonia, a browser-grade parser in Rust) over what we serialized.

Its lists say the same as serialize.py, written down a second time on purpose. On what we
serialize it changes nothing; a test proves that. Where the two disagree, nh3 wins.
"""

import re

import nh3

_PATH = re.compile(r"/(?![/\\])[^\s\\]*")
RELS = {"nofollow ugc noopener", "noopener"}

_CLEANER = nh3.Cleaner(
    tags={
        *("a", "b", "blockquote", "br", "cite", "code", "details", "i", "img", "li", "ol"),
        *("p", "pre", "s", "span", "summary", "u", "ul"),
    },
    clean_content_tags={"script", "style"},
    attributes={
        # Without this line lang and title pass on every tag.
        "*": set(),
        "a": {"href", "title"},
        "img": {"src", "alt"},
        "span": {"aria-label"},
    },
    tag_attribute_values={
        "a": {"rel": RELS},
        "img": {"loading": {"lazy"}, "referrerpolicy": {"no-referrer"}},
        "ol": {"type": {"1", "a", "A", "i", "I"}},
        "span": {"role": {"img"}},
    },
    allowed_classes={
        "a": {"mention"},
        "blockquote": {"quote"},
        "details": {"spoiler"},
        "img": {"post-image"},
        "span": {"smilie"},
    },
    link_rel=None,
    url_schemes={"http", "https", "mailto"},
    # Called for addresses without a scheme: paths of this board only. No blanks, which a browser
    # leaves out, so that none can hide a second slash.
    url_relative=lambda url: url if _PATH.fullmatch(url) else None,
)


# nh3 takes the square of the length of a text with many entities (a million: 6 s). A comment,
# which it removes, ends a text for it. In what we serialize, > only ever ends a tag.
_LONG_TEXT = re.compile(r">([^<]{4096,})")
_PART_OF_TEXT = re.compile(r"(?:[^&]|&[a-z]*+;?){1,2048}+")


def clean(html: str) -> str:
    """The HTML with everything taken out that is not on the lists."""
    return _CLEANER.clean(_LONG_TEXT.sub(_part_text, html))


def _part_text(match: re.Match[str]) -> str:
    return ">" + "<!---->".join(_PART_OF_TEXT.findall(match[1]))


def lets_link_pass(address: str) -> bool:
    """Whether a link to this address comes through unchanged. `address` holds no `<>"`."""
    link = f'<a href="{address.replace("&", "&amp;")}">x</a>'
    return _CLEANER.clean(link) == link

"""Source text to everything that a board keeps of a post. The way in to this room.

source → document tree (bbcode.py, later others) → HTML, plain text, mentions, links, quotes.
Three walls: the tree cannot hold anything unsafe, the serializer escapes, nh3 looks over it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from paceline.markup import wall
from paceline.markup.addresses import shorten_address
from paceline.markup.bbcode import Reader
from paceline.markup.excerpt import plain_excerpt
from paceline.markup.extract import QuoteRef, extract
from paceline.markup.quoting import quote_source
from paceline.markup.serialize import to_html

__all__ = [
    "RENDERER_VERSION",
    "Options",
    "QuoteRef",
    "Rendered",
    "plain_excerpt",
    "quote_source",
    "render",
    "shorten_address",
]

# Kept beside stored HTML; raised with every change that makes other HTML of the same source.
RENDERER_VERSION: int = 1


@dataclass(frozen=True, slots=True)
class Options:
    """What the board allows."""

    bbcode: bool = True
    smilies: bool = True
    images: bool = True
    nofollow: bool = True


@dataclass(frozen=True, slots=True)
class Rendered:
    """A post ready to be kept.

    `html` is safe to put into a page as it is. `text` is the writer's own words, quotes left
    out, lines separated by line ends; it is text, so escape it in a page. `mentions` are names
    as typed, outside quotes, each once whatever its case, at most 100. `links` are the web
    addresses linked, quotes included, each once. `quotes` are the quotes shown, outer before
    inner, at most 100.
    """

    html: str
    text: str
    mentions: tuple[str, ...]
    links: tuple[str, ...]
    quotes: tuple[QuoteRef, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all can be seen: no words, no picture, no quote."""
        return not self.html


_DEFAULT = Options()
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]+")
_SURROGATES = re.compile("[\ud800-\udfff]")


def render(
    source: str,
    options: Options = _DEFAULT,
    *,
    language: str = "bbcode",
    member_url: Callable[[str], str | None] | None = None,
) -> Rendered:
    """Render what a member typed. Any string is taken; none raises.

    `member_url` gives the path of a member's page (`/m/5/bo/`) by name as typed, or None for
    nobody; it is asked at most 100 times, once a name. Raises ValueError for a language that is
    not known, or for a path that is not one. Time and size grow with the source and no faster.
    """
    if language != "bbcode":
        raise ValueError(f"no such markup language: {language!r}")
    reader = Reader(
        clean_source(source),
        smilies=options.smilies,
        images=options.images,
        member_url=member_url,
    )
    document = reader.read_bbcode() if options.bbcode else reader.read_plain()
    found = extract(document)
    return Rendered(
        html=wall.clean(to_html(document, nofollow=options.nofollow)),
        text=found.text,
        mentions=found.mentions,
        links=found.links,
        quotes=found.quotes,
    )


def clean_source(source: str) -> str:
    """With line ends as `\\n`, and without what no text can hold: controls, lone surrogates."""
    source = _CONTROLS.sub("", source.replace("\r\n", "\n").replace("\r", "\n"))
    return _SURROGATES.sub("\ufffd", source)

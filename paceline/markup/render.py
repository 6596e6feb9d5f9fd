"""Source text to everything that a board keeps of a post. The way in to this room.

source → document tree (bbcode.py, markdown.py) → HTML, plain text, mentions, links, quotes.
Three walls: the tree cannot hold anything unsafe, the serializer escapes, nh3 looks over it.
"""

import gc
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

from paceline.markup import tree, wall
from paceline.markup.addresses import shorten_address
from paceline.markup.bbcode import Reader
from paceline.markup.cards import lone_links, put_media, with_previews
from paceline.markup.excerpt import plain_excerpt
from paceline.markup.extract import Extract, QuoteRef, extract
from paceline.markup.facts import AttachmentFact, Facts, LinkFact, PictureFact, PreviewFact
from paceline.markup.markdown import read_markdown
from paceline.markup.options import Options
from paceline.markup.quoting import quote_source
from paceline.markup.serialize import to_html
from paceline.markup.source import clean_source

__all__ = [
    "LANGUAGES",
    "RENDERER_VERSION",
    "AttachmentFact",
    "Facts",
    "Language",
    "LinkFact",
    "Options",
    "Parsed",
    "PictureFact",
    "PreviewFact",
    "QuoteRef",
    "Rendered",
    "parse",
    "plain_excerpt",
    "quote_source",
    "render",
    "shorten_address",
    "write",
]

Language = Literal["bbcode", "markdown", "plain"]
LANGUAGES: tuple[Language, ...] = ("bbcode", "markdown", "plain")

# Kept beside stored HTML; raised with every change that makes other HTML of the same source.
RENDERER_VERSION: int = 3


@dataclass(frozen=True, slots=True)
class Parsed:
    """A post that has been read and asks what only the board knows; see `Facts`.

    `mentions` are names as typed, outside quotes, each once whatever its case, at most 100.
    `links` are the addresses linked, quotes included, each once; `pictures` those of pictures
    from elsewhere. `attachments` are the numbers of the files shown, each once. `quotes` are the
    quotes, outer before inner, at most 100. `text` is the writer's own words, see `Rendered`.
    """

    document: tree.Document
    options: Options
    found: Extract

    @property
    def text(self) -> str:
        return self.found.text

    @property
    def mentions(self) -> tuple[str, ...]:
        return self.found.mentions

    @property
    def links(self) -> tuple[str, ...]:
        return self.found.links

    @property
    def pictures(self) -> tuple[str, ...]:
        return self.found.pictures

    @property
    def attachments(self) -> tuple[int, ...]:
        return self.found.attachments

    @property
    def lone_links(self) -> tuple[str, ...]:
        """What a card may say more of: links that are a paragraph by themselves, and films and
        sounds; at most ten."""
        return lone_links(self.document)

    @property
    def quotes(self) -> tuple[QuoteRef, ...]:
        return self.found.quotes


@dataclass(frozen=True, slots=True)
class Rendered:
    """A post ready to be kept.

    `html` is safe to put into a page as it is. `text` is the writer's own words, quotes left
    out, lines separated by line ends; it is text, so escape it in a page. The rest as in
    `Parsed`.
    """

    html: str
    text: str
    mentions: tuple[str, ...]
    links: tuple[str, ...]
    quotes: tuple[QuoteRef, ...]
    pictures: tuple[str, ...] = ()
    attachments: tuple[int, ...] = ()
    lone_links: tuple[str, ...] = ()
    # Of these links the title that the board knew was shown, or could have been.
    titled: frozenset[str] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all can be seen: no words, no picture, no quote."""
        return not self.html


# From here on reading keeps the garbage collector from looking on; no usual post is as long.
LONG_CHARS = 50_000

_DEFAULT = Options()
_NO_FACTS = Facts()


def parse(source: str, options: Options = _DEFAULT, *, language: str = "bbcode") -> Parsed:
    """Read what a member typed. Any string is taken; none raises.

    Raises ValueError for a language that is not in LANGUAGES. Time and size grow with the
    source and no faster.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no such markup language: {language!r}")
    source = clean_source(source)
    if len(source) < LONG_CHARS or not gc.isenabled():
        return _parse(source, options, language)
    # A megabyte becomes a hundred thousand nodes, all in use, and looking through them again and
    # again is a third of the work. Whoever let the collector rest wakes it, so it is awake when
    # all are done, in however many threads.
    gc.disable()
    try:
        return _parse(source, options, language)
    finally:
        gc.enable()


def _parse(source: str, options: Options, language: str) -> Parsed:
    document = _read(source, options, language)
    if options.images:
        put_media(document)
    document.key = blake2b(source.encode(), digest_size=5).hexdigest()
    return Parsed(document, options, extract(document))


def _read(source: str, options: Options, language: str) -> tree.Document:
    if language == "markdown" and options.markdown:
        return read_markdown(source, options)
    reader = Reader(source, options)
    return reader.read_bbcode() if language == "bbcode" and options.bbcode else reader.read_plain()


def write(parsed: Parsed, facts: Facts = _NO_FACTS) -> Rendered:
    """The rendering of what was read, with what the board knows put in."""
    found, options = parsed.found, parsed.options
    html = to_html(
        with_previews(parsed.document, facts.previews),
        facts,
        nofollow=options.nofollow,
        heading_level=options.heading_level,
        own_hosts=options.own_hosts,
    )
    return Rendered(
        html=wall.clean(html),
        text=found.text,
        mentions=found.mentions,
        links=found.links,
        quotes=found.quotes,
        pictures=found.pictures,
        attachments=found.attachments,
        lone_links=parsed.lone_links,
        titled=frozenset(link for link in found.links if _has_title(facts, link))
        if facts.links
        else frozenset(),
    )


def _has_title(facts: Facts, address: str) -> bool:
    fact = facts.links.get(address)
    return fact is not None and bool(fact.title)


def render(
    source: str,
    options: Options = _DEFAULT,
    *,
    language: str = "bbcode",
    facts: Facts = _NO_FACTS,
) -> Rendered:
    """`parse` and `write` in one, where the facts are known before or not needed."""
    return write(parse(source, options, language=language), facts)

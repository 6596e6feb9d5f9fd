"""The parser of Markdown: pulldown-cmark, CommonMark with what GitHub added to it.

Tables, strikethrough, tasks and footnotes; see docs/decisions/markdown-parser.md.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pyromark

# Pieces of one text that are read; an ordinary million characters has some 150,000. Bounds the
# time, which for as many characters of nothing but list items would be two seconds.
MAX_EVENTS = 200_000

_PARSER = pyromark.Markdown(
    options=pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_TASKLISTS
)


class Rest(NamedTuple):
    """What is left of a text that has too many pieces."""

    text: str


def events_of(text: str) -> Iterator[Any]:
    """What the parser says of a text, well nested; at last perhaps a `Rest`, which ends all.

    Events are strings ("SoftBreak") and dictionaries of one key ({"Text": "words"}), as
    pyromark.event says. Should the parser fail, which no input is known to make it do, the text
    comes as words.
    """
    try:
        for count, (event, place) in enumerate(_PARSER.events_with_range(text, merge_text=True)):
            if count >= MAX_EVENTS and (isinstance(event, str) or "End" not in event):
                rest = text.encode()[place["start"] :].decode(errors="ignore")
                yield Rest(rest.lstrip("\n"))
                return
            yield event
    except BaseException as failure:
        # A failure in Rust is no Exception, and its class cannot be imported.
        if type(failure).__name__ != "PanicException":
            raise
        yield Rest(text)

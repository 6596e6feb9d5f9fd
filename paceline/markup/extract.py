"""What else is known of a post once it is a tree: its words, and whom and what it points to."""

import re
from dataclasses import dataclass

from paceline.markup import tree

# More names or quotes in one post are attacks; later ones are shown but told to nobody.
MAX_TOLD = 100

_EMPTY_LINES = re.compile(r"\n{3,}")
# What changes how words look and says nothing itself. Looked up first, as paragraphs are: most of
# a long post is these, and to ask what kind of node it is, one kind after the other, takes longer.
_SILENT = frozenset({tree.Emphasis, tree.Inked, tree.Sized, tree.Faced, tree.Hidden})


@dataclass(frozen=True, slots=True)
class QuoteRef:
    """Who is quoted, and which post. `author` may be empty where nobody is named."""

    author: str
    post_id: int | None


@dataclass(frozen=True, slots=True)
class Extract:
    """See `render.Parsed`."""

    text: str
    mentions: tuple[str, ...]
    links: tuple[str, ...]
    quotes: tuple[QuoteRef, ...]
    pictures: tuple[str, ...]
    attachments: tuple[int, ...]


def extract(document: tree.Document) -> Extract:
    """The writer's own words without any markup, and what is mentioned, linked and quoted.

    The words leave out quotes and keep addresses in full; paragraphs and other blocks are
    separated by an empty line, lines, list items and rows by a line end, cells by a tab.
    """
    words: list[str] = []
    write = words.append
    mentions: dict[str, str] = {}
    links: dict[str, None] = {}
    pictures: dict[str, None] = {}
    attachments: dict[int, None] = {}
    quotes: list[QuoteRef] = []
    depth = items = 0
    is_in_shortened = False
    for node, is_start in tree.walk(document):
        kind = type(node)
        if kind is str:
            if not (depth or is_in_shortened):
                write(node)  # type: ignore[arg-type]
        elif kind in _SILENT:
            continue
        elif kind is tree.Paragraph:
            if not (is_start or depth):
                write("\n" if items else "\n\n")
        elif kind is tree.LineBreak:
            if not depth:
                write("\n")
        elif kind is tree.Item:
            if not depth:
                items += 1 if is_start else -1
        elif kind is tree.ItemList:
            if not (is_start or depth):
                write("\n\n")
        elif isinstance(node, tree.Quote):
            depth += 1 if is_start else -1
            if is_start:
                quotes.append(QuoteRef(node.author, node.post_id))
        elif isinstance(node, tree.Link):
            is_in_shortened = is_start and node.is_shortened
            if is_start and not node.address.startswith("mailto:"):
                links[node.address] = None
            if is_in_shortened and not depth:
                write(node.address)
        elif isinstance(node, tree.Image):
            pictures[node.address] = None
        elif isinstance(node, tree.Attached):
            attachments[node.attachment_id] = None
            if not depth:
                write(node.words)
        elif isinstance(node, tree.Media) and is_start:
            links[node.address] = None
            if not depth:
                write((node.title or node.address) + "\n\n")
        elif depth:
            continue
        elif isinstance(node, tree.Mention):
            mentions.setdefault(node.name.casefold(), node.name)
            write("@" + node.name)
        elif isinstance(node, tree.Row):
            items += 1 if is_start else -1
            if not is_start:
                write("\n")
        elif isinstance(node, tree.Cell):
            if not is_start:
                _drop_line_ends(words)
                write("\t")
        else:
            write(_words_of(node, is_start))
    return Extract(
        text=_EMPTY_LINES.sub("\n\n", "".join(words)).strip(),
        mentions=tuple(mentions.values())[:MAX_TOLD],
        links=tuple(links),
        quotes=tuple(quotes[:MAX_TOLD]),
        pictures=tuple(pictures),
        attachments=tuple(attachments),
    )


def _drop_line_ends(words: list[str]) -> None:
    while words and words[-1].isspace():
        words.pop()


def _words_of(node: tree.Node, is_start: bool) -> str:
    if isinstance(node, tree.SoftBreak):
        return "\n"
    if isinstance(node, tree.Smilie):
        return node.code
    if isinstance(node, tree.CodeSpan):
        return node.text
    if isinstance(node, tree.Code):
        return node.text + "\n\n"
    if isinstance(node, tree.Spoiler):
        return node.title + "\n" if is_start else ""
    if isinstance(node, tree.Heading | tree.Table):
        return "" if is_start else "\n\n"
    return ""

"""What a "Quote" button puts into the reply box.

BB code quoted in BB code keeps its tags as typed; what crosses from one language to the other
goes through the tree.
"""

from typing import cast

from paceline.markup import tree
from paceline.markup.bbcode import Reader
from paceline.markup.bbcode_writer import to_bbcode
from paceline.markup.markdown import read_markdown
from paceline.markup.markdown_writer import attribution, quoted, to_markdown
from paceline.markup.options import Options
from paceline.markup.source import clean_source
from paceline.markup.tags import Tag, read_tags

_AS_TYPED = Options()


def quote_source(
    author: str, post_id: int, source: str, *, language: str = "bbcode", into: str = "bbcode"
) -> str:
    """A source as a quote in the language `into`, without the quotes and footnotes in it.

    In BB code `[quote="name;id"]…[/quote]`: tags without their partner are left out too, or they
    would find one in the reply. In Markdown a block quote that begins with
    `**name** [wrote](/p/id/):`. Any name is safe: line ends become blanks, what would be markup
    is escaped.
    """
    if into == "markdown":
        words = to_markdown(_without_quotes(_read(source, language)), breaks=True)
        return quoted("\n\n".join(filter(None, (attribution(author, post_id), words))))
    if language == "bbcode":
        words = _own_words(source)
    else:
        words = to_bbcode(_without_quotes(_read(source, language)))
    name = " ".join(author.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'[quote="{name};{post_id}"]{words}[/quote]'


def _read(source: str, language: str) -> tree.Document:
    source = clean_source(source)
    if language == "markdown":
        return read_markdown(source, _AS_TYPED)
    reader = Reader(source, _AS_TYPED)
    return reader.read_bbcode() if language == "bbcode" else reader.read_plain()


def _without_quotes(document: tree.Document) -> tree.Document:
    """Without quotes and footnotes, at any depth. Changes the document."""
    stack: list[tree.Parent] = [document]
    while stack:
        children = cast("list[tree.Node]", stack.pop().children)
        children[:] = [
            child
            for child in children
            if not isinstance(child, tree.Quote | tree.Footnotes | tree.FootnoteMark)
        ]
        stack += [cast(tree.Parent, child) for child in children if type(child) not in tree.LEAVES]
    return document


def _own_words(source: str) -> str:
    tags = read_tags(source)
    quoted: set[Tag] = set()
    depth = 0
    for tag in tags:
        is_quote = tag.name == "quote" and tag.is_paired
        depth += is_quote and not tag.is_closing
        if depth:
            quoted.add(tag)
        depth -= is_quote and tag.is_closing

    kept: list[str] = []
    position = depth = 0
    for tag in tags:
        is_quote = tag.name == "quote" and tag.is_paired
        is_lonely = not tag.is_paired or tag.partner in quoted
        if not is_quote and not is_lonely:
            continue
        if not depth:
            kept.append(source[position : tag.start])
        position = tag.end
        if is_quote:
            depth += -1 if tag.is_closing else 1
    kept.append(source[position:])
    return "".join(kept).strip()

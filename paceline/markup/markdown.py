"""Markdown to the tree: what each event of the parser means.

The parser is pulldown-cmark, CommonMark with tables, strikethrough, tasks and footnotes as on
GitHub; see docs/decisions/markdown-parser.md. Raw HTML is text. Ours are quotes with their
author, spoilers, hidden words, attachments, films, and everything `Words` finds.
"""

import re
from collections.abc import Callable
from typing import Any, Literal

from paceline.markup import tree
from paceline.markup.markdown_notes import Notes, label_of
from paceline.markup.markdown_parser import Rest, events_of
from paceline.markup.markdown_quotes import take_attribution
from paceline.markup.markdown_sheet import BARS, Container, Sheet
from paceline.markup.markdown_source import prepare
from paceline.markup.markdown_spans import Collected, Spans
from paceline.markup.options import Options
from paceline.markup.words import Words

# Calls of footnotes in one post; later ones are text. Each is led back to from its footnote.
MAX_CALLS = 1_000
# Pairs of bars that are looked at, to find hidden words.
MAX_BARS = 2_000

_REST = "This text is very long; the rest is shown as it was typed."

_LANGUAGE = re.compile(r"[a-z0-9+#.-]{1,30}")
_Side = Literal["", "left", "center", "right"]
_SIDES: dict[str, _Side] = {"None": "", "Left": "left", "Center": "center", "Right": "right"}


def read_markdown(source: str, options: Options) -> tree.Document:
    """The tree of a cleaned source. Any string is taken; none raises."""
    return _Reader(source, options).read()


class _Reader:
    def __init__(self, source: str, options: Options) -> None:
        self._options = options
        self._prepared = prepare(source)
        self._sheet = Sheet(has_breaks=options.breaks)
        self._words = Words(self._sheet, smilies=options.smilies, custom=options.custom_smilies)
        self._notes = Notes()
        self._calls_left = MAX_CALLS
        self._bars_left = MAX_BARS
        # The label of the footnote being read, "" outside of one.
        self._labels = [""]
        # Code and raw HTML as they come, and the words of a picture.
        self._collected = Collected()
        self._spans = Spans(self._sheet, self._words, self._prepared, self._collected, options)
        self._languages: list[str] = []
        self._sides: list[tuple[str, ...]] = []
        self._is_head = False
        # Spoilers that the parser took for quotes.
        self._quoted_spoilers: set[tree.Spoiler] = set()

    def read(self) -> tree.Document:
        for event in events_of(self._prepared.text):
            if type(event) is str:
                self._read_line_end(event)
                continue
            if type(event) is Rest:
                self._read_rest(event)
                break
            for key, value in event.items():
                if key == "Text":
                    self._read_text(value)
                elif key == "Start":
                    name, data = (value, None) if type(value) is str else _only(value)
                    if not self._spans.holds(name):
                        _STARTS[name](self, data)
                elif key == "End":
                    name = value if type(value) is str else next(iter(value))
                    if not self._spans.ends(name):
                        _ENDS[name](self)
                else:
                    self._read_other(key, value)
        return self._finish()

    def _read_rest(self, rest: Rest) -> None:
        """What is beyond the bound is said to be, and shown as typed."""
        while self._sheet.is_in_container:
            self._sheet.close()
        self._sheet.add_block(tree.Paragraph([_REST]))
        self._sheet.add_code(self._prepared.restore(rest.text), "")

    def _finish(self) -> tree.Document:
        document = self._sheet.finish()
        notes = self._notes.number()
        if notes and document.children:
            document.children.append(tree.Footnotes(notes))
        return document

    # Words

    def _read_text(self, text: str) -> None:
        if self._collected.pieces is not None:
            self._collected.pieces.append(text)
            return
        if not text.isprintable():
            # An entity may be a line end, which is a blank like any other.
            text = self._prepared.restore_words(text).replace("\n", " ")
        position = 0
        if "||" in text:
            for found in BARS.finditer(text):
                start, end = found.span()
                self._bars_left -= 1
                if self._bars_left < 0:
                    break
                self._words.read(text, position, start)
                # What stands outside of this text is a style or the end of a line.
                self._sheet.add_bars(
                    may_open=end == len(text) or not text[end].isspace(),
                    may_close=not text[start - 1].isspace() if start else self._sheet.is_in_line,
                )
                position = end
        self._words.read(text, position, len(text))

    def _read_line_end(self, event: str) -> None:
        if event == "Rule":
            self._sheet.add_rule()
        elif self._collected.pieces is not None:
            self._collected.pieces.append(" ")
        elif event == "HardBreak":
            self._sheet.end_line()
        else:
            self._sheet.end_source_line()

    def _read_other(self, key: str, value: Any) -> None:
        if self._collected.pieces is not None and key != "TaskListMarker":
            self._collected.pieces.append(value if key != "FootnoteReference" else f"[^{value}]")
        elif key == "Code":
            self._sheet.add(tree.CodeSpan(self._prepared.restore(value)))
        elif key == "InlineHtml":
            for number, line in enumerate(self._prepared.restore(value).split("\n")):
                if number:
                    self._sheet.end_source_line()
                self._words.read(line, 0, len(line))
        elif key == "FootnoteReference" and self._calls_left <= 0:
            self._sheet.add_text(f"[^{value}]")
        elif key == "FootnoteReference":
            self._calls_left -= 1
            mark = tree.FootnoteMark(0)
            label = label_of(value)
            self._notes.marks.setdefault(self._labels[-1], []).append((label, mark))
            self._sheet.add(mark)
        elif key == "TaskListMarker":
            node = self._sheet.frame.node
            if isinstance(node, tree.Item):
                node.is_done = value

    # Blocks

    def _open(self, node: Container) -> None:
        self._sheet.open(node)

    def _close(self) -> None:
        """End what is innermost, and before it the spoilers begun in it."""
        while isinstance(self._sheet.frame.node, tree.Spoiler):
            self._sheet.close()
        self._sheet.close()

    def _end_paragraph(self) -> None:
        self._sheet.end_words()

    def _start_heading(self, data: dict[str, str]) -> None:
        self._sheet.begin_words(tree.Heading(int(data["level"][1])))

    def _end_quote(self) -> None:
        quote = self._sheet.frame.node
        self._close()
        if not isinstance(quote, tree.Quote):
            return
        held = quote.children
        if len(held) == 1 and held[0] in self._quoted_spoilers:
            self._sheet.unwrap(quote)
        else:
            take_attribution(quote, self._options.own_hosts)

    def _start_code(self, data: str | dict[str, str]) -> None:
        fenced = "" if isinstance(data, str) else data["Fenced"]
        first = self._prepared.restore(fenced).split(maxsplit=1)[:1]
        language = first[0].lower() if first else ""
        self._languages.append(language if _LANGUAGE.fullmatch(language) else "")
        self._collected.begin()

    def _end_code(self) -> None:
        text = self._prepared.restore(self._collected.end())
        if text and not text.endswith("\n"):
            text += "\n"
        self._sheet.add_code(text, self._languages.pop())

    def _end_html(self) -> None:
        html = self._collected.end()
        line = self._prepared.line_of(html)
        if line is not None and line.is_opening:
            spoiler = tree.Spoiler(line.title)
            self._sheet.open(spoiler)
            if line.is_quote:
                self._quoted_spoilers.add(spoiler)
        elif line is not None and isinstance(self._sheet.frame.node, tree.Spoiler):
            self._sheet.close()
        else:
            typed = self._prepared.restore(html).strip("\n")
            self._sheet.begin_words(tree.Paragraph())
            self._words.read(typed, 0, len(typed))
            self._sheet.end_words()

    def _start_list(self, start: int | None) -> None:
        numbering: tree.Numbering = "" if start is None else "1"
        self._open(tree.ItemList(numbering, start=1 if start is None else start))

    def _start_paragraph(self, _: None) -> None:
        self._sheet.begin_words(tree.Paragraph(), is_apart=True)

    def _start_footnote(self, label: str) -> None:
        note, name = tree.Footnote(0), label_of(label)
        self._notes.bodies.setdefault(name, note)
        self._labels.append(name)
        self._sheet.open_apart(note)

    def _end_footnote(self) -> None:
        self._close()
        self._labels.pop()

    def _start_table(self, sides: tuple[str, ...]) -> None:
        self._open(tree.Table())
        self._sides.append(sides)

    def _end_table(self) -> None:
        self._close()
        self._sides.pop()

    def _start_head(self, _: None) -> None:
        self._open(tree.Row())
        self._is_head = True

    def _end_head(self) -> None:
        self._close()
        self._is_head = False

    def _start_cell(self, _: None) -> None:
        row = self._sheet.frame.node
        column = len(row.children)
        sides = self._sides[-1]
        side: _Side = _SIDES[sides[column]] if column < len(sides) else ""
        self._open(tree.Cell(self._is_head, side))


# What each event that begins something, or ends it, is read by.
_STARTS: dict[str, Callable[[_Reader, Any], None]] = {
    "Paragraph": _Reader._start_paragraph,
    "Heading": _Reader._start_heading,
    "BlockQuote": lambda reader, _: reader._open(tree.Quote()),
    "CodeBlock": _Reader._start_code,
    "HtmlBlock": lambda reader, _: reader._collected.begin(),
    "List": _Reader._start_list,
    "Item": lambda reader, _: reader._open(tree.Item()),
    "FootnoteDefinition": _Reader._start_footnote,
    "Table": _Reader._start_table,
    "TableHead": _Reader._start_head,
    "TableRow": lambda reader, _: reader._open(tree.Row()),
    "TableCell": _Reader._start_cell,
    "Emphasis": lambda reader, _: reader._sheet.begin_style(tree.Emphasis("em")),
    "Strong": lambda reader, _: reader._sheet.begin_style(tree.Emphasis("strong")),
    "Strikethrough": lambda reader, _: reader._sheet.begin_style(tree.Emphasis("del")),
    "Link": lambda reader, data: reader._spans.start_link(data),
    "Image": lambda reader, data: reader._spans.start_image(data),
}
_ENDS: dict[str, Callable[[_Reader], None]] = {
    "Paragraph": _Reader._end_paragraph,
    "Heading": _Reader._end_paragraph,
    "BlockQuote": _Reader._end_quote,
    "CodeBlock": _Reader._end_code,
    "HtmlBlock": _Reader._end_html,
    "List": _Reader._close,
    "Item": _Reader._close,
    "FootnoteDefinition": _Reader._end_footnote,
    "Table": _Reader._end_table,
    "TableHead": _Reader._end_head,
    "TableRow": _Reader._close,
    "TableCell": _Reader._close,
    "Emphasis": lambda reader: reader._sheet.end_style(),
    "Strong": lambda reader: reader._sheet.end_style(),
    "Strikethrough": lambda reader: reader._sheet.end_style(),
    "Link": lambda reader: reader._spans.end_link(),
}


def _only(data: dict[str, Any]) -> tuple[str, Any]:
    ((name, value),) = data.items()
    return name, value

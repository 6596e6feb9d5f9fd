"""A tree as Markdown that reads as the same tree: what a quote of a post is written with.

What Markdown has no form for (colours, sizes, faces, alignment, an underline) loses its look and
keeps its words.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from paceline.markup import tree
from paceline.markup.autolink import find_specials

_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~", "del": "~~"}
_SPECIAL = re.compile(
    r"[\\`*\[\]~]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?]|\Z)|&(?=#?[A-Za-z0-9]+;)|\|(?=\|)|!\Z"
)
# What would begin a block, at the beginning of a line.
_BLOCK = re.compile(r"(?:#{1,6}(?=\s|\Z)|[+>=-]|:::|[|:][\s|:-]*\Z)")
_NUMBER = re.compile(r"([0-9]{1,9})([.)])(?=\s|\Z)")
_BARE = re.compile(r"[A-Za-z0-9/:.?=&%#+,-]*[A-Za-z0-9/]")
_NAME = re.compile(r"[\w.-]*\w")


def to_markdown(document: tree.Document, *, breaks: bool) -> str:
    """The document as Markdown, without a line end at its end.

    `breaks` as in `Options`: whether every line end is read as one.
    """
    return _Writer(breaks=breaks).write(document)


def escape_words(words: str) -> str:
    """Words for a line, so that nothing in them is markup."""
    return _SPECIAL.sub(r"\\\g<0>", words)


def quoted(text: str) -> str:
    """Each line behind the mark of a quote."""
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


@dataclass(slots=True)
class _Part:
    """A node that has begun, and what its children were written as, with their nodes."""

    node: tree.Node
    pieces: list[str] = field(default_factory=list)
    nodes: list[tree.Node] = field(default_factory=list)

    def add(self, node: tree.Node, piece: str) -> None:
        self.pieces.append(piece)
        self.nodes.append(node)


class _Writer:
    def __init__(self, *, breaks: bool) -> None:
        self._line_break = "\n" if breaks else "\\\n"
        self._soft_break = " " if breaks else "\n"
        self._cells = 0
        self._writers: dict[type, Callable[[Any, _Part], str]] = {
            tree.Document: lambda node, part: _blocks(part),
            tree.Paragraph: lambda node, part: _lines("".join(part.pieces)),
            tree.Heading: self._heading,
            tree.Quote: self._quote,
            tree.Spoiler: self._spoiler,
            tree.Aligned: lambda node, part: _blocks(part),
            tree.Indented: lambda node, part: _blocks(part),
            tree.ItemList: lambda node, part: _item_list(node, part),
            tree.Item: lambda node, part: _blocks(part, is_tight=True),
            tree.Table: lambda node, part: _table(node, part),
            tree.Row: lambda node, part: f"| {' | '.join(part.pieces)} |",
            tree.Cell: self._cell,
            tree.Footnotes: lambda node, part: "\n\n".join(part.pieces),
            tree.Footnote: lambda node, part: f"[^{node.number}]: {_indent(_blocks(part), 4)}",
            tree.Emphasis: lambda node, part: _emphasis(node.kind, "".join(part.pieces)),
            tree.Hidden: self._hidden,
            tree.Link: self._link,
        }

    def write(self, document: tree.Document) -> str:
        parts = [_Part(document)]
        for node, is_start in tree.walk(document):
            if type(node) in tree.LEAVES:
                parts[-1].add(node, _kept_apart(parts[-1], node, self._leaf(node)))
            elif is_start:
                parts.append(_Part(node))
                self._cells += isinstance(node, tree.Cell)
            else:
                part = parts.pop()
                writer = self._writers.get(type(node), _words)
                parts[-1].add(node, _kept_apart(parts[-1], node, writer(node, part)))
                self._cells -= isinstance(node, tree.Cell)
        return self._writers[tree.Document](document, parts[0])

    # Inline

    def _leaf(self, node: tree.Node) -> str:
        if isinstance(node, str):
            return self._text(node)
        if isinstance(node, tree.LineBreak):
            return " " if self._cells else self._line_break
        if isinstance(node, tree.SoftBreak):
            return " " if self._cells else self._soft_break
        if isinstance(node, tree.Smilie):
            return node.code
        if isinstance(node, tree.Mention):
            return "@" + (node.name if _NAME.fullmatch(node.name) else f'"{node.name}"')
        if isinstance(node, tree.CodeSpan):
            text = node.text.replace("\n", " ")
            return _fenced(text.replace("|", "\\|") if self._cells else text, "`")
        if isinstance(node, tree.Attached):
            return f"![{self._text(node.words)}](attachment:{node.attachment_id})"
        if isinstance(node, tree.Image):
            return f"![{self._text(node.description)}]({_target(node.address, node.title)})"
        if isinstance(node, tree.FootnoteMark):
            return f"[^{node.number}]"
        if isinstance(node, tree.Code):
            return _code(node)
        if isinstance(node, tree.Media | tree.LinkCard):
            return f"<{node.address}>"
        return "***" if isinstance(node, tree.Rule) else ""

    def _text(self, text: str) -> str:
        """Words that stand out neither as markup nor as what is found in words."""
        places = {found.start() for found in _SPECIAL.finditer(text)}
        for find in find_specials(text, 0, len(text), smilies=True):
            place = text.find({"name": "@", "mail": "@"}.get(find.kind, "."), find.start, find.end)
            if find.kind == "smilie":
                place = find.start
            elif find.kind == "address" and "://" in find.value:
                place = text.find(":", find.start, find.end)
            if place >= 0 and text[place] in "@:;.":
                places.add(place)
        if self._cells:
            places.update(at for at, character in enumerate(text) if character == "|")
        for place in sorted(places, reverse=True):
            text = f"{text[:place]}\\{text[place:]}"
        return text.replace("\n", " ")

    def _hidden(self, node: tree.Hidden, part: _Part) -> str:
        words = "".join(part.pieces)
        return words if self._cells or not words.strip() else f"||{words.strip()}||"

    def _link(self, node: tree.Link, part: _Part) -> str:
        words = "".join(part.pieces).strip()
        if node.is_bare:
            shown = "".join(child for child in node.children if isinstance(child, str))
            address = node.address.removeprefix("mailto:")
            is_typed = shown == address or "http://" + shown == address
            typed = shown if is_typed and not node.is_shortened else address
            return typed if _BARE.fullmatch(typed) else f"<{address}>"
        return f"[{words}]({_target(node.address, node.title)})"

    # Blocks

    def _heading(self, node: tree.Heading, part: _Part) -> str:
        words = " ".join("".join(part.pieces).replace("\\\n", " ").split())
        if words.endswith("#"):
            words = words[:-1] + "\\#"
        return f"{'#' * node.level} {words}".rstrip()

    def _quote(self, node: tree.Quote, part: _Part) -> str:
        head = attribution(node.author, node.post_id)
        return quoted("\n\n".join(filter(None, (head, _blocks(part)))))

    def _spoiler(self, node: tree.Spoiler, part: _Part) -> str:
        return f"::: spoiler {node.title}".rstrip() + f"\n\n{_blocks(part)}\n\n:::"

    def _cell(self, node: tree.Cell, part: _Part) -> str:
        return " ".join(" ".join(part.pieces).split())


def attribution(author: str, post_id: int | None) -> str:
    """The first line of a quote, as markdown_quotes.py reads it; empty where nobody is named."""
    name = escape_words(" ".join(author.split()))
    if post_id is None:
        return f"**{name}** wrote:" if name else ""
    return f"**{name}** [wrote](/p/{post_id}/):" if name else f"[Quoted post](/p/{post_id}/):"


def _words(node: tree.Node, part: _Part) -> str:
    return "".join(part.pieces)


def _kept_apart(outer: _Part, node: tree.Node, piece: str) -> str:
    """With other marks where it would run into what stands before: `*a*` and `*b*`."""
    before = outer.pieces[-1] if outer.pieces else ""
    if (
        isinstance(node, tree.ItemList)
        and outer.nodes
        and isinstance(outer.nodes[-1], tree.ItemList)
    ):
        return _with_other_marks(before, piece)
    if isinstance(node, tree.Link) and node.is_bare and before[-1:].isalnum():
        return piece if piece.startswith("<") else f"<{node.address}>"
    if piece.startswith(":") and outer.nodes and isinstance(outer.nodes[-1], tree.FootnoteMark):
        return "\\" + piece
    if (
        isinstance(node, tree.Emphasis)
        and piece.startswith("*")
        and before.endswith("*")
        and not before.endswith("\\*")
    ):
        for mark, other in (("**", "__"), ("*", "_")):
            if piece.startswith(mark) and piece.endswith(mark) and len(piece) > 2 * len(mark):
                return f"{other}{piece[len(mark) : -len(mark)]}{other}"
    return piece


def _with_other_marks(before: str, piece: str) -> str:
    """A list that does not go on with the items of the one before."""
    if before.startswith("- ") and piece.startswith("- "):
        return re.sub("^- ", "* ", piece, flags=re.MULTILINE)
    if re.match(r"[0-9]+\.", before) and re.match(r"[0-9]+\.", piece):
        return re.sub(r"^([0-9]+)\.", r"\1)", piece, flags=re.MULTILINE)
    return piece


def _emphasis(kind: str, words: str) -> str:
    mark = _MARKS.get(kind, "")
    inner = words.strip()
    if not mark or not inner:
        return words
    if mark[0] == "*" and (inner[0] == "*" or re.search(r"(?<!\\)\*\Z", inner)):
        mark = "_" * len(mark)
    start = words[: len(words) - len(words.lstrip())]
    return f"{start}{mark}{inner}{mark}{words[len(words.rstrip()) :]}"


def _lines(text: str) -> str:
    """A paragraph's lines, none of which begins a block."""
    lines = (_line(line) for line in text.strip().split("\n"))
    return "\n".join(line for line in lines if line)


def _line(line: str) -> str:
    line = line.strip()
    if found := _NUMBER.match(line):
        return f"{found[1]}\\{line[found.end(1) :]}"
    return "\\" + line if _BLOCK.match(line) else line


def _blocks(part: _Part, *, is_tight: bool = False) -> str:
    out = ""
    for node, piece in zip(part.nodes, part.pieces, strict=True):
        if not piece:
            continue
        is_near = is_tight and isinstance(node, tree.ItemList) and not node.is_loose
        out += ("\n" if is_near else "\n\n") + piece if out else piece
    return out


def _item_list(node: tree.ItemList, part: _Part) -> str:
    items: list[str] = []
    for number, (item, text) in enumerate(zip(node.children, part.pieces, strict=True)):
        mark = f"{node.start + number}. " if node.numbering else "- "
        box = "" if item.is_done is None else "[x] " if item.is_done else "[ ] "
        items.append((mark + box + _indent(text, len(mark))).rstrip())
    return ("\n\n" if node.is_loose else "\n").join(items)


def _table(node: tree.Table, part: _Part) -> str:
    columns = max((len(row.children) for row in node.children), default=0)
    first = node.children[0].children if node.children else []
    sides = [cell.side for cell in first] + [""] * (columns - len(first))
    marks = {"left": ":--", "center": ":-:", "right": "--:"}
    head = part.pieces[0] + " |" * (columns - len(first))
    rule = f"|{'|'.join(marks.get(side, '---') for side in sides)}|"
    return "\n".join([head, rule, *part.pieces[1:]])


def _indent(text: str, columns: int) -> str:
    return text.replace("\n", "\n" + " " * columns).replace("\n" + " " * columns + "\n", "\n\n")


def _code(node: tree.Code) -> str:
    longest = max((len(run) for run in re.findall("`+", node.text)), default=0)
    fence = "`" * max(3, longest + 1)
    text = node.text if node.text.endswith("\n") or not node.text else node.text + "\n"
    return f"{fence}{node.language}\n{text}{fence}"


def _fenced(text: str, mark: str) -> str:
    longest = max((len(run) for run in re.findall(f"{mark}+", text)), default=0)
    fence = mark * (longest + 1)
    is_padded = text[:1] in ("`", " ") or text[-1:] in ("`", " ")
    pad = " " if is_padded and text.strip() else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _target(address: str, title: str) -> str:
    is_odd = address.count("(") != address.count(")") or "&" in address or not address
    shown = f"<{escape_words(address)}>" if is_odd else address
    if not title:
        return shown
    return shown + ' "' + escape_words(title).replace('"', '\\"') + '"'

"""The tree to BB code: what a post in any language is when it is quoted in a reply in BB code."""

import re
from collections.abc import Callable
from typing import Any

from paceline.markup import tree
from paceline.markup.looks import colour_of

_SAME_AS = {"strong": "b", "em": "i", "del": "s", "ins": "u", "mark": "highlight"}
_FONTS = {
    "sans": "Arial",
    "serif": "Times New Roman",
    "mono": "Courier New",
    "hand": "Comic Sans MS",
}
_LIKE_A_TAG = re.compile(r"\[/?(?:[a-z*])", re.IGNORECASE | re.ASCII)
_PLACE = re.compile(r"/(t|p)/([0-9]+)/")
# A mention without quotation marks. Whatever follows it but a blank or a tag would belong to it,
# or be kept by it from being a smilie.
_BARE_NAME = re.compile(r"@\w+")
_GOES_ON = re.compile(r"[^\s\[]")
# What holds words as typed, in order of preference; words that end one go into another.
_VERBATIM = ("noparse", "nobbc", "plain")
_CODE = ("code", "codebox", "syntax")
_ICODE = ("icode", "inlinecode", "c")


def to_bbcode(document: tree.Document, *, with_quotes: bool = True) -> str:
    """BB code that is read as the same tree again, but for what BB code has no form of.

    Footnotes stand as numbers and lines at the end; an anchor's place is lost. Without quotes
    those are left out, with all that is in them.
    """
    writer = _Writer()
    depth = 0
    for node, is_start in tree.walk(document):
        if isinstance(node, tree.Quote) and not with_quotes:
            depth += 1 if is_start else -1
        elif not depth:
            writer.write(node, is_start)
    return re.sub(r"\n{3,}", "\n\n", "".join(writer.out)).strip()


class _Writer:
    def __init__(self) -> None:
        self.out: list[str] = []
        # Inside a link that is written by its address alone.
        self._skipped = 0
        self._writers: dict[type, Callable[[Any, bool], str]] = {
            str: lambda node, is_start: words(node),
            tree.LineBreak: lambda node, is_start: "\n",
            tree.SoftBreak: lambda node, is_start: " ",
            tree.Emphasis: lambda node, is_start: _tag(
                _SAME_AS.get(node.kind, node.kind), is_start
            ),
            tree.Inked: lambda node, is_start: _tag("color", is_start, colour_of(node.ink)),
            tree.Sized: lambda node, is_start: _tag("size", is_start, node.size),
            tree.Faced: lambda node, is_start: _tag("font", is_start, _FONTS[node.face]),
            tree.Hidden: lambda node, is_start: _tag("ispoiler", is_start),
            tree.Link: self._link,
            tree.Image: _image,
            tree.Attached: lambda node, is_start: f"[attach]{node.attachment_id}[/attach]",
            tree.Smilie: lambda node, is_start: node.code,
            tree.Mention: _mention,
            tree.CodeSpan: lambda node, is_start: _kept(node.text, _ICODE),
            tree.AnchorLink: lambda node, is_start: _tag("goto", is_start, node.name),
            tree.FootnoteMark: lambda node, is_start: f"[sup]{node.number}[/sup]",
            tree.Paragraph: lambda node, is_start: "" if is_start else "\n\n",
            tree.Heading: lambda node, is_start: _tag(f"h{node.level}", is_start) + _gap(is_start),
            tree.Code: _code,
            tree.Quote: _quote,
            tree.ItemList: _item_list,
            tree.Item: _item,
            tree.Spoiler: lambda node, is_start: _tag("spoiler", is_start, _argument(node.title)),
            tree.Aligned: lambda node, is_start: _tag(node.side, is_start),
            tree.Indented: lambda node, is_start: _tag("indent", is_start),
            tree.Table: lambda node, is_start: _tag("table", is_start) + "\n",
            tree.Row: lambda node, is_start: _tag("tr", is_start) + ("" if is_start else "\n"),
            tree.Cell: _cell,
            tree.Rule: lambda node, is_start: "[hr]",
            tree.Media: lambda node, is_start: f"[video]{_in_tag(node.address)}[/video]",
            tree.LinkCard: lambda node, is_start: f"[url]{_in_tag(node.address)}[/url]\n\n",
            tree.Footnote: lambda node, is_start: f"[sup]{node.number}[/sup] " if is_start else "",
        }

    def write(self, node: tree.Node, is_start: bool) -> None:
        writer = self._writers.get(type(node))
        if writer is None:
            return
        if isinstance(node, tree.Link) or not self._skipped:
            written = writer(node, is_start)
            if self.out and _BARE_NAME.fullmatch(self.out[-1]) and _GOES_ON.match(written):
                self.out[-1] = f'@"{self.out[-1][1:]}"'
            self.out.append(written)

    def _link(self, node: tree.Link, is_start: bool) -> str:
        is_mail = node.address.startswith("mailto:")
        name = "email" if is_mail else "url"
        address = _in_tag(node.address.removeprefix("mailto:"))
        if not node.is_bare:
            return _tag(name, is_start, address)
        self._skipped += 1 if is_start else -1
        if not is_start:
            return ""
        if place := _PLACE.fullmatch(node.address):
            code = "thread" if place[1] == "t" else "post"
            return f"[{code}]{place[2]}[/{code}]"
        shown = "".join(piece for piece in node.children if type(piece) is str)
        return f"[{name}]{address if node.is_shortened or not shown else _in_tag(shown)}[/{name}]"


def words(text: str) -> str:
    """Words that are read as the same words."""
    return _kept(text, _VERBATIM) if _LIKE_A_TAG.search(text) else text


def _kept(text: str, names: tuple[str, ...]) -> str:
    """As typed between two tags whose name the text does not end itself."""
    lower = text.lower()
    for name in names:
        if f"[/{name}]" not in lower:
            return f"[{name}]{text}[/{name}]"
    return text.replace("[/", "[ /")


def _tag(name: str, is_start: bool, argument: str = "") -> str:
    if not is_start:
        return f"[/{name}]"
    return f"[{name}={argument}]" if argument else f"[{name}]"


def _gap(is_start: bool) -> str:
    return "" if is_start else "\n\n"


def _argument(typed: str) -> str:
    """Any words as a quoted argument; empty for none."""
    if not typed:
        return ""
    return '"' + " ".join(typed.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _in_tag(address: str) -> str:
    return address.replace("[", "%5B").replace("]", "%5D")


def _image(node: tree.Image, is_start: bool) -> str:
    described = f" alt={_argument(node.description)}" if node.description else ""
    if re.search(r"[\[\]\\]", described):
        described = ""
    return f"[img{described}]{_in_tag(node.address)}[/img]"


def _mention(node: tree.Mention, is_start: bool) -> str:
    if re.fullmatch(r"\w{2,}", node.name):
        return "@" + node.name
    return f'@"{node.name}"' if '"' not in node.name else f"[mention]{node.name}[/mention]"


def _code(node: tree.Code, is_start: bool) -> str:
    kept = _kept(node.text, _CODE)
    if node.language and kept.startswith("["):
        kept = kept.replace("]", f"={node.language}]", 1)
    return kept


def _quote(node: tree.Quote, is_start: bool) -> str:
    author = f"{node.author};{node.post_id}" if node.post_id is not None else node.author
    return _tag("quote", is_start, _argument(author))


def _item_list(node: tree.ItemList, is_start: bool) -> str:
    if not is_start:
        return "[/list]"
    start = f" start={node.start}" if node.start != 1 else ""
    return f"[list={node.numbering}{start}]\n" if node.numbering else "[list]\n"


def _item(node: tree.Item, is_start: bool) -> str:
    box = "" if node.is_done is None else ("☑ " if node.is_done else "☐ ")
    return f"[*]{box}" if is_start else "\n"


def _cell(node: tree.Cell, is_start: bool) -> str:
    name = "th" if node.is_heading else "td"
    if not is_start:
        return f"[/{name}]"
    side = f" align={node.side}" if node.side else ""
    columns = f" colspan={node.columns}" if node.columns > 1 else ""
    rows = f" rowspan={node.rows}" if node.rows > 1 else ""
    return f"[{name}{side}{columns}{rows}]"

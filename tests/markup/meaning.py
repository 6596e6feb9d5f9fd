"""What HTML means to a reader, whoever wrote it: runs of words, each with its look and its place.

Two engines never agree on tags, nesting and blanks. So a rendering becomes a list of runs: words
without blanks, the looks they have (bold, a colour …), where they link to, and the blocks around
them, with the ordinal of each item, row and cell. What holds no words and shows nothing vanishes.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from urllib.parse import unquote

from paceline.markup.looks import ink_of

_VOID = {"br", "img", "hr", "input", "param", "embed", "meta", "link"}
_LOOKS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underlined",
    "s": "struck",
    "strike": "struck",
    "del": "struck",
    "ins": "underlined",
    "mark": "marked",
    "sub": "sub",
    "sup": "sup",
    "small": "small",
    "kbd": "typed",
    "var": "italic",
}
_STYLES = (
    (r"font-weight:\s*(?:bold|700)", "bold"),
    (r"font-style:\s*italic", "italic"),
    (r"text-decoration:\s*underline", "underlined"),
    (r"text-decoration:\s*line-through", "struck"),
    (r"background(?:-color)?:", "marked"),
    (r"font-size:", "sized"),
    (r"font-family:", "faced"),
)
_BLOCKS = {
    **{name: name for name in ("ul", "table", "dl", "h1", "h2", "h3", "h4", "h5", "h6")},
    "blockquote": "quote",
    "cite": "quote-head",
    "details": "spoiler",
    "pre": "code",
    "summary": "spoiler-head",
}
_PARTS = {
    "li": ("ul", "ol"),
    "tr": ("table",),
    "td": ("tr",),
    "th": ("tr",),
    "dt": ("dl",),
    "dd": ("dl",),
}
_NUMBERINGS = {
    "decimal": "",
    "1": "",
    "lower-alpha": "a",
    "upper-alpha": "A",
    "lower-roman": "i",
    "upper-roman": "I",
}
_LEFT_OUT = {"script", "style", "title", "object"}
_WROTE = re.compile(r"(?:wrote|schreef):.*$", re.DOTALL)
_SPOILER = re.compile(r"^\s*(?:Le s|S)poiler\s*:?")
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True)
class Run:
    words: str
    looks: frozenset[tuple[str, str]] = frozenset()
    link: str = ""
    place: tuple[str, ...] = ()


def meaning_of(html: str) -> list[Run]:
    """The runs of some HTML, neighbours that differ in nothing joined."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return list(_joined(reader.runs))


def _joined(runs: list[Run]) -> Iterator[Run]:
    held: Run | None = None
    for run in runs:
        words = _BLANK.sub("", run.words)
        if not words:
            continue
        # Pictures, films and rules begin with a NUL, and are runs of their own.
        if held and "\0" not in held.words + words and _differ_in_words(held, run):
            held = replace(held, words=held.words + words)
            continue
        if held:
            yield _shortened(held)
        held = replace(run, words=words)
    if held:
        yield _shortened(held)


def _differ_in_words(one: Run, two: Run) -> bool:
    return replace(one, words="") == replace(two, words="")


def _shortened(run: Run) -> Run:
    """A long address as a link's words is cut differently by everybody."""
    is_cut = run.link and "..." in run.words
    return replace(run, words="(shortened)") if is_cut else run


def address_of(typed: str) -> str:
    """An address, with what may be written in two ways written in one."""
    typed = unquote(typed.strip())
    if typed.startswith("//"):
        typed = "https:" + typed
    match = re.fullmatch(r"(\w+)://([^/?#]*)(.*)", typed, re.DOTALL)
    if match is None:
        return typed
    host = match[2].lower()
    if "xn--" in host:
        host = host.encode().decode("idna")
    path = _BLANK.sub(" ", unicodedata.normalize("NFC", match[3]))
    return f"{match[1].lower()}://{host}{path}".rstrip("/")


@dataclass
class _Element:
    tag: str
    looks: dict[str, str] = field(default_factory=dict)
    link: str | None = None
    place: str = ""
    is_left_out: bool = False
    name: str = ""
    # How many items, rows or cells have begun in it.
    parts: int = 0


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.runs: list[Run] = []
        self._open: list[_Element] = []

    def _add(self, words: str) -> None:
        looks: dict[str, str] = {}
        link, place = "", []
        for element in self._open:
            if element.is_left_out:
                return
            looks |= element.looks
            link = element.link if element.link is not None else link
            if element.place:
                place.append(element.place)
        if "quote-head" in place:
            looks, link, words = {}, "", _WROTE.sub("", words)
        if "spoiler-head" in place:
            looks, words = {}, _SPOILER.sub("", words)
        self.runs.append(Run(words, frozenset(looks.items()), link, tuple(place)))

    def handle_data(self, data: str) -> None:
        is_emoji = self._open and self._open[-1].name == "emoji"
        self._add("\0smilie" if is_emoji and re.fullmatch(r":\w+:", data) else data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag in _VOID:
            self._void(tag, attributes)
            return
        element = _Element(tag, name=attributes.get("class", ""))
        if tag in _LOOKS:
            element.looks[_LOOKS[tag]] = ""
        elif tag == "a" and "href" in attributes:
            element.link = address_of(attributes["href"])
        elif tag in _BLOCKS:
            element.place = _BLOCKS[tag]
        elif tag == "ol":
            element.place = self._numbered(attributes)
        elif tag in _PARTS:
            element.place = self._part(tag, attributes)
        elif tag == "code" and not any(outer.tag == "pre" for outer in self._open):
            element.place = "code"
        self._look(element, attributes.get("style", ""))
        self._align(element, attributes)
        self._leave_out(element, attributes)
        self._open.append(element)

    def _numbered(self, attributes: dict[str, str]) -> str:
        style = re.search(r"list-style-type:\s*([\w-]+)", attributes.get("style", ""))
        typed = style[1] if style else attributes.get("type", "")
        return f"ol{_NUMBERINGS.get(typed, typed)} from {attributes.get('start', '1')}"

    def _part(self, tag: str, attributes: dict[str, str]) -> str:
        around = [outer for outer in self._open if outer.tag in _PARTS[tag]]
        if around:
            around[-1].parts += 1
        place = f"{tag}{around[-1].parts if around else ''}"
        if tag in ("td", "th"):
            style = re.search(r"text-align:\s*(\w+)", attributes.get("style", ""))
            side = attributes.get("align") or (style[1] if style else "")
            spans = [attributes.get(name, "1") for name in ("colspan", "rowspan")]
            place += f" {side} {'x'.join(spans)}"
        return place

    def _look(self, element: _Element, style: str) -> None:
        for pattern, look in _STYLES:
            if re.search(pattern, style):
                element.looks[look] = ""
        colour = re.search(r"(?:^|;)\s*color:\s*([^;]+)", style)
        if colour and (ink := ink_of(colour[1])):
            element.looks["coloured"] = ink
        kind, _, value = element.name.partition("-")
        if kind == "ink":
            element.looks["coloured"] = value
        elif kind in ("size", "face"):
            element.looks[{"size": "sized", "face": "faced"}[kind]] = ""
        elif element.name == "hidden-words":
            element.looks["hidden"] = ""
        elif element.name == "indented":
            element.place = "indented"

    def _align(self, element: _Element, attributes: dict[str, str]) -> None:
        if element.tag == "div":
            style = re.search(r"text-align:\s*(\w+)", attributes.get("style", ""))
            name = re.match(r"align-(\w+)", element.name)
            side = attributes.get("align") or (style or name or ("", ""))[1]
            element.place = f"align-{side}" if side else element.place

    def _leave_out(self, element: _Element, attributes: dict[str, str]) -> None:
        is_film = element.tag == "iframe" or element.name.startswith("media ")
        if is_film or "data-s9e-mediaembed" in attributes:
            self._add("\0film")
            element.is_left_out = True
        elif element.name == "smilie":
            self._add("\0smilie")
            element.is_left_out = True
        elif element.tag in _LEFT_OUT or element.name in ("responsive-hide", "box"):
            element.is_left_out = True
        # What phpBB writes above code.
        is_head = element.tag == "p" and self._open and self._open[-1].name == "codebox"
        element.is_left_out = element.is_left_out or bool(is_head)

    def _void(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "hr":
            self._add("\0rule")
        elif tag == "img":
            name = attributes.get("class", "")
            if "emoji" in name or "smilie" in name:
                self._add("\0smilie")
            else:
                source = address_of(attributes.get("src", ""))
                measure = "x".join(attributes.get(side, "") for side in ("width", "height"))
                self._add(f"\0picture {source} {measure}")

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self._open):
            while self._open.pop().tag != tag:
                pass

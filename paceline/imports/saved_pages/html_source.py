"""The HTML of a post's body back into BB code, as vBulletin 3 once made it from BB code.

Lines and paragraphs stay what they were; quotes keep their author and post; what our BB code has
no tag for keeps its words. Iterative and linear: the depth of a page is not the depth of a stack.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urljoin

from selectolax.lexbor import LexborNode

from paceline.imports.saved_pages import bbcode
from paceline.imports.saved_pages.html_tree import elements_of, tags, text_of, value

# Stand-ins until the whitespace of the whole text is settled; read_text lets none of them through.
_BLANK, _LINE, _BREAK, _PARAGRAPH = "\ue000", "\ue001", "\ue002", "\ue003"

_SIMPLE = {
    "b": "b", "strong": "b", "i": "i", "em": "i", "u": "u", "s": "s", "strike": "s", "del": "s",
    "sub": "sub", "sup": "sup", "center": "center",
}  # fmt: skip
_BLOCKS = tags(
    "div p table tbody tr fieldset blockquote h1 h2 h3 h4 h5 h6 center dl dt dd article section"
    " aside header footer"
)
_SKIPPED = tags(
    "script style noscript template textarea select option object iframe form input button legend"
    " label"
)
_SMILIES = {
    "smile": ":)", "wink": ";)", "frown": ":(", "big grin": ":D", "stick out tongue": ":p",
    "embarrassment": ":o", "roll eyes (sarcastic)": ":rolleyes:", "mad": ":mad:", "cool": ":cool:",
    "eek!": ":eek:", "confused": ":confused:", "talking": ":D", "lol": ":lol:",
}  # fmt: skip
_POST_IN_ADDRESS = re.compile(r"#post(\d{1,18})\b|[?&]p=(\d{1,18})\b|/(\d{1,18})-post\d")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_INSET = re.compile(r"\binset\b", re.IGNORECASE)
_ITALIC = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)
_ALIGN = re.compile(r"(?:text-align\s*:\s*)?(center|right)", re.IGNORECASE)

Closer = Callable[[str], str]


@dataclass(slots=True)
class _Frame:
    """An element that is being written; `resume` is where its parent goes on."""

    close: Closer
    resume: LexborNode | None
    parts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Panel:
    """A box as vBulletin draws it around a quote or code."""

    inner: LexborNode
    close: Closer


def to_source(node: LexborNode, base_url: str = "") -> str:
    """What stands inside `node`, in BB code. `base_url` completes relative addresses."""
    return _settle(_Writer(base_url).write(node))


def post_id_in(url: str) -> int | None:
    """The id of the post that an address of vBulletin leads to."""
    found = _POST_IN_ADDRESS.search(url)
    return int(found[1] or found[2] or found[3]) if found else None


def complete(url: str, base_url: str) -> str:
    """The address made absolute, as it stands where it cannot be."""
    try:
        return urljoin(base_url, url) if base_url and url else url
    except ValueError:
        return url


class _Writer:
    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        self._verbatim = 0

    def write(self, root: LexborNode) -> str:
        frames = [_Frame(lambda body: body, None)]
        node = root.first_child
        while True:
            if node is None:
                frame = frames.pop()
                written = frame.close("".join(frame.parts))
                if not frames:
                    return written
                frames[-1].parts.append(written)
                node = frame.resume
            elif node.tag == "-text":
                frames[-1].parts.append(self._words(node.text_content or ""))
                node = node.next
            elif not node.is_element_node or self._is_skipped(node):
                node = node.next
            else:
                inner, close = self._open(node)
                frames.append(_Frame(close, node.next))
                node = inner.first_child

    def _words(self, text: str) -> str:
        if self._verbatim:
            return text.replace(" ", _BLANK).replace("\t", _BLANK * 4).replace("\n", _LINE)
        return bbcode.literal(re.sub(r"\s+", " ", text))

    def _is_skipped(self, node: LexborNode) -> bool:
        if node.tag in _SKIPPED:
            return True
        # Videos are drawn by script; a link to them stands hidden in front.
        return bool(_HIDDEN.search(value(node, "style"))) and "noshow" not in (node.id or "")

    def _open(self, node: LexborNode) -> tuple[LexborNode, Closer]:
        """The node to go into, and what is made of what is found there."""
        tag = node.tag or ""
        if self._verbatim:
            return node, (lambda body: _LINE + body) if tag == "br" else (lambda body: body)
        if tag in _SIMPLE:
            return node, _around(_SIMPLE[tag])
        if tag == "br":
            return node, lambda body: "\n" + body
        if tag == "hr":
            return node, lambda body: _PARAGRAPH + body
        if tag == "a":
            return node, self._link(value(node, "href"))
        if tag == "img":
            return node, self._picture(node)
        if tag in {"ul", "ol"}:
            return node, _around("list=1" if tag == "ol" else "list", "list", _BREAK)
        if tag == "li":
            return node, lambda body: f"{_BREAK}[*]{_trimmed(body)}{_BREAK}"
        if tag == "pre":
            return node, self._code()
        if tag in {"td", "th"}:
            return node, lambda body: body + " "
        if tag == "blockquote":
            return node, _around("indent", "indent", _BREAK)
        panel = self._panel(node) if tag == "div" else None
        if panel:
            return panel.inner, panel.close
        if tag in {"font", "span"}:
            return node, _coloured(node)
        if tag in _BLOCKS:
            return node, _block(node)
        return node, lambda body: body

    def _link(self, href: str) -> Closer:
        if href.lower().startswith("mailto:"):
            address = href[7:]
            return lambda body: body if _trimmed(body) else address
        url = complete(href, self._base_url)
        return lambda body: bbcode.link(url, body) if _trimmed(body) else body

    def _picture(self, node: LexborNode) -> Closer:
        src, about = value(node, "src"), value(node, "title") or value(node, "alt")
        if "smil" in src.lower() or value(node, "class") == "inlineimg":
            shown = _SMILIES.get(about.lower(), f":{about.lower()}:" if about else "")
            return lambda body: shown + body
        shown = bbcode.picture(complete(src, self._base_url))
        return lambda body: (shown or about) + body

    def _code(self, name: str = "code") -> Closer:
        self._verbatim += 1

        def close(body: str) -> str:
            self._verbatim -= 1
            # Its own end inside would end it early: vBulletin could not hold that either.
            return f"{_BREAK}[{name}]{body.strip(_LINE)}[/{name}]{_BREAK}"

        return close

    def _panel(self, node: LexborNode) -> _Panel | None:
        """The quote or code that `node` draws a box around: a label, then an inset box."""
        children = elements_of(node)
        box = _inset(children[1]) if len(children) == 2 else None
        label = text_of(children[0]).lower() if box else ""
        if box is None or not label.endswith(":") or len(label) > 40:
            return None
        if box.tag == "pre" or "code" in label:
            return _Panel(_only_child(box, "code"), self._code())
        name, post_id, inner = _quoted(box)
        return _Panel(
            inner, lambda body: f"{_BREAK}{bbcode.quote(_trimmed(body), name, post_id)}{_BREAK}"
        )


def _inset(node: LexborNode) -> LexborNode | None:
    """The box itself: the first element with an inset border, at most four levels down."""
    step: LexborNode | None = node
    for _ in range(5):
        if step is None:
            return None
        if step.tag == "pre" or _INSET.search(value(step, "style")):
            return step
        step = next(iter(elements_of(step)), None)
    return None


def _only_child(box: LexborNode, tag: str) -> LexborNode:
    while box.tag != "pre" and [child.tag for child in elements_of(box)] == [tag]:
        box = elements_of(box)[0]
    return box


def _quoted(box: LexborNode) -> tuple[str, int | None, LexborNode]:
    """Who is quoted, which post, and the element with the words."""
    children = elements_of(box)
    if len(children) >= 2 and _ITALIC.search(value(children[1], "style")):
        strong = children[0].css_first("strong")
        if strong is not None:
            hrefs = [value(a, "href") for a in children[0].css("a[href]")]
            return text_of(strong), next(filter(None, map(post_id_in, hrefs)), None), children[1]
    return "", None, box


def _around(opening: str, closing: str = "", edge: str = "") -> Closer:
    name = closing or opening

    def close(body: str) -> str:
        return f"{edge}[{opening}]{body}[/{name}]{edge}" if _trimmed(body) else body

    return close


def _coloured(node: LexborNode) -> Closer:
    color = value(node, "color")
    style = re.search(r"(?:^|;)\s*color\s*:\s*([#\w]{3,20})", value(node, "style"))
    color = color or (style[1] if style else "")
    if re.fullmatch(r"#?\w{3,20}", color):
        return _around(f"color={color}", "color")
    return lambda body: body


def _trimmed(body: str) -> str:
    return body.strip(f" \n{_BREAK}{_PARAGRAPH}")


def _block(node: LexborNode) -> Closer:
    edge = _PARAGRAPH if node.tag == "p" else _BREAK
    aligned = _ALIGN.fullmatch(value(node, "align") or value(node, "style").strip(" ;"))
    if aligned:
        return _around(aligned[1].lower(), "", edge)
    return lambda body: f"{edge}{body}{edge}"


def _settle(text: str) -> str:
    """Blanks, breaks and paragraphs as a reader sees them; what is verbatim stays as it is."""
    text = text.replace("\xa0", " ")
    text = re.sub(r" *([\n\ue002\ue003]) *", r"\1", re.sub(r" {2,}", " ", text))
    text = re.sub(r"[\ue002\ue003]+", _strongest, text)
    text = re.sub(r"\n?\ue002", "\n", text)
    text = re.sub(r"\n*\ue003\n*", "\n\n", text)
    return text.strip("\n ").replace(_BLANK, " ").replace(_LINE, "\n")


def _strongest(found: re.Match[str]) -> str:
    return _PARAGRAPH if _PARAGRAPH in found[0] else _BREAK

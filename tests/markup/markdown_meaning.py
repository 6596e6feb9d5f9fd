"""What HTML of a Markdown program says, whatever the spelling of that program."""

from urllib.parse import unquote

import html5lib

_SAME = {"b": "strong", "i": "em", "s": "del", "strike": "del"}
_SHOWN = ("href", "src", "alt", "title", "start", "align")
_WITHOUT_BLANKS = {
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li", "table", "thead"),
    *("tbody", "tr", "th", "td", "hr", "pre", "section", "br"),
}


def meaning(html: str) -> list[str]:
    """Elements, attributes that say something, and words, in order.

    Blanks around blocks, the end of the last line of code, percent-encoding and the letter case
    of a scheme do not count. A box to tick is `[box]` or `[ticked]`, a call of a footnote
    `[note 1]`; the ways back from footnotes are left out.
    """
    out: list[str] = []
    _read(html5lib.parseFragment(html, namespaceHTMLElements=False), out, is_code=False)
    return _join(out)


def _read(parent, out: list[str], *, is_code: bool) -> None:
    _add_words(parent.text, out, is_code=is_code)
    for child in parent:
        special = _special(child)
        if special is not None:
            out.append(special)
        else:
            name = _SAME.get(child.tag, child.tag)
            if name not in ("div", "span"):
                out.append(f"<{name}{_attributes(child)}>")
            start = len(out)
            _read(child, out, is_code=is_code or name == "pre")
            if name == "pre" and len(out) > start:
                _end_code(out)
            if name not in ("div", "span", "br", "hr", "img"):
                out.append(f"</{name}>")
        _add_words(child.tail, out, is_code=is_code)


def _special(element) -> str | None:
    classes = element.get("class", "")
    if element.tag == "input":
        return "[ticked]" if "checked" in element.attrib else "[box]"
    if classes == "box":
        return "[ticked]" if element.get("aria-label") == "done" else "[box]"
    if element.tag == "sup" and classes.startswith("footnote"):
        return f"[note {''.join(element.itertext())}]"
    if element.tag == "a" and "↩" in "".join(element.itertext()):
        return ""
    return None


def _attributes(element) -> str:
    shown = {name: element.get(name) for name in _SHOWN if element.get(name) is not None}
    for name in ("href", "src"):
        if name in shown:
            scheme, colon, rest = unquote(shown[name]).partition(":")
            shown[name] = scheme.lower() + colon + rest
    if element.tag == "code" and element.get("class"):
        shown["class"] = element.get("class").lower()
    return "".join(f" {name}={value!r}" for name, value in sorted(shown.items()))


def _add_words(text: str | None, out: list[str], *, is_code: bool) -> None:
    if text:
        out.append(text if is_code else " ".join(f" {text} ".split(" ")).replace("\n", " "))


def _end_code(out: list[str]) -> None:
    for at in (-1, -2):
        if not out[at].startswith("<"):
            out[at] = out[at].removesuffix("\n")
            break


def _join(pieces: list[str]) -> list[str]:
    """Words in a row as one, without blanks at the edges of blocks."""
    joined: list[str] = []
    is_code = False
    for piece in pieces:
        is_tag = piece.startswith("<") and piece.endswith(">")
        if not is_tag and joined and not joined[-1].startswith("<"):
            joined[-1] += piece
        elif piece:
            joined.append(piece)
    out: list[str] = []
    for at, piece in enumerate(joined):
        if piece.startswith("<pre"):
            is_code = True
        elif piece.startswith("</pre"):
            is_code = False
        if piece.startswith("<") or is_code:
            out.append(piece)
            continue
        words = " ".join(piece.split())
        before = joined[at - 1] if at else "<p>"
        after = joined[at + 1] if at + 1 < len(joined) else "</p>"
        if piece[:1].isspace() and not _is_block(before):
            words = " " + words
        if piece[-1:].isspace() and words.strip() and not _is_block(after):
            words += " "
        if words.strip() or not (_is_block(before) or _is_block(after)):
            out.append(words)
    return out


def _is_block(piece: str) -> bool:
    return piece.strip("</>").split(" ")[0] in _WITHOUT_BLANKS

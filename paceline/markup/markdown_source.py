"""A Markdown source made ready for the parser, and what was put into it taken out again.

The parser knows neither spoilers nor names nor smilies, and takes any depth of nesting. So lines
that begin and end spoilers become comments with a mark, an escaped character that would begin a
name, a smilie or hidden words gets a mark behind it, and one that would begin a container far to
the right a mark before it. In addresses and names others stand for the characters of emphasis.
Marks are control characters, of which a cleaned source has none; nor may any come of an entity,
so that the mark goes into one that would be one.
"""

import re
from dataclasses import dataclass, field

from paceline.markup.markdown_tables import Fences, has_odd_tables, mend_tables

# Columns in which containers may begin on one line; further right they are text. Bounds how deep
# the parser nests: 300,000 quotes followed by 100,000 lines take it half a minute.
MAX_COLUMNS = 300
MAX_TITLE_CHARS = 200
# Lines that begin or end spoilers in one post; later ones are text.
MAX_MARKS = 2_000

# Keeps the character before it, or after it, from meaning anything.
KEEP = "\x06"
_ESCAPED = re.compile(r"\\(?:\\|([@:;|.])(?![\s*_~]))")
# Addresses and names, in which nothing is emphasis: https://a.example/pkg/__init__.py, @_bo_.
# What stands for * _ ~ in them until they are read are characters that no text holds by rights.
_WHOLE = re.compile(
    r"(?<![\w@./:-])(?<!\]\()(?:(?:(?ai:https?://)|(?:[\w-]++\.)++[\w-]++/|(?ai:www\.))[^\s<>`\[\]|\\]*+"
    r"|@_[\w.-]++)"
)
_EMPHASIS = re.compile(r"[*_~]")
_HIDDEN = str.maketrans("*_~", "\ufdd0\ufdd1\ufdd2")
_SHOWN = str.maketrans("\ufdd0\ufdd1\ufdd2", "*_~")
# 0 becomes U+FFFD, and 9 and 10 are blanks.
_CONTROL = re.compile(
    r"&(?=#(?:0*(?:[1-8]|1[1-9]|2[0-9]|3[01]|12[7-9]|1[34][0-9]|15[0-9])"
    r"|[xX]0*(?:[1-8b-fB-F]|1[0-9a-fA-F]|7[fF]|[89][0-9a-fA-F]));)"
)
_DEEP = re.compile(rf"^[ \t>*+\-0-9.)]{{{MAX_COLUMNS}}}", re.MULTILINE)
_CONTROLS = re.compile("[\x00-\x05\x07\x08\x0b-\x1f\x7f-\x9f]+")
_BLOCK = re.compile(r"^ {0,3}>!|:::", re.MULTILINE)
_OPENING = re.compile(
    r"((?:[ \t>]|[-*+][ \t]|[0-9]{1,9}[.)][ \t])*+):{3,}[ \t]*spoiler\b[ \t]*([^\n]*)",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"([ \t>]*):{3,}[ \t]*\Z")
_REDDIT = re.compile(r" {0,3}>!")
_QUOTED = re.compile(r" {0,3}>!? ?")
# As Reddit ends one within a line.
_QUOTED_END = re.compile(r"!<\s*\Z")
# A mark, with the number of the line it stands for.
_MARK = re.compile(r"<!--\x02([0-9]{1,9})-->")
_MARK_LINE = re.compile(r"([ \t>]*)<!--\x02([0-9]{1,9})-->(\n?)")


@dataclass(frozen=True, slots=True)
class SpoilerLine:
    """A line that begins or ends a spoiler, and how it was typed.

    `is_quote` for one that the parser sees as a block quote around it.
    """

    typed: str
    is_opening: bool
    title: str = ""
    is_quote: bool = False


@dataclass(slots=True)
class Prepared:
    """What the parser reads, and the lines that its marks stand for."""

    text: str
    lines: list[SpoilerLine] = field(default_factory=list)

    def line_of(self, html: str) -> SpoilerLine | None:
        """What a piece of raw HTML stands for, where it is a mark."""
        match = _MARK.fullmatch(html.strip()) if self.lines else None
        number = int(match[1]) if match else len(self.lines)
        return self.lines[number] if number < len(self.lines) else None

    def restore(self, text: str) -> str:
        """As typed, without the marks and without controls, which an entity can make."""
        if text.isprintable():
            return text
        return self.restore_words(text).replace(KEEP, "")

    def restore_words(self, text: str) -> str:
        """The same for words that are still to be read: what keeps names from being any stays."""
        if "\x02" in text:
            text = _MARK_LINE.sub(self._typed, text)
        return _CONTROLS.sub("", text).translate(_SHOWN)

    def _typed(self, match: re.Match[str]) -> str:
        number = int(match[2])
        if number >= len(self.lines):
            return match[1] + match[3]
        line = self.lines[number]
        return "" if line.is_quote else match[1] + line.typed + match[3]


def prepare(source: str) -> Prepared:
    """The source with marks. Takes a cleaned source: no control characters but line ends."""
    text = source
    if "\\" in text:
        text = _ESCAPED.sub(lambda found: found[0] + (KEEP if found[1] else ""), text)
    if "&#" in text:
        text = _CONTROL.sub(f"&{KEEP}", text)
    if ("/" in text or "www." in text or "@_" in text) and _EMPHASIS.search(text):
        text = _WHOLE.sub(_without_emphasis, text)
    text = _DEEP.sub(lambda found: found[0] + KEEP, text)
    prepared = Prepared(text)
    if has_odd_tables(text):
        prepared.text = mend_tables(text)
    if _BLOCK.search(text):
        prepared.text = "\n".join(_Marking(prepared.lines).read(prepared.text.split("\n")))
    return prepared


def _without_emphasis(match: re.Match[str]) -> str:
    """An address or a name whose marks are words; those behind an address may end emphasis."""
    found = match[0]
    end = len(found) if found[0] == "@" else len(found.rstrip("*_~.,:;!?'\")"))
    return found[:end].translate(_HIDDEN) + found[end:]


class _Marking:
    """Goes through the lines once, and puts comments where spoilers begin and end."""

    def __init__(self, marked: list[SpoilerLine]) -> None:
        self._marked = marked
        self._out: list[str] = []
        self._fences = Fences()
        # Within a spoiler of lines that begin with >!, which goes on to a blank line.
        self._is_in_quote = False

    def read(self, lines: list[str]) -> list[str]:
        for number, line in enumerate(lines):
            if len(self._marked) >= MAX_MARKS and not self._is_in_quote:
                return self._out + lines[number:]
            self._read_line(line)
        if self._is_in_quote:
            self._end_quote()
        return self._out

    def _read_line(self, line: str) -> None:
        if self._is_in_quote and not line.strip():
            self._end_quote()
        elif not (self._is_in_quote or self._fences.is_open) and _REDDIT.match(line):
            # Apart from a quote before it.
            self._out.append("")
            self._mark("> ", SpoilerLine("", is_opening=True, is_quote=True))
            self._is_in_quote = True
        is_code = self._fences.take(line)
        if self._is_in_quote:
            self._out.append("> " + _QUOTED_END.sub("", _QUOTED.sub("", line, count=1)))
        elif not is_code and (found := _OPENING.fullmatch(line)):
            title = " ".join(found[2].split())[:MAX_TITLE_CHARS]
            self._mark(found[1], SpoilerLine(line[found.end(1) :], is_opening=True, title=title))
        elif not is_code and (found := _CLOSING.fullmatch(line)):
            self._mark(found[1], SpoilerLine(line[found.end(1) :], is_opening=False))
        else:
            self._out.append(line)

    def _mark(self, indent: str, line: SpoilerLine) -> None:
        self._out.append(f"{indent}<!--\x02{len(self._marked)}-->")
        self._marked.append(line)

    def _end_quote(self) -> None:
        self._mark("> ", SpoilerLine("", is_opening=False, is_quote=True))
        self._is_in_quote = False

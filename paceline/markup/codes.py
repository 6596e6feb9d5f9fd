"""Every name that may stand in square brackets, what it is called here, and how it is read."""

from typing import Literal, NamedTuple

Role = Literal["format", "style", "block", "part", "verbatim", "value", "single", "passed", "own"]


class Code(NamedTuple):
    """How a tag is read.

    "format" and "style" change the look of words up to their partner, "block" stands around
    blocks, "part" (an item, a row, a cell) needs no partner, "verbatim" is shown as typed,
    "value" holds an address, a number or a name, "single" stands alone, "passed" leaves its
    words as they are, "own" was made by the administrator.
    """

    name: str
    role: Role


def _called(name: str, typed: str) -> dict[str, str]:
    """Each of the words `typed` is called `name` here."""
    return dict.fromkeys(typed.split(), name)


def _as_typed(names: str) -> dict[str, str]:
    return {name: name for name in names.split()}


_FORMATS = {
    **_as_typed("b i u s strong em del ins sub sup small kbd"),
    **_called("s", "strike"),
    **_called("mark", "mark highlight hl bg background bgcolor"),
    **_called("kbd", "key"),
    **_called("i", "var"),
    **_called("hidden", "ispoiler inlinespoiler isp"),
}
# Colours that are tags of their own (SMF).
NAMED_INKS = ("red", "blue", "green", "black", "white")
_STYLES = {
    **_as_typed("size style tt big"),
    **_called("color", "color colour"),
    **_called("font", "font face"),
    **dict.fromkeys(NAMED_INKS, "color"),
    **_called("goto", "goto jump jumpto"),
}
_BLOCKS = {
    **_as_typed("list ul ol indent table left right justify align"),
    **_called("quote", "quote blockquote"),
    **_called("spoiler", "spoiler hide details collapse fold"),
    **_called("center", "center centre"),
    **_called("heading", "heading h h1 h2 h3 h4 h5 h6"),
}
_PARTS = {**_as_typed("* tr td th"), **_called("*", "li")}
# Code in the language that the tag's name says.
SPOKEN = frozenset({"php", "html", "sql", "xml", "css", "js", "javascript", "python"})
_VERBATIM = {
    **_called("code", "code codebox syntax geshi pre source"),
    **dict.fromkeys(SPOKEN, "code"),
    **_called("icode", "icode inlinecode c"),
    **_called("noparse", "noparse nobbc plain"),
}
_VALUES = {
    **_called("post", "post snapback"),
    **_called("url", "url iurl link ftp"),
    **_called("email", "email mail"),
    **_called("img", "img img2 image thumb imgl imgr"),
    **_called("thread", "thread topic"),
    **_called("attach", "attach attachment"),
    **_called("member", "mention user member smention"),
    **_called("video", "video media audio ame movie mp3 flash youtube yt vimeo dailymotion"),
    **_called("video", "soundcloud spotify twitch facebook instagram tiktok liveleak metacafe"),
    **_called("video", "strava komoot bandcamp"),
}
_SINGLES = {**_as_typed("hr br"), **_called("anchor", "anchor aname a")}
# Looks that boards do without today, and words of which the title alone would be lost.
_PASSED = _as_typed(
    "acronym abbr float glow shadow move marquee blur flip ltr rtl stroke fade dropshadow outline"
    " rotate noguest article sigpic"
)

_LISTS: tuple[tuple[Role, dict[str, str]], ...] = (
    ("format", _FORMATS),
    ("style", _STYLES),
    ("block", _BLOCKS),
    ("part", _PARTS),
    ("verbatim", _VERBATIM),
    ("value", _VALUES),
    ("single", _SINGLES),
    ("passed", _PASSED),
)
CODES: dict[str, Code] = {
    typed: Code(name, role) for role, names in _LISTS for typed, name in names.items()
}

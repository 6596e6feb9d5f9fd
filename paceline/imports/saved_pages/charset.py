"""Bytes of a saved page to text, by evidence rather than by what the page says of itself.

Browsers and crawlers save in UTF-8 and leave the old declaration standing, so bytes that are
valid UTF-8 are read as that; then the declared charset counts, where Latin-1 means Windows-1252
as in every browser (WHATWG Encoding, https://encoding.spec.whatwg.org/#names-and-labels).
"""

import codecs
import re
from typing import NamedTuple

from paceline.imports.saved_pages.page import NotAPage

MOST_BYTES = 32 * 1024 * 1024  # a thread of a thousand long posts on one page has a tenth of it

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_DECLARED_WITHIN = 8192  # bytes; browsers look at the first 1024, saved pages get comments on top
# Codecs that stand for text of the web; Python has others that are slow or no charsets at all.
_KNOWN = re.compile(
    r"utf-?8|utf-?16([bl]e)?|iso-?8859-?\d+|windows-?\d+|cp\d+|koi8-?[rtu]|latin-?\d+|gbk|gb2312"
    r"|gb18030|big5(-hkscs)?|shift[_-]?jis|sjis|euc-(jp|kr)|iso-2022-(jp|kr)|tis-620|us-ascii"
)
_READ_AS_1252 = re.compile(r"us-ascii|iso-?8859-?1|latin-?1|windows-?1252|cp1252")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ue000-\ue00f\ufeff]")
_C1 = re.compile("[\x80-\x9f]")
# UTF-8 read as Windows-1252: two letters for one of U+0080 to U+00FF, three for the typographic
# signs (U+2000 to U+2FFF), four for pictures above U+FFFF. Other lead letters occur in real words.
_MIXED_UP = re.compile(
    "[\xc2\xc3][\x80-\xbf\u0152-\u2122]"
    "|\xe2[\x80-\x9f\u0152-\u2122][\x80-\xbf\u0152-\u2122]"
    "|\xf0[\x80-\xbf\u0152-\u2122]{3}"
)


class Decoded(NamedTuple):
    """The text with one kind of line end, its charset, and how many letters were mended."""

    text: str
    charset: str
    mended: int


def read_text(data: bytes) -> Decoded:
    """The text of a file. Raises NotAPage where it is empty, too long, or holds no text."""
    if not data.strip():
        raise NotAPage("The file is empty.")
    if len(data) > MOST_BYTES:
        most = MOST_BYTES // 1024 // 1024
        raise NotAPage(f"The file is larger than {most} MB: no saved page is.")
    text, charset = _decode(data)
    if _is_binary(text):
        raise NotAPage("The file is not text: it may be a picture, an archive or a program.")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    text, mended_c1 = _C1.subn(_as_1252, _CONTROL.sub("", text))
    text, mended = _MIXED_UP.subn(_as_utf8, text)
    return Decoded(text, charset, mended_c1 + mended)


def _decode(data: bytes) -> tuple[str, str]:
    for bom, charset in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(charset, "replace"), charset
    declared = _declared(data)
    if "2022" not in declared:  # those are written in ASCII
        try:
            return data.decode("utf-8"), "utf-8"
        except UnicodeDecodeError:
            pass
    if declared in {"", "utf-8", "utf8"}:
        # Some of it is UTF-8 and some is not: each line is taken for itself.
        return "\n".join(_decode_line(line) for line in data.split(b"\n")), "utf-8 and cp1252"
    return data.decode(declared, "replace"), declared


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data, 0, _DECLARED_WITHIN)
    name = found[1].decode("ascii").lower() if found else ""
    if not _KNOWN.fullmatch(name):
        return ""
    if _READ_AS_1252.fullmatch(name):
        return "cp1252"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""


def _decode_line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def _is_binary(text: str) -> bool:
    """Whether one character in fifty is none that a page has; pages have next to none."""
    strange = len(_CONTROL.findall(text)) + text.count("\ufffd")
    return strange > 2 and strange * 50 > len(text)


def _as_1252(found: re.Match[str]) -> str:
    return bytes([ord(found[0])]).decode("cp1252", "ignore")


def _as_utf8(found: re.Match[str]) -> str:
    try:
        return found[0].encode("cp1252").decode("utf-8")
    except UnicodeError:
        return found[0]

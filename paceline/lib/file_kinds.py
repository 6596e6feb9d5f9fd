"""What kind of file this is, told by how it begins and never by what it is called."""

import re
from dataclasses import dataclass

# So many first bytes tell every kind below; the longest that are looked at are XML's comments.
HEAD_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file. `media_type` is what it is served as; the first extension is its own.

    `is_picture` kinds are decoded and written anew; all others are kept as they came.
    """

    name: str
    words: str
    media_type: str
    extensions: tuple[str, ...]
    is_picture: bool = False


_BINARY = "application/octet-stream"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("jpeg", "JPEG picture", "image/jpeg", ("jpg", "jpeg", "jpe", "jfif"), is_picture=True),
        Kind("png", "PNG picture", "image/png", ("png",), is_picture=True),
        Kind("gif", "GIF picture", "image/gif", ("gif",), is_picture=True),
        Kind("webp", "WebP picture", "image/webp", ("webp",), is_picture=True),
        Kind("avif", "AVIF picture", "image/avif", ("avif",), is_picture=True),
        Kind("pdf", "PDF document", "application/pdf", ("pdf",)),
        Kind("txt", "plain text", "text/plain; charset=utf-8", ("txt", "csv", "log", "md", "tcx")),
        Kind("gpx", "GPX track", _BINARY, ("gpx",)),
        Kind("fit", "FIT activity", _BINARY, ("fit",)),
        Kind("zip", "ZIP archive", "application/zip", ("zip", "kmz")),
        Kind("docx", "Word document", f"{_OFFICE}.wordprocessingml.document", ("docx",)),
        Kind("xlsx", "Excel table", f"{_OFFICE}.spreadsheetml.sheet", ("xlsx",)),
        Kind("pptx", "PowerPoint slides", f"{_OFFICE}.presentationml.presentation", ("pptx",)),
        Kind("odt", "OpenDocument text", f"{_OPEN}.text", ("odt",)),
        Kind("ods", "OpenDocument table", f"{_OPEN}.spreadsheet", ("ods",)),
        Kind("epub", "EPUB book", "application/epub+zip", ("epub",)),
        Kind("gz", "gzip archive", "application/gzip", ("gz", "tgz")),
        Kind("7z", "7-Zip archive", "application/x-7z-compressed", ("7z",)),
        Kind("mp3", "MP3 sound", "audio/mpeg", ("mp3",)),
        Kind("ogg", "Ogg sound", "audio/ogg", ("ogg", "oga", "opus")),
        Kind("flac", "FLAC sound", "audio/flac", ("flac",)),
        Kind("wav", "WAV sound", "audio/wav", ("wav",)),
        Kind("m4a", "AAC sound", "audio/mp4", ("m4a",)),
        Kind("mp4", "MP4 film", "video/mp4", ("mp4", "m4v")),
        Kind("webm", "WebM film", "video/webm", ("webm",)),
    )
}
PICTURES = tuple(kind.name for kind in KINDS.values() if kind.is_picture)

_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"GIF87a", "gif"),
    (0, b"GIF89a", "gif"),
    (0, b"%PDF-", "pdf"),
    (8, b".FIT", "fit"),
    (0, b"\x1f\x8b\x08", "gz"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z"),
    (0, b"ID3", "mp3"),
    (0, b"OggS", "ogg"),
    (0, b"fLaC", "flac"),
)
# https://www.ftyps.com: the brand that an ISO file states first.
_BRANDS = {
    b"avif": "avif",
    b"avis": "avif",
    b"M4A ": "m4a",
    b"M4V ": "mp4",
    b"mp41": "mp4",
    b"mp42": "mp4",
    b"isom": "mp4",
    b"iso2": "mp4",
    b"iso4": "mp4",
    b"iso5": "mp4",
    b"iso6": "mp4",
    b"avc1": "mp4",
    b"dash": "mp4",
}
_STATED_IN_ZIP = {
    b"application/epub+zip": "epub",
    f"{_OPEN}.text".encode(): "odt",
    f"{_OPEN}.spreadsheet".encode(): "ods",
}
_FOLDERS_IN_ZIP = {b"word/": "docx", b"xl/": "xlsx", b"ppt/": "pptx"}
# The first element of a text that is markup, behind a byte order mark, declarations, comments.
_BEFORE_ROOT = re.compile(r"\s*(?:<\?[^>]*>\s*|<!--.*?-->\s*|<!doctype[^>\[]*>\s*)*", re.I | re.S)
_MARKUP = re.compile(r"<(?:[a-z!/?])", re.I)
_GPX = re.compile(r"<gpx[\s>]")


def kind_of(head: bytes, tail_names: bytes = b"") -> str:
    """The name of the kind of a file that begins with `head`, empty where none is known.

    `tail_names` is the end of the file, where a ZIP lists what it holds. What a browser
    would run (HTML, SVG, other XML than GPX) is no known kind, whatever stands around it.
    """
    for at, signature, name in _SIGNATURES:
        if head[at : at + len(signature)] == signature:
            return name
    if head[:4] == b"RIFF":
        return {b"WEBP": "webp", b"WAVE": "wav"}.get(head[8:12], "")
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "")
    if head[:4] == b"\x1aE\xdf\xa3":
        return "webm" if b"webm" in head[:64] else ""
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _kind_of_zip(head, tail_names)
    # An MPEG frame without a tag before it: layer III, and neither rate reserved.
    if len(head) > 3 and head[0] == 0xFF and head[1] in (0xFA, 0xFB, 0xF2, 0xF3):
        return "mp3" if head[2] & 0xF0 != 0xF0 and head[2] & 0x0C != 0x0C else ""
    return _kind_of_text(head)


def _kind_of_zip(head: bytes, tail: bytes) -> str:
    # OpenDocument and EPUB state themselves in a first entry that is not compressed.
    if head[30:38] == b"mimetype":
        for stated, name in _STATED_IN_ZIP.items():
            if head[38 : 38 + len(stated)] == stated:
                return name
        return "zip"
    if b"[Content_Types].xml" in head or b"[Content_Types].xml" in tail:
        for folder, name in _FOLDERS_IN_ZIP.items():
            if folder in tail or folder in head:
                return name
    return "zip"


def _kind_of_text(head: bytes) -> str:
    if not head or b"\0" in head:
        return ""
    try:
        text = head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # A head may end in the middle of a letter.
        if error.reason != "unexpected end of data" or len(head) - error.start > 3:
            return ""
        text = head[: error.start].decode("utf-8-sig")
    if any(ord(sign) < 32 and sign not in "\t\n\r\f" for sign in text):
        return ""
    before = _BEFORE_ROOT.match(text)
    rest = text[before.end() if before else 0 :]
    if _GPX.match(rest):
        return "gpx"
    return "" if _MARKUP.match(rest) else "txt"

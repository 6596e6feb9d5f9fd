import zipfile
from io import BytesIO

import pytest

from paceline.lib.file_kinds import HEAD_BYTES, KINDS, kind_of
from tests import samples


def stated(words: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("mimetype", words)
        file.writestr("content.xml", "<a/>")
    return out.getvalue()


def office(folder: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr(f"{folder}/document.xml", "<a/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        *((samples.picture(kind.upper()), kind) for kind in ("jpeg", "png", "gif", "webp", "avif")),
        (samples.PDF, "pdf"),
        (b"Just words.\n", "txt"),
        ("Ümläut, кириллица".encode(), "txt"),
        (b"\xef\xbb\xbfwith a mark", "txt"),
        (b"a,b\n1,2\n", "txt"),
        (b'<?xml version="1.0"?>\n<!-- a ride -->\n<gpx version="1.1">', "gpx"),
        (b"\x0e\x10\xd9\x07\0\0\0\0.FIT\0\0", "fit"),
        (samples.archive(a="x"), "zip"),
        (b"PK\x05\x06" + b"\0" * 18, "zip"),
        (office("word"), "docx"),
        (office("xl"), "xlsx"),
        (office("ppt"), "pptx"),
        (stated(b"application/vnd.oasis.opendocument.text"), "odt"),
        (stated(b"application/vnd.oasis.opendocument.spreadsheet"), "ods"),
        (stated(b"application/epub+zip"), "epub"),
        (b"\x1f\x8b\x08\0", "gz"),
        (b"7z\xbc\xaf\x27\x1c\0", "7z"),
        (b"ID3\x04\0", "mp3"),
        (b"\xff\xfb\x90\x64\0", "mp3"),
        (b"OggS\0", "ogg"),
        (b"fLaC\0", "flac"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "wav"),
        (b"\0\0\0\x1cftypM4A \0\0\0\0", "m4a"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0", "mp4"),
        (b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm", "webm"),
    ],
)
def test_a_kind_is_told_by_its_content(data, kind):
    assert kind_of(data[:HEAD_BYTES], data[-65536:]) == kind
    assert kind in KINDS


@pytest.mark.parametrize(
    "data",
    [
        b"",
        samples.SVG,
        b"<svg onload=alert(1)>",
        b"\xef\xbb\xbf  <!-- hello -->\n<!DOCTYPE html><html>",
        b"<script>alert(1)</script>",
        b"<!-- never ends",
        b"<?xml version='1.0'?><x:script xmlns:x='http://www.w3.org/1999/xhtml'>",
        b"MZ\x90\0\x03",
        b"\x7fELF\x02",
        b"\0\0\0\x18ftypheic\0\0\0\0",
        b"BM6\0\0\0",
        b"II*\0",
        b"caf\xe9 in latin letters",
        b"bell \x07",
        b"\xff\xfe<\0s\0v\0g\0",
        b"%!PS-Adobe-3.0",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    ],
)
def test_what_browsers_run_and_what_nobody_knows_is_no_kind(data):
    assert kind_of(data) in ("", "txt") if data.startswith(b"%!PS") else kind_of(data) == ""


def test_a_head_may_end_in_the_middle_of_a_letter():
    assert kind_of(("é" * HEAD_BYTES).encode()[: HEAD_BYTES - 1]) == "txt"


def test_every_kind_has_an_extension_that_no_other_has():
    extensions = [extension for kind in KINDS.values() for extension in kind.extensions]

    assert len(extensions) == len(set(extensions))

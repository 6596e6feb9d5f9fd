import pytest

from paceline.imports.saved_pages import charset
from paceline.imports.saved_pages.charset import read_text
from paceline.imports.saved_pages.page import NotAPage


def test_utf_8_is_read_whatever_the_page_declares():
    data = '<meta charset="iso-8859-1">café – naïve'.encode()

    assert read_text(data).text.endswith("café – naïve")


@pytest.mark.parametrize("declared", ["ISO-8859-1", "us-ascii", "windows-1252", "latin1"])
def test_latin_1_means_windows_1252(declared):
    data = f'<meta charset="{declared}">It’s “fine”…'.encode("cp1252")

    assert read_text(data).text.endswith("It’s “fine”…")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("windows-1251", "Привет"),
        ("gb2312", "你好"),
        ("shift_jis", "こんにちは"),
        ("iso-2022-jp", "今日"),
    ],
)
def test_other_charsets_are_read_as_declared(name, words):
    data = f'<meta charset="{name}">{words}'.encode(name)

    assert read_text(data).text.endswith(words)


@pytest.mark.parametrize("name", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_decides(name):
    assert read_text("Grüße".encode(name)).text == "Grüße"


def test_mixed_lines_are_read_each_for_itself():
    data = "café".encode() + b"\n" + "naïve".encode("cp1252")

    assert read_text(data).text == "café\nnaïve"


@pytest.mark.parametrize("declared", ["punycode", "rot13", "zlib", "utf-7", "nonsense"])
def test_codecs_that_are_no_charsets_of_pages_are_passed_over(declared):
    data = f'<meta charset="{declared}">café'.encode("cp1252")

    assert read_text(data).text.endswith("café")


def test_letters_that_were_read_wrongly_once_are_mended_and_counted():
    decoded = read_text("Itâ€™s 20Â° in the cafÃ©, Sape\x92s too".encode())

    assert decoded.text == "It’s 20° in the café, Sape’s too"
    assert decoded.mended == 4


def test_words_that_merely_look_mixed_up_are_left_alone():
    text = "«CAFÉ» À propos, Ångström, Âge, â la carte"

    assert read_text(text.encode()).text == text


def test_line_ends_are_made_one_kind_and_controls_go():
    assert read_text(b"one\r\ntwo\rthree and a long line\x07 that is text").text == (
        "one\ntwo\nthree and a long line that is text"
    )


@pytest.mark.parametrize(
    "data", [b"", b"  \n\t ", bytes(range(256)) * 40, b"\x89PNG\r\n\x1a\n" + b"\x00" * 500]
)
def test_what_is_no_text_is_refused_with_a_sentence(data):
    with pytest.raises(NotAPage) as refusal:
        read_text(data)
    assert refusal.value.sentence.endswith(".")


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(charset, "MOST_BYTES", 1024 * 1024)

    with pytest.raises(NotAPage, match="1 MB"):
        read_text(b"a" * (1024 * 1024 + 1))

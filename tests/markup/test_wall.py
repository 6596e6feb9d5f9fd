"""The walls, tried with inputs that nobody here wrote and with inputs that nobody would write."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paceline.markup import addresses, tree, wall
from paceline.markup.addresses import safe_address
from paceline.markup.builder import VISIBLE
from paceline.markup.render import render
from paceline.markup.source import clean_source
from tests.markup.checks import (
    assert_safe,
    assert_safe_address,
    assert_sound,
    read_by_browser,
    read_cases,
)
from tests.markup.sources import SOURCES

XSS = [
    *("xss/payload_lists.json", "xss/payloads_by_technique.json", "xss/dompurify_expect.json"),
    *("xss/html5lib_sanitizer.json", "xss/bleach_clean.json", "xss/upload_files.json"),
]
BBCODE = [
    *("bbcode/bbob_html.json", "bbcode/dcwatson_bbcode.json", "bbcode/phpbb_tickets.json"),
    *("bbcode/phpbb_default_formatting.json", "bbcode/phpbb_legacy_firstpass.json"),
    *("bbcode/phpbb_message_parser.json", "bbcode/s9e_bbcode_parsing.json"),
    *("bbcode/s9e_fatdown_bundle.json", "bbcode/s9e_forum_bundle.json"),
    *("bbcode/s9e_media_embed.json", "bbcode/s9e_predefined_bbcodes.json"),
    "bbcode/s9e_url_filter.json",
]
# Everywhere that words of a member end up in the page.
PLACES = [
    *("{}", "[url={}]x[/url]", '[url="{}"]x[/url]', "[url]{}[/url]", "[img]{}[/img]"),
    *("[quote={}]x[/quote]", '[quote="{};5"]x[/quote]', "[spoiler={}]x[/spoiler]"),
    *("[email]{}[/email]", "[email={}]x[/email]", "[code]{}[/code]", "[list={}][*]x[/list]"),
    *("http://a.example/{}", '@"{}"', "[color={}]x[/color]"),
]


def _attack(case: dict[str, Any]) -> str:
    return str(case["input"] if "input" in case else case["content"])


@pytest.mark.parametrize("path", XSS)
def test_no_attack_reaches_a_reader(shared, path):
    for case in read_cases(shared, path):
        for place in PLACES:
            assert_sound(place.replace("{}", _attack(case)))


@pytest.mark.parametrize("path", BBCODE)
def test_posts_of_other_boards_are_taken(shared, path):
    for case in read_cases(shared, path):
        if "input" in case:
            assert_sound(case["input"])


@pytest.mark.parametrize("path", XSS)
def test_the_second_wall_stands_alone(shared, path):
    for case in read_cases(shared, path):
        assert_safe(wall.clean(_attack(case)))


@given(SOURCES)
def test_any_source_renders_soundly(source):
    assert_sound(source)


@given(
    st.sampled_from(
        [
            *("http://", "www.", "[url=http://", "[url]http://x", "[img]https://h/"),
            *("[url=mailto:a@", "@", '[quote="', "[spoiler=", "[quote="),
        ]
    ),
    st.text(max_size=30),
    st.sampled_from(["", "]", "]x[/url]", "[/url]", "[/img]", '"]x[/quote]', "]x[/spoiler]"]),
)
def test_any_argument_renders_soundly(start, middle, end):
    assert_sound(start + middle + end)


@given(st.text())
def test_words_come_out_as_they_went_in(words):
    """As text, and as a browser reads the HTML: no markup is made of words, and none is lost."""
    typed = words.translate(dict.fromkeys(map(ord, "[]@:;"))).replace("www.", "")
    rendered = assert_sound(typed)

    seen = VISIBLE.findall(clean_source(typed))
    assert VISIBLE.findall(rendered.text) == seen
    assert VISIBLE.findall(read_by_browser(rendered.html)) == seen


@given(st.text(max_size=40))
def test_an_address_that_is_let_through_is_safe(typed):
    for start in ("", "http://", "https://", "mailto:", "javascript:", "//"):
        address = safe_address(start + typed)
        if address is not None:
            assert_safe_address(address)
            assert not any(c.isspace() or c in '<>"\\' for c in address)


@pytest.mark.parametrize("address", ["javascript:x", "/\\\\x", "//x", "http://a b", 'http://"', ""])
def test_the_tree_holds_no_unsafe_address(address):
    with pytest.raises(ValueError, match="address"):
        tree.Link(address)
    with pytest.raises(ValueError, match="address"):
        tree.Image(address, "")
    with pytest.raises(ValueError, match="address"):
        tree.Image("mailto:bo@a.example", "")


def test_a_very_long_text_passes_the_wall_in_parts():
    html = render("&" * 30_000 + "<").html

    assert html == "<p>" + "&amp;" * 30_000 + "&lt;</p>"


@given(st.from_regex(addresses._USUAL, fullmatch=True).filter(lambda typed: len(typed) <= 2_000))
def test_the_second_wall_lets_every_usual_address_pass(address):
    assert safe_address(address) == address
    assert wall.lets_link_pass(address)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paceline.markup.custom_codes import MAX_USES, check_custom_code, expand_custom_codes
from paceline.markup.options import CustomCode, Options
from paceline.markup.render import Facts, parse, render
from paceline.markup.serialize import to_html
from tests.markup.checks import assert_safe
from tests.markup.sources import SOURCES
from tests.steps import steps

CODES = (
    CustomCode("loud", "[b][color=red]{text}[/color][/b]"),
    CustomCode("wiki", "[url=https://wiki.example/{text:url-part}]{text}[/url]"),
    CustomCode("route", "[url=https://map.example/{option:number}]{text}[/url]"),
    CustomCode("paint", "[color={option:color}]{text}[/color]"),
    CustomCode("see", "[url={option:url}]{text}[/url]"),
    CustomCode("by", "[quote={option}]{text}[/quote]"),
    CustomCode("write", "[email={option:email}]{text}[/email]"),
    CustomCode("line", "[hr]"),
    CustomCode("deep", "[loud]{text}[/loud]"),
)


def html_of(source):
    return render(source, Options(custom_codes=CODES, nofollow=False)).html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("[loud]x [i]y[/i][/loud]z",
         '<p><b><span class="ink-30">x <i>y</i></span></b>z</p>'),
        ("[LOUD]x[/loud]", '<p><b><span class="ink-30">x</span></b></p>'),
        # Nothing in the content ends what the template began.
        ("[loud]x[/color][/b]y[/loud]", '<p><b><span class="ink-30">x[/color][/b]y</span></b></p>'),
        ("[wiki]Chain & ring[/wiki]",
         '<p><a href="https://wiki.example/Chain%20%26%20ring" rel="noopener">Chain &amp; ring</a>'
         "</p>"),
        ("[route=12]x[/route]", '<p><a href="https://map.example/12" rel="noopener">x</a></p>'),
        ("[route=12/../x]x[/route]", "<p>[route=12/../x]x[/route]</p>"),
        ("[route]x[/route]", "<p>[route]x[/route]</p>"),
        ("[paint=#c00;y]x[/paint]", '<p><span class="ink-30">x</span></p>'),
        ("[see=http://a.example/x]y[/see]",
         '<p><a href="http://a.example/x" rel="noopener">y</a></p>'),
        ("[see=javascript:x]y[/see]", "<p>[see=javascript:x]y[/see]</p>"),
        ('[by=Bo"]x[/by]', '<blockquote class="quote"><cite>Bo wrote:</cite><p>x</p></blockquote>'),
        ("[write=a@b.example]x[/write]",
         '<p><a href="mailto:a@b.example" rel="noopener">x</a></p>'),
        ("a[line]b", "<p>a</p><hr><p>b</p>"),
        ("[code][loud]x[/loud][/code]", "<pre><code>[loud]x[/loud]</code></pre>"),
        ("[loud]x", "<p>[loud]x</p>"),
        # No code calls another one.
        ("[deep]x[/deep]", "<p>[loud]x[/loud]</p>"),
    ],
)  # fmt: skip
def test_codes_of_the_board(source, html):
    assert html_of(source) == html


@pytest.mark.parametrize(
    ("name", "template", "wrong"),
    [
        ("loud", "[b]{text}[/b]", ""),
        ("line", "[hr]", ""),
        ("twice", "[url=http://a.example/{text:word}]{text}[/url]", ""),
        ("b", "{text}", "already"),
        ("Loud!", "{text}", "name"),
        ("loud", "", "characters"),
        ("loud", "x" * 1001, "characters"),
        ("loud", "[b]{text}", "partner"),
        ("loud", "{text}[/b]", "partner"),
        ("loud", "{text}{text}", "once"),
        ("loud", "{html}", "placeholder"),
        ("loud", "{text:html}", "placeholder"),
    ],
)
def test_a_template_that_cannot_work_is_refused_with_a_sentence(name, template, wrong):
    sentence = check_custom_code(name, template)
    assert bool(sentence) is bool(wrong)
    assert wrong in sentence


def test_a_code_that_would_be_refused_is_passed_over():
    codes = (CustomCode("bad", "[b]{text}"), CustomCode("b", "x"))
    assert render("[bad]x[/bad][b]y[/b]", Options(custom_codes=codes)).html == (
        "<p>[bad]x[/bad]<b>y</b></p>"
    )


def test_html_in_a_template_is_text():
    codes = (CustomCode("x", "<script>{text}</script>"),)
    html = render("[x]<b>[/x]", Options(custom_codes=codes)).html
    assert html == "<p>&lt;script&gt;&lt;b&gt;&lt;/script&gt;</p>"


def test_uses_are_bounded():
    source = "[line]" * (MAX_USES + 50)
    assert expand_custom_codes(source, CODES).count("[line]") == 50


@given(SOURCES, st.sampled_from(CODES), st.text(max_size=20))
def test_no_use_of_a_code_is_unsafe(source, code, option):
    typed = f"[{code.name}={option}]{source}[/{code.name}]"
    for use in (typed, f"[{code.name}]{source}[/{code.name}]"):
        parsed = parse(use, Options(custom_codes=CODES))
        assert_safe(to_html(parsed.document, Facts(), nofollow=True))


@pytest.mark.parametrize(
    "unit", ["[loud]", "[loud]x[/loud]", "[wiki]", "[/wiki]", "[line]", "[see="]
)
def test_work_grows_with_the_source(unit):
    options = Options(custom_codes=CODES)
    few, many = (steps(render, unit * (size // len(unit)), options) for size in (8_000, 32_000))
    assert many < 4.5 * few + 500

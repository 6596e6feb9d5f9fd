import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paceline.markup.render import QuoteRef, quote_source, render
from tests.markup.checks import assert_sound
from tests.markup.sources import SOURCES


def test_a_quote_names_the_post_and_leaves_out_what_it_quotes_itself():
    source = "[quote=Cy;6]Really?[quote]x[/quote][/quote]\nYes, [b]really[/b]."

    assert quote_source("Bo", 7, source) == '[quote="Bo;7"]Yes, [b]really[/b].[/quote]'


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("a[/quote]b", "ab"),
        ("a[quote]b", "ab"),
        ("a[b]b", "ab"),
        ("a[code]b", "ab"),
        ("[code]a[/quote]b[/code]", "[code]a[/quote]b[/code]"),
        ("[quote][b]1[/quote]2[/b]", "2"),
    ],
)
def test_tags_without_partner_are_left_out(source, kept):
    assert quote_source("Bo", 7, source) == f'[quote="Bo;7"]{kept}[/quote]'


@pytest.mark.parametrize("name", ['a"b', "a]b", "a;5", "a\\", 'a\\"]', "a, post: 5", "[/quote]"])
def test_any_name_can_be_quoted(name):
    assert render(quote_source(name, 7, "x")).quotes == (QuoteRef(name, 7),)


@settings(deadline=None)
@given(st.text(min_size=1, max_size=60), st.integers(min_value=1, max_value=2**63 - 1), SOURCES)
def test_a_quoted_post_stays_inside_its_quote(name, post_id, source):
    name = " ".join(render(name + ".").text.replace("@", "").split())
    rendered = assert_sound(quote_source(name, post_id, source) + "\n\nMy reply")

    if not rendered.quotes:
        # Of an empty quote nothing is left but a place to lead to.
        assert rendered.text == "My reply"
    else:
        assert rendered.quotes[0] == QuoteRef(name, post_id)
        assert rendered.text == "My reply"
        assert rendered.html.endswith("</blockquote><p>My reply</p>")


@settings(deadline=None)
@given(SOURCES, st.sampled_from(["markdown", "plain"]))
def test_a_post_in_another_language_stays_inside_its_quote_too(source, language):
    quote = quote_source("Bo", 7, source, language=language)
    rendered = assert_sound(quote + "\n\nMy reply")

    assert rendered.text == "My reply"
    assert rendered.quotes in ((), (QuoteRef("Bo", 7),))


def test_a_name_may_begin_with_a_quotation_mark():
    for name in ('".', '"', '"a', "'b"):
        assert render(quote_source(name, 7, "x")).quotes == (QuoteRef(name, 7),)

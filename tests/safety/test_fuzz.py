"""What must hold for any post at all, in any language, on any board."""

from hypothesis import given, settings
from hypothesis import strategies as st

from paceline.markup.excerpt import plain_excerpt
from paceline.markup.plain import words_of
from paceline.markup.render import LANGUAGES, quote_source, render
from tests.safety.eyes import tree_of_html5lib, tree_of_lexbor
from tests.safety.soundness import assert_sound, assert_words, facts_that_say
from tests.safety.sources import ATTACKS, OPTIONS, POSTS

_NAMES = st.one_of(st.just("x"), ATTACKS, st.text(max_size=20))


@settings(max_examples=400, deadline=None)
@given(POSTS, OPTIONS, _NAMES)
def test_any_post_is_sound_on_any_board(post, options, name):
    source, language = post
    assert_sound(source, language, facts_that_say(name), options)
    assert_sound(source, language, None, options)


@settings(deadline=None)
@given(POSTS)
def test_two_parsers_see_the_same_tree(post):
    html = render(post[0], language=post[1]).html
    assert tree_of_html5lib(html) == tree_of_lexbor(html)


@settings(deadline=None)
@given(POSTS)
def test_the_same_source_is_always_the_same_post(post):
    assert render(post[0], language=post[1]) == render(post[0], language=post[1])


@settings(deadline=None)
@given(POSTS)
def test_words_of_a_post_are_words_again(post):
    """However often what a post says is taken as something to say: no marks come of it."""
    text = render(post[0], language=post[1]).text
    again = render(text, language="plain")
    assert_words(again.text)
    assert_words(words_of(again.html))
    assert_words(plain_excerpt(text or "x", 60))
    assert render(again.text, language="plain").text == again.text


@settings(deadline=None)
@given(POSTS, _NAMES, st.sampled_from(LANGUAGES))
def test_any_post_can_be_quoted(post, name, language):
    quoted = quote_source(name, 7, post[0])
    assert_sound(quoted + "\n\nyes", language)

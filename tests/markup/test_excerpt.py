import pytest
from hypothesis import given
from hypothesis import strategies as st

from paceline.markup.render import plain_excerpt


@pytest.mark.parametrize(
    ("text", "limit", "excerpt"),
    [
        ("Short.", 10, "Short."),
        ("Two\n\n lines", 10, "Two lines"),
        ("One two three", 8, "One two…"),
        ("One two three", 7, "One…"),
        ("One, two", 6, "One…"),
        ("Onetwothree", 5, "Onet…"),
        ("", 5, ""),
    ],
)
def test_an_excerpt_is_cut_at_a_word(text, limit, excerpt):
    assert plain_excerpt(text, limit) == excerpt


@given(st.text(), st.integers(min_value=1, max_value=40))
def test_an_excerpt_is_never_longer_than_asked(text, limit):
    excerpt = plain_excerpt(text, limit)

    assert len(excerpt) <= limit
    assert "\n" not in excerpt


def test_an_excerpt_of_nothing_cannot_be_asked_for():
    with pytest.raises(ValueError, match="at least one"):
        plain_excerpt("x", 0)

"""What a reader types into the search box."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paceline.search.query import MOST_TERMS, Term, read_query


def terms(typed: str) -> tuple[list[str], list[str]]:
    """The wanted and the unwanted, a star after a beginning."""

    def written(term: Term) -> str:
        return " ".join(term.words) + ("*" if term.is_beginning else "")

    query = read_query(typed)
    return [written(t) for t in query.wanted], [written(t) for t in query.unwanted]


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("Back PAIN", ["back", "pain"], []),
        ('"back pain" saddle', ["back pain", "saddle"], []),
        ("“back pain”", ["back pain"], []),
        ("saddle -leather", ["saddle"], ["leather"]),
        ('saddle -"brooks b17"', ["saddle"], ["brooks b17"]),
        ("cycl* a*", ["cycl*", "a"], []),
        ('"back pai"*', ["back pai*"], []),
        ("e-mail", ["e mail"], []),
        ("pain pain", ["pain"], []),
        ("-only", [], ["only"]),
        ('" - -- "" * !', [], []),
        ("NEAR(a b) AND title:x", ["near a", "b", "and", "title x"], []),
    ],
)
def test_terms_are_read_as_a_reader_means_them(typed, wanted, unwanted):
    assert terms(typed) == (wanted, unwanted)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("自転車", ["自転 転車"]),
        ("車", ["車*"]),
        ("go車", ["go 車*"]),
        ('"自転車 bike"', ["自転 転車 車 bike"]),
    ],
)
def test_a_run_of_characters_is_a_phrase_that_may_go_on_in_the_text(typed, wanted):
    assert terms(typed) == (wanted, [])


def test_what_is_too_much_is_left_out_and_said():
    query = read_query(" ".join(f"word{n}" for n in range(MOST_TERMS + 1)))

    assert len(query.wanted) == MOST_TERMS
    assert query.is_cut
    assert not read_query("a few words").is_cut


@given(st.text())
def test_anything_can_be_typed(typed):
    query = read_query(typed)
    assert all(term.words for term in (*query.wanted, *query.unwanted))

from hypothesis import given
from hypothesis import strategies as st

from paceline.lib.differences import Piece, differences
from tests.steps import steps

WORDS = st.lists(st.sampled_from(["a", "b", "saddle", " ", "\n", ", ", "ü", "_", "[b]"])).map(
    "".join
)


def texts_of(pieces: tuple[Piece, ...]) -> tuple[str, str]:
    before = "".join(piece.text for piece in pieces if piece.kind != "ins")
    after = "".join(piece.text for piece in pieces if piece.kind != "del")
    return before, after


def test_a_changed_word_stands_between_what_stayed():
    assert differences("My back hurts a lot.", "My neck hurts a lot.") == (
        Piece("same", "My "),
        Piece("del", "back"),
        Piece("ins", "neck"),
        Piece("same", " hurts a lot."),
    )


def test_what_was_added_and_taken_away():
    assert differences("", "") == ()
    assert differences("One", "One") == (Piece("same", "One"),)
    assert differences("", "New") == (Piece("ins", "New"),)
    assert differences("Old", "") == (Piece("del", "Old"),)
    assert differences("one two three", "one three four") == (
        Piece("same", "one "),
        Piece("del", "two "),
        Piece("same", "three"),
        Piece("ins", " four"),
    )


@given(WORDS, WORDS)
def test_the_pieces_make_up_both_texts(before, after):
    assert texts_of(differences(before, after)) == (before, after)


@given(WORDS, WORDS)
def test_the_pieces_make_up_both_texts_where_the_search_is_given_up(before, after):
    assert texts_of(differences(before, after, most_steps=5)) == (before, after)


def test_texts_with_nothing_in_common_are_given_up_soon():
    before = " ".join(f"a{n}" for n in range(20_000))
    after = " ".join(f"b{n}" for n in range(20_000))

    pieces = differences(before, after)

    assert steps(differences, before, after) < 3_000_000
    assert texts_of(pieces) == (before, after)


def test_a_text_of_one_word_over_and_over_is_compared_soon():
    before, after = "a " * 15_000, "b " + "a " * 14_000 + "b "

    assert texts_of(differences(before, after)) == (before, after)

    assert steps(differences, before, after) < 3_000_000

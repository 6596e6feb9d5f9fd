"""The part of a post that shows why it was found."""

from hypothesis import given
from hypothesis import strategies as st

from paceline.search.excerpts import LENGTH, Piece, excerpt, mark_words
from paceline.search.query import read_query


def marked(pieces: tuple[Piece, ...]) -> str:
    return "".join(f"[{piece.text}]" if piece.is_found else piece.text for piece in pieces)


def test_words_are_marked_as_they_were_written():
    text = "Café au lait — a café, not CAFETERIA."
    assert marked(mark_words(text, read_query("cafe"))) == (
        "[Café] au lait — a [café], not CAFETERIA."
    )


def test_a_phrase_is_marked_only_where_it_stands_whole():
    text = "Pain in the back, back pain on rides."
    assert marked(mark_words(text, read_query('"back pain"'))) == (
        "Pain in the back, [back pain] on rides."
    )


def test_a_beginning_marks_the_whole_word_and_a_single_character_itself():
    assert marked(mark_words("cycling cyclists", read_query("cycl*"))) == "[cycling] [cyclists]"
    assert marked(mark_words("自転車に乗る", read_query("転"))) == "自[転]車に乗る"
    assert marked(mark_words("自転車に乗る", read_query("転車"))) == "自[転車]に乗る"


def test_the_excerpt_is_cut_where_most_of_the_words_stand():
    text = "saddle " + "word " * 200 + "the saddle hurts my knee a lot " + "word " * 200
    shown = marked(excerpt(text, read_query("saddle knee")))

    assert "[saddle] hurts my [knee]" in shown
    assert shown.startswith("… word")
    assert shown.endswith("word …")
    assert len(shown) < LENGTH + 20


def test_where_nothing_is_found_the_text_begins_at_its_beginning():
    assert marked(excerpt("One.\n\nTwo.", read_query("three"))) == "One. Two."
    assert marked(excerpt("word " * 200, read_query("three"))).endswith("word …")


@given(st.text(), st.text())
def test_no_letter_is_lost_or_doubled(text, typed):
    pieces = mark_words(text, read_query(typed))
    assert "".join(piece.text for piece in pieces) == text


@given(st.text(min_size=LENGTH * 2), st.text())
def test_an_excerpt_is_a_part_of_the_text(text, typed):
    shown = "".join(piece.text for piece in excerpt(text, read_query(typed)))
    assert shown.removeprefix("… ").removesuffix(" …") in " ".join(text.split())

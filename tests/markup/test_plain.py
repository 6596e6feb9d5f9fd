from paceline.markup.plain import words_of
from paceline.markup.render import render


def test_paragraphs_become_lines_and_signs_come_back():
    made = render("Fish & chips < cake\n\n[b]two[/b]three [i]four[/i]").html

    assert words_of(made) == "Fish & chips < cake\ntwothree four"


def test_a_quotation_a_list_and_code_keep_their_words():
    made = render(
        '[quote="Ada;3"]Six weeks.[/quote]\n[list][*]one[*]two[/list]\n[code]a < b[/code]'
    )

    assert words_of(made.html) == "Ada wrote:\nSix weeks.\none\ntwo\na < b"


def test_nothing_stays_nothing():
    assert words_of("") == ""

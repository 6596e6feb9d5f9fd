"""Words as the index holds them: whatever the script, case and accents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paceline.search.words import (
    LONGEST_WORD,
    MOST_BYTES,
    MOST_WORDS,
    fold,
    split_words,
    words_for_index,
)


def words(text: str) -> list[str]:
    return [found.word for found in split_words(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Back pain, on LONG rides!", ["back", "pain", "on", "long", "rides"]),
        ("Don't e-mail me", ["don", "t", "e", "mail", "me"]),
        ("snake_case C++ x²", ["snake", "case", "c", "x2"]),
        ("Café NAÏVE Ångström Tromsø Łódź", ["cafe", "naive", "angstrom", "tromso", "lodz"]),
        ("Straße İstanbul ΟΔΟΣ Ёлка", ["strasse", "istanbul", "οδοσ", "елка"]),
        ("ｆｕｌｌ ﬁne ½", ["full", "fine", "1", "2"]),
        ("Fahr\u00adrad", ["fahrrad"]),
        ("שָׁלוֹם مَرْحَبًا", ["שלום", "مرحبا"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
    ],
)
def test_words_lose_case_accents_and_compatibility_forms(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("自転車", ["自転", "転車", "車"]),
        ("車", ["車"]),
        ("iPhone手机", ["iphone", "手机", "机"]),
        ("학교에서", ["학교", "교에", "에서", "서"]),
        ("ｶﾞｿﾘﾝ", words("ガソリン")),
        ("ไทย", ["ไท", "ทย", "ย"]),
    ],
)
def test_scripts_without_spaces_are_kept_in_pairs(text, expected):
    assert words(text) == expected


def test_voicing_and_vowel_signs_are_letters_not_ornaments():
    assert words("が") != words("か")
    assert words("กา") != words("กี")


@given(st.text())
def test_a_word_stands_where_it_says_and_folding_it_again_changes_nothing(text):
    for found in split_words(text):
        assert 0 <= found.start < found.end <= len(text)
        assert fold(found.word) == found.word
        assert words(found.word)[0] == found.word
        assert not set(found.word) & set(" '\"\\*:()&|!<>\0")


@given(st.text(), st.text())
def test_the_words_of_a_text_are_those_of_its_parts(one, other):
    assert words(f"{one} | {other}") == words(one) + words(other)


def test_no_post_has_more_words_than_both_databases_hold():
    assert len(words_for_index("go " * 20_000)) == MOST_WORDS
    assert len(words_for_index("x" * 1000)[0]) == LONGEST_WORD
    # One sign that stands for four words in eighteen letters.
    endless = words_for_index("\ufdfa" * 40_000)
    assert sum(len(word.encode()) for word in endless) <= MOST_BYTES

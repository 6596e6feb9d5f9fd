"""Whatever is written in a post, in either language: a browser finds in it what a post may hold."""

import re
from itertools import cycle, islice

import pytest

from paceline.markup.render import LANGUAGES
from tests.conftest import SHARED
from tests.safety.attacks import BB_CODE, MARKDOWN, attacks_of_others, own_attacks
from tests.safety.eyes import complaints, tree_of_html5lib, tree_of_lexbor
from tests.safety.soundness import assert_sound, facts_that_say, second_wall_alone

PLACES = {"bbcode": BB_CODE, "markdown": MARKDOWN, "plain": ('"{}"', "http://a.example/{}")}


@pytest.fixture(scope="module", params=["others", "own"])
def attacks(request):
    if request.param == "own":
        made = own_attacks()
        assert len(made) > 2_500
        return made
    if not SHARED.is_dir():
        pytest.skip("no ../shared folder here: tests on real inputs are left out")
    return attacks_of_others(SHARED)


@pytest.mark.parametrize("language", LANGUAGES)
def test_by_itself(attacks, language):
    for attack in attacks:
        assert_sound(attack, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_as_the_name_of_all_that_the_board_knows(attacks, language):
    """Files and threads are called so, and stand wherever the text has a number or a link."""
    shown = {
        "bbcode": "[attach]1[/attach] http://own.example/t/1/ [url]http://own.example/t/2[/url]",
        "markdown": "![x](attachment:1) [](/t/1/) <http://own.example/t/1/> [x](attachment:2)",
        "plain": "http://own.example/t/1/ @Bo",
    }[language]
    shown += "\n\nhttp://elsewhere.example/a/page"
    for attack in attacks:
        assert_sound(f"{shown}\n\n{attack[:100]}", language, facts_that_say(attack))


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_within_marks_of_the_language(attacks, language):
    """Each in a dozen of the marks, each mark around hundreds of them."""
    places = cycle(PLACES[language])
    for attack in attacks:
        for place in islice(places, 12):
            assert_sound(place.replace("{}", attack), language, facts_that_say("<b>"))


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_another_parser_sees_the_same_tree(attacks, language):
    places = cycle(("{}", *PLACES[language]))
    for attack in attacks[::4]:
        html = assert_sound(next(places).replace("{}", attack), language).html
        assert tree_of_html5lib(html) == tree_of_lexbor(html), attack


def test_the_second_wall_stands_alone(attacks):
    """It leaves an empty class where it took the only one, any measure that is a number, does not
    ask for a rel, and takes letters to anybody."""
    harmless = re.compile(
        r"<\w+ (class=''|(width|height|start|(col|row)span)='[0-9]*')>"
        r"|a link to elsewhere w.*|<a href='mailto:.*",
        re.DOTALL,
    )
    for attack in attacks:
        found = complaints(second_wall_alone(attack), as_written=False)
        assert [said for said in found if not harmless.fullmatch(said)] == [], attack


def test_all_of_them_one_after_the_other(attacks):
    """In one post, where what one leaves open is open for the next."""
    for language in LANGUAGES:
        for start in range(0, len(attacks), 100):
            assert_sound("\n\n".join(attacks[start : start + 100]), language)
            assert_sound(" ".join(attacks[start : start + 100]), language)

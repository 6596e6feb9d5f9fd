"""Whatever is repeated, nested or left open: work, time and size grow with it and no faster."""

import time

import pytest

from paceline.markup.render import LANGUAGES, render
from tests.conftest import SHARED
from tests.safety.shapes import recipes, shapes_of
from tests.safety.soundness import OWN, facts_that_say
from tests.steps import steps

SHAPES = [
    pytest.param(language, make, id=f"{language} {name}")
    for language in LANGUAGES
    for name, make in shapes_of(language).items()
]
if SHARED.is_dir():
    SHAPES += [
        pytest.param(language, make, id=f"{language} {name}")
        for language in ("bbcode", "markdown")
        for name, make in recipes(SHARED).items()
    ]
FACTS = facts_that_say("A thread of that name")
# HTML has at most so many characters for each of the source, from a size on that matters.
MOST_GROWTH = 40


def _render(source: str, language: str) -> str:
    return render(source, OWN, language=language, facts=FACTS).html


@pytest.mark.slow
@pytest.mark.parametrize(("language", "make"), SHAPES)
def test_four_times_the_source_is_four_times_the_work(language, make):
    few = steps(_render, make(3_000), language)
    many = steps(_render, make(12_000), language)
    assert many < 4.6 * few + 1_500


@pytest.mark.slow
@pytest.mark.parametrize(("language", "make"), SHAPES)
def test_a_long_text_takes_no_age_and_makes_no_mountain(language, make):
    """200 kB, in seconds that only a square would need; HTML that a page can bear."""
    source = make(200_000)
    began = time.process_time()
    html = _render(source, language)
    assert time.process_time() - began < 3
    assert len(html) < MOST_GROWTH * len(source) + 10_000

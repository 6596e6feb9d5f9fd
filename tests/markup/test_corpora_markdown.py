"""Markdown as others read it: every example agrees in meaning, or is a difference we wrote down."""

import json
import re
import time
from pathlib import Path

import pytest

from paceline.markup.render import render
from tests.markup.checks import assert_safe
from tests.markup.markdown_meaning import meaning

DIFFERENCES = Path(__file__).parents[2] / "docs" / "markup-differences.md"
_ROW = re.compile(r"- `markdown/(\w+)`: (.+)")
SUITES = {"commonmark_spec": 655, "gfm_extensions": 52, "markdown_it_xss": 13}


def _load(shared, name):
    path = shared / "corpora" / "markdown" / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8"))["cases"]


def _examples(shared, suite):
    """Name, source and expected HTML of each example."""
    for place, case in enumerate(_load(shared, suite), 1):
        origin = case["from"].removesuffix(".txt") + "-" if "from" in case else ""
        yield f"{origin}{case.get('example', place)}", case["markdown"], case["html"]


def _listed(suite):
    part = DIFFERENCES.read_text(encoding="utf-8").partition("\n# Markdown\n")[2]
    names: set[str] = set()
    for row in _ROW.finditer(part):
        if row[1] == suite:
            for piece in row[2].split(", "):
                first, dash, last = piece.partition("–")
                span = range(int(first), int(last) + 1) if dash else (first,)
                names.update(str(name) for name in span)
    return names


@pytest.mark.parametrize("suite", SUITES)
def test_every_example_agrees_or_is_a_difference_we_wrote_down(shared, suite):
    differing = set()
    for name, source, html in _examples(shared, suite):
        made = render(source, language="markdown").html
        assert_safe(made)
        if meaning(made) != meaning(html):
            differing.add(name)

    assert len(list(_examples(shared, suite))) == SUITES[suite]
    listed = _listed(suite)
    assert differing - listed == set(), "differ and are not listed"
    assert listed - differing == set(), "are listed and agree"


def test_no_raw_html_of_the_examples_becomes_an_element(shared):
    for _, source, _ in _examples(shared, "commonmark_spec"):
        for tag in re.findall(r"<(bab|responsive-image|Warning|textarea|script|style)\b", source):
            assert f"<{tag.lower()}" not in render(source, language="markdown").html


@pytest.mark.slow
def test_what_makes_parsers_slow_is_done_in_time(shared):
    for case in _load(shared, "pathological"):
        source = "".join(piece * times for piece, times in case["parts"])
        before = time.process_time()
        render(source, language="markdown")

        assert time.process_time() - before < 2, case["title"]

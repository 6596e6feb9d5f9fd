"""What no template may hold, so that the strict Content-Security-Policy never has to give way."""

import re
from pathlib import Path
from typing import cast

import pytest
from django.template import engines
from django.template.backends.jinja2 import Jinja2

PACKAGE = Path(__file__).resolve().parents[2] / "paceline"
TEMPLATES = sorted(PACKAGE.rglob("*.html"))

FORBIDDEN = {
    # Data for machines (JSON-LD) is never run, so the policy does not ask for it.
    "a script of its own": r"<script(?![^>]*\s(?:src=|type=\"application/ld\+json\"))",
    "a style element": r"<style\b",
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "an event attribute": r"<[a-zA-Z][^>]*\son[a-z]+\s*=",
    "an address that is a script": r"javascript:",
    "a file from another host": r"<(?:script|img|iframe)[^>]*\ssrc=.?(?:https?:)?//",
    "a text marked as safe": r"\|\s*safe\b|autoescape\s+false",
}


def test_there_are_templates():
    assert TEMPLATES


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_template_holds_nothing_that_the_policy_forbids(path):
    text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = [what for what, pattern in FORBIDDEN.items() if re.search(pattern, text)]
    assert not found


JINJA = [path for path in TEMPLATES if path.is_relative_to(PACKAGE / "templates")]


@pytest.mark.parametrize("path", JINJA, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_template_can_be_read(path):
    engine = cast(Jinja2, engines["jinja2"])
    engine.env.parse(path.read_text(encoding="utf-8"))


def test_only_these_files_may_say_that_html_is_safe():
    """`stored_html` shows what paceline.markup made and what was cleaned when it was stored."""
    allowed = {"web/jinja.py"}
    says_so = re.compile(r"\bmark_safe\b|\bMarkup\b")
    found = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if says_so.search(path.read_text(encoding="utf-8"))
    }
    assert found == allowed

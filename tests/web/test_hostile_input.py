"""Whatever is sent to whichever address, by whomever: an answer with a sentence, never a failure.

Every address of ours and of django-allauth is asked for with odd values in all that it could
read from the query, and is sent its own forms with odd values in all of their fields.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from paceline.lib.kept import forget_everything
from tests.conftest import ROOT
from tests.doors.scene import FORM, Scene, all_doors

# Each a way in which something has failed somewhere: numbers beyond every type, days that are
# none, letters that no table holds, addresses of elsewhere, a header, markup, an endless text.
ASKED = (
    str(2**63),
    "-1",
    "9999-12-31",
    "\ufffe\uffff\U0010ffff",
    "//evil.example\\..\r\nX: y",
    "\u202e<script>alert(1)</script>'\"",
)
SENT = (
    "",
    "\x00",
    "9" * 5000,
    str(2**31),
    "１２ſﬃ💥\ufffe",
    "/\\evil.example\r\nSet-Cookie: a=b",
    '[quote="a;1"]<script>alert(1)</script>\'"',
    "x" * 50_000,
)
# What views read by name, from their source.
_READ = re.compile(r'\b(?:GET|POST)\.get(?:list)?\(\s*"(\w+)"|\(request, "(\w+)"')
NAMES = sorted(
    {
        name
        for file in (ROOT / "paceline/web").glob("*.py")
        for found in _READ.findall(file.read_text(encoding="utf-8"))
        for name in found
        if name
    }
)
PARTS = {"key": "a-b", "uidb36": "1", "pk": 1}


class Forms(HTMLParser):
    """The forms of a page that are sent to an address: their fields by name."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address
        self._open: dict[str, str] | None = None
        self.found: list[dict[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "form":
            is_meant = (values.get("action") or self._address) == self._address
            if is_meant and (values.get("method") or "").lower() == "post":
                self._open = {}
                self.found.append(self._open)
        elif self._open is not None and (name := values.get("name")):
            self._open.setdefault(name, values.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None


def addresses_of(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """The addresses of an app that was included, with something in each of their parts."""
    for pattern in resolver.url_patterns:
        whole = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from addresses_of(pattern, whole)
        else:
            assert isinstance(pattern, URLPattern)
            parts = re.findall(r"<(?:\w+:)?(\w+)>", whole)
            yield reverse(str(pattern.name), kwargs={part: PARTS[part] for part in parts})


@pytest.fixture
def scene(world):
    world.set(posts_per_minute=0, reports_per_hour=0, searches_per_minute=0)
    return Scene(world)


@pytest.fixture
def addresses(scene):
    included = [each for each in get_resolver().url_patterns if isinstance(each, URLResolver)]
    theirs = [address for resolver in included for address in addresses_of(resolver)]
    found = dict.fromkeys([*(door.address(scene.open) for door in all_doors()), *theirs])
    assert len(found) > 140
    return list(found)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens in the block has not happened afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    forget_everything()
    cache.clear()


def ask(scene: Scene, role: str, method: str, address: str, values: dict[str, Any]) -> str:
    """The body of an answer that is none of a failure, and leads nowhere else."""
    with undone():
        browser = Client(raise_request_exception=True)
        if person := scene.people[role]:
            browser.force_login(person)
        answer = getattr(browser, method)(address, values)
        body = b"".join(answer).decode(errors="replace")
    asked = (role, method, address, {name: value[:60] for name, value in values.items()})
    assert answer.status_code < 500, asked
    assert "<script>alert(1)" not in body, asked
    assert "a" not in answer.cookies, asked
    leads_to = answer.get("Location", "")
    assert not re.match(r"[/\\]{2}|\w+:", leads_to), (leads_to, asked)
    if answer.status_code >= 400:
        assert re.search(r"[A-Z][a-z’']+ [\w’',:; ]+\.", body), asked
    return body


@pytest.mark.slow
@pytest.mark.parametrize("role", ["visitor", "administrator"])
def test_whatever_stands_behind_the_question_mark(scene, addresses, role):
    for address in addresses:
        for value in ASKED:
            ask(scene, role, "get", address, dict.fromkeys(NAMES, value))


@pytest.mark.slow
@pytest.mark.parametrize("role", ["visitor", "member", "administrator"])
def test_whatever_is_sent_in_each_form(scene, addresses, role):
    sent = 0
    for address in addresses:
        page = Forms(address)
        page.feed(ask(scene, role, "get", address, {}))
        for fields in page.found or [dict(FORM)]:
            fields.pop("csrfmiddlewaretoken", None)
            for value in SENT:
                ask(scene, role, "post", address, dict.fromkeys(fields, value))
                sent += 1
            for name in fields if len(fields) < 12 else ():
                ask(scene, role, "post", address, {**fields, name: SENT[2]})
    assert sent > 500

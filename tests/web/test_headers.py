"""What every answer says beside its page, whoever asked and whatever for."""

import pytest
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from django.test.client import RequestFactory

from paceline.conf.content_type import readable_type
from paceline.markup.media_hosts import FRAME_SOURCES
from paceline.web.headers import FOR_ONE_READER

# An answer of each kind: pages, forms, lists, words for programs, and every way of refusing.
ADDRESSES = {
    "/": 200,
    "/search/?q=words": 200,
    "/account/login/": 200,
    "/feeds/threads/": 200,
    "/robots.txt": 200,
    "/read-all": 405,
    "/nothing/": 404,
    "/mod/": 404,
    "/account/": 403,
    "/t/1": 301,
    "/%00": 400,
    f"/{'a' * 9000}": 414,
}


def checked(answer):
    headers = answer.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    return answer


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_says_what_may_not_be_done_with_it(world, address):
    for member in (None, world.bo):
        browser = Client()
        if member:
            browser.force_login(member)
        answer = checked(browser.get(address))
        assert member or answer.status_code == ADDRESSES[address]
        shared = address in ("/feeds/threads/", "/robots.txt")
        assert answer["Cache-Control"].startswith("public" if shared else ("private", "max-age=0"))


def test_so_do_answers_that_say_no_before_a_page_is_asked(world, settings):
    browser = Client(enforce_csrf_checks=True)
    assert checked(browser.post("/contact/", {"message": "Hello"})).status_code == 403
    assert checked(browser.get("/", headers={"host": "evil.example"})).status_code == 400
    assert checked(browser.generic("POST", "/", CONTENT_LENGTH="9" * 12)).status_code == 413
    world.set(searches_per_minute=1)
    assert [checked(browser.get("/search/?q=a")).status_code for _ in range(2)] == [200, 429]


def test_a_failure_of_ours_says_so_too(world, monkeypatch):
    monkeypatch.setattr("paceline.web.boards.load_board_index", lambda viewer: 1 / 0)
    browser = Client(raise_request_exception=False)

    assert checked(browser.get("/")).status_code == 500


def test_pages_are_kept_for_the_one_who_asked(world, sign_in):
    browser = sign_in(world.bo)

    assert browser.get("/")["Cache-Control"] == FOR_ONE_READER
    for address in ("/account/", "/account/data/", "/account/email/"):
        assert "no-store" in browser.get(address)["Cache-Control"], address
    cache.clear()


@pytest.fixture
def one_connection():
    """The test's own, which a request would close behind itself."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def ask(**environ):
    """The answer of the whole application, as a server would get it: status and body."""
    from paceline.wsgi import application  # reads the settings as it comes

    said = []
    request = RequestFactory().get("/search/", {"q": "café", "by": "\\ud800"}).environ
    body = application({**request, **environ}, lambda status, headers: said.append(status))
    return said[0], b"".join(body)


@pytest.mark.parametrize(
    "kind",
    [
        *(
            f"text/plain; charset={name}"
            for name in ("hex", "idna", "punycode", "undefined", "unicode_escape", "utf-7", "rot13")
        ),
        "text/plain; x*=undefined''%41",
        "text/plain; x*=nonsense''%41",
        "text/plain; charset*=utf-16''hex",
        'text/plain; charset="\\',
        ";;;=",
    ],
)
def test_the_address_is_utf_8_whatever_the_request_says_of_itself(world, one_connection, kind):
    status, body = ask(CONTENT_TYPE=kind)

    assert status == "422 Unprocessable Entity"
    assert "café" in body.decode()
    assert "There is no member called" in body.decode()


def test_what_forms_are_sent_as_is_left_as_it_is():
    for kind in (
        "",
        "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded; charset=UTF-8",
        "multipart/form-data; boundary=----x",
    ):
        assert readable_type(kind) == kind


@pytest.mark.parametrize(
    "value", [r'"\000abcdefghijklmnop"', r'"\355\240\200abcdefghijkl"', "a" * 5000, '""', "é" * 20]
)
def test_cookies_that_nobody_here_has_set_are_as_if_they_had_not_come(world, value):
    for name in ("paceline_session", "paceline_csrf", "paceline_notices", "quotes"):
        for address in ("/", f"/t/{world.thread.pk}/", "/account/login/"):
            answer = Client().get(address, headers={"cookie": f"{name}={value}"})
            assert answer.status_code in (200, 301), (name, address)


def test_pages_frame_the_players_of_the_table_and_nobody_else(client, db):
    policy = checked(client.get("/")).headers["Content-Security-Policy"]
    rules = dict(rule.strip().partition(" ")[::2] for rule in policy.split(";"))

    assert tuple(sorted(rules["frame-src"].split())) == FRAME_SOURCES
    assert rules["media-src"].split() == ["'self'", "https:"]

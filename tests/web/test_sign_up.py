"""Registering: the letter, the name, and what nobody is told."""

import json
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from paceline.accounts.models import Member
from paceline.jobs.worker import run_all
from tests.web.conftest import link_in

SIGN_UP = reverse("account_signup")
PASSWORD = "a tailwind home"


@pytest.fixture(autouse=True)
def _limits_begin_anew(world) -> None:
    cache.clear()


def register(browser, name="Eve", email="eve@example.com", password=PASSWORD):
    sent = {"username": name, "email": email, "password1": password, "password2": password}
    return browser.post(SIGN_UP, sent)


def letters():
    run_all()
    return mail.outbox


def test_a_visitor_registers_confirms_the_address_and_is_a_member(client):
    answer = register(client)
    assert answer.status_code == 302
    assert answer.url == reverse("account_email_verification_sent")
    (letter,) = letters()
    assert letter.to == ["eve@example.com"]
    assert letter.subject == "Welcome to Paceline: confirm your address"
    assert '"Eve"' in letter.body

    before = client.post(reverse("account_login"), {"login": "Eve", "password": PASSWORD})
    assert before.url == reverse("account_email_verification_sent"), "not before it is confirmed"

    assert client.get(link_in(letter)).status_code == 200
    assert client.post(link_in(letter)).status_code == 302

    elsewhere = Client()
    answer = elsewhere.post(reverse("account_login"), {"login": "eve", "password": PASSWORD})
    assert answer.status_code == 302
    assert "Signed in as" in elsewhere.get("/").content.decode()


@pytest.mark.parametrize(
    ("taken", "tried"),
    [
        ("Bo", "bo"),
        ("Bo", "Bo "),
        ("Bo", "Ｂｏ"),
        ("Jürgen", "JÜRGEN"),
        ("Straße", "STRASSE"),
        ("Ωmega", "ωMEGA"),
        ("José", "Jose\u0301"),
        ("Иван", "ИВАН"),
        ("Bo", "B\u200bo"),
    ],
)
def test_a_name_that_is_taken_in_any_spelling_is_refused_in_the_form(world, client, taken, tried):
    if taken != "Bo":
        world.member(taken)
    people = Member.objects.count()

    answer = register(client, tried)

    assert answer.status_code == 422
    assert "Another member has this name" in answer.content.decode()
    assert Member.objects.count() == people


@pytest.mark.parametrize(
    "name",
    [
        "",
        "x",
        "x" * 41,
        "\ufdfa" * 40,
        "Deleted member 7",
        "deleted MEMBER",
        "Administrator",
        "a@b",
        "<script>",
        "…",
        "a\x00b",
        "a\x1bb@",
        "\u202eevil/",
        "\U000e0041\U000e0042",
    ],
)
def test_a_name_that_is_none_is_refused_in_the_form(client, name):
    answer = register(client, name)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_what_was_typed_comes_back_but_for_the_password(client):
    page = register(client, "Root").content.decode()

    assert 'value="Root"' in page
    assert 'value="eve@example.com"' in page
    assert PASSWORD not in page


@pytest.mark.parametrize(
    "email", ["", "eve", "eve@", "a" * 250 + "@example.com", "e\x00@example.com", "é" * 300]
)
def test_an_address_that_is_none_is_refused_in_the_form(client, email):
    assert register(client, email=email).status_code == 422


@pytest.mark.parametrize(
    "password", ["short", "password123", "1234567890", "evelyn", "eve@example.com"]
)
def test_a_weak_password_is_refused_in_the_form(client, password):
    assert register(client, password=password).status_code == 422


def test_nobody_is_told_whether_an_address_has_an_account(client):
    fresh = register(client, "Eve", "eve@example.com")
    known = register(Client(), "Fay", "bo@example.com")

    assert (fresh.status_code, fresh.url) == (known.status_code, known.url)
    assert not Member.objects.filter(name="Fay").exists()
    by_address = {letter.to[0]: letter.subject for letter in letters()}
    assert by_address["bo@example.com"] == "You have an account at Paceline already"


def test_nobody_registers_where_the_board_is_closed(world, client):
    world.set(registration="closed")

    assert register(client).status_code in (200, 403)
    assert not Member.objects.filter(name="Eve").exists()
    assert 'name="password1"' not in client.get(SIGN_UP).content.decode()


def test_registering_too_often_from_one_address_is_answered_with_a_sentence(client):
    answers = [register(client, name="") for _ in range(21)]

    assert {answer.status_code for answer in answers[:20]} == {422}
    assert answers[20].status_code == 429
    assert "too often in a short time" in answers[20].content.decode()
    assert '<header class="top">' in answers[20].content.decode()
    assert answers[20]["Retry-After"]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_who_take_a_name_in_the_same_moment_one_gets_it(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    gate = Barrier(4)
    answers = []

    def visitor(number):
        gate.wait()
        try:
            answers.append(register(Client(), "Eve", f"eve{number}@example.com").status_code)
        finally:
            connection.close()

    threads = [Thread(target=visitor, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [302, 422, 422, 422]
    assert Member.objects.filter(name="Eve").count() == 1


@pytest.mark.slow
def test_no_odd_string_breaks_a_form(shared, client):
    corpus = json.loads((shared / "corpora/abuse/naughty_strings.json").read_text())
    for text in (case["input"] for case in corpus["cases"]):
        cache.clear()
        assert register(client, text, text, text).status_code in (302, 422), text
        sent = {"login": text, "password": text}
        assert client.post(reverse("account_login"), sent).status_code == 422, text
        sent = {"email": text}
        answer = client.post(reverse("account_reset_password"), sent)
        assert answer.status_code in (302, 422), text

"""Letters that come because somebody typed an address, which may be anybody's."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from paceline.jobs.worker import run_all
from tests.web.conftest import PASSWORD, confirm

REGISTER = reverse("account_signup")
RESET = reverse("account_reset_password")


@pytest.fixture(autouse=True)
def _limits_begin_anew(world) -> None:
    cache.clear()


def register(number, address, **more):
    form = {"email": address, "username": f"Rider {number}", "password1": "a long way home"}
    return Client(**more).post(REGISTER, {**form, "password2": form["password1"]})


@pytest.mark.parametrize("address", ["bo@example.com", "stranger@example.com"])
def test_nobody_is_buried_in_letters_by_others(world, address):
    confirm(world.bo)

    for number in range(10):
        register(number, address, REMOTE_ADDR=f"192.0.2.{number}")
        Client(REMOTE_ADDR=f"198.51.100.{number}").post(RESET, {"email": address.upper()})
    run_all()

    assert len(mail.outbox) == 6
    assert {letter.to[0].lower() for letter in mail.outbox} == {address}


def test_one_sender_cannot_write_to_all_the_world(world):
    statuses = [register(n, f"a{n}@example.com").status_code for n in range(22)]

    assert statuses.count(302) == 20
    assert set(statuses[20:]) == {429}


@pytest.mark.parametrize("host", ["localhost:8443", "127.0.0.1"])
def test_letters_lead_to_the_board_s_own_address(world, settings, host):
    settings.SITE_URL = "https://board.example"
    settings.ALLOWED_HOSTS = ["board.example", "localhost", "127.0.0.1"]
    confirm(world.bo)

    Client().post(RESET, {"email": "bo@example.com"}, headers={"host": host})
    Client().post(RESET, {"email": "nobody@example.com"}, headers={"host": host})
    register(1, "new@example.com", HTTP_HOST=host)
    register(2, "bo@example.com", HTTP_HOST=host)
    browser = Client(HTTP_HOST=host)
    browser.post(reverse("account_login"), {"login": "Bo", "password": PASSWORD})
    words = {"oldpassword": PASSWORD, "password1": "a long way home"}
    browser.post(reverse("account_change_password"), {**words, "password2": words["password1"]})
    run_all()

    assert len(mail.outbox) == 5
    for letter in mail.outbox:
        found = re.findall(r"https?://\S+", str(letter.body))
        assert found, letter.subject
        assert all(address.startswith("https://board.example/") for address in found), found

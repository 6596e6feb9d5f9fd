"""Visitors have no session, but while they are on their way to becoming somebody."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from paceline.web import account_middleware
from tests.web.conftest import PASSWORD, confirm

KEY = reverse("mfa_login_webauthn")
BY_SCRIPT = {"X-Requested-With": "XMLHttpRequest"}


@pytest.fixture(autouse=True)
def _limits_begin_anew(world) -> None:
    cache.clear()


def test_nothing_that_a_visitor_can_ask_for_begins_one(world):
    post = world.reply()
    for address in ("/", f"/t/{post.thread_id}/", "/search/?q=reply", "/account/login/", "/mod/"):
        assert settings.SESSION_COOKIE_NAME not in Client().get(address, follow=True).cookies
    for address in (
        f"/p/{post.pk}/multiquote",
        f"/p/{post.pk}/like",
        f"/t/{post.thread_id}/replies",
        "/read-all",
        "/account/login/",
        "/account/password/reset/",
    ):
        browser = Client()
        browser.post(address, {"login": "Bo", "password": "wrong", "email": "a@example.com"})
        assert settings.SESSION_COOKIE_NAME not in browser.cookies, address
    assert not Session.objects.exists()


def test_one_that_a_passkey_needs_lasts_a_day_and_a_member_s_for_weeks(world):
    browser = Client()
    assert browser.get(KEY, headers=BY_SCRIPT).status_code == 200
    assert Session.objects.get().expire_date < timezone.now() + timedelta(days=2)

    confirm(world.bo)
    browser.post("/account/login/", {"login": "Bo", "password": PASSWORD, "remember": "on"})

    assert Session.objects.get().expire_date > timezone.now() + timedelta(days=14)


@pytest.mark.parametrize("cookie", ["", "x" * 32])
def test_from_one_network_only_so_many_begin(world, monkeypatch, cookie):
    monkeypatch.setattr(account_middleware, "MOST_BEGUN", 3)

    def begin(address):
        browser = Client(REMOTE_ADDR=address)
        if cookie:
            browser.cookies[settings.SESSION_COOKIE_NAME] = cookie
        return browser.get(KEY, headers=BY_SCRIPT)

    answers = [begin("192.0.2.7") for _ in range(5)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert int(answers[-1]["Retry-After"]) > 60
    assert "begun too often" in answers[-1].content.decode()
    assert begin("198.51.100.7").status_code == 200
    assert Session.objects.count() == 4


def test_who_is_on_their_way_goes_on(world, monkeypatch):
    monkeypatch.setattr(account_middleware, "MOST_BEGUN", 1)
    browser = Client()

    for _ in range(3):
        assert browser.get(KEY, headers=BY_SCRIPT).status_code == 200
    assert Session.objects.count() == 1

"""Signing in and out, and what comes between."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from paceline.accounts.models import Member
from paceline.jobs.worker import run_all
from tests.web.conftest import PASSWORD, confirm, link_in

SIGN_IN = reverse("account_login")
CHANGE = reverse("account_change_password")


@pytest.fixture(autouse=True)
def _limits_begin_anew(world) -> None:
    cache.clear()


def attempt(browser, login, password=PASSWORD, **more):
    return browser.post(SIGN_IN, {"login": login, "password": password, **more})


def is_signed_in(browser) -> bool:
    return "Signed in as" in browser.get("/").content.decode()


@pytest.mark.parametrize(
    "typed",
    ["Jürgen", "JÜRGEN", " jürgen ", "Ju\u0308rgen", "jürgen@example.com", "JÜRGEN@EXAMPLE.COM"],
)
def test_a_member_signs_in_by_name_in_any_spelling_or_by_address(world, client, typed):
    confirm(world.member("Jürgen"))

    assert attempt(client, typed).status_code == 302
    assert is_signed_in(client)


@pytest.mark.parametrize("login", ["Bo", "bo@example.com", "Nobody", "", "B\x00o", "x" * 100_000])
def test_a_wrong_password_or_name_is_refused_and_does_not_tell_which(client, login):
    answer = attempt(client, login, "not the password")

    assert answer.status_code == 422
    assert not is_signed_in(client)


def test_a_wrong_name_and_a_wrong_password_are_answered_alike(client):
    wrong_name = attempt(client, "Nobody", "not the password").content.decode()
    wrong_password = attempt(client, "Bo", "not the password").content.decode()

    def sentence(page):
        return re.findall(r'<p class="error" role="alert">([^<]+)</p>', page)

    assert sentence(wrong_name) == sentence(wrong_password) != []


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(world, client):
    confirm(world.bo)
    for _ in range(5):
        assert attempt(client, "Bo", "wrong password").status_code == 422

    answer = attempt(client, "Bo")

    assert answer.status_code == 429
    assert "Try again later" in answer.content.decode()
    assert not is_signed_in(client)


def test_every_spelling_and_address_of_a_member_counts_as_one(world, client):
    confirm(world.member("Jürgen"))
    typed = ("Jürgen", "JU\u0308RGEN", "jürgen@example.com", "Ｊürgen", "Jür\u00adgen")
    for login in typed:
        assert attempt(client, login, "wrong password").status_code == 422

    assert attempt(client, "jürgen").status_code == 429
    assert attempt(client, "JÜRGEN@example.com").status_code == 429
    assert attempt(client, "Bo", "wrong password").status_code == 422


def test_who_signs_in_goes_on_where_they_were_but_never_to_another_site(world, client):
    confirm(world.bo)

    assert attempt(client, "Bo", next="/mine/").url == "/mine/"
    for elsewhere in ("https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil"):
        browser = Client()
        assert attempt(browser, "Bo", next=elsewhere).url == "/"


def test_a_member_signs_out(sign_in, world):
    browser = sign_in(world.bo)
    assert is_signed_in(browser)

    assert browser.get(reverse("account_logout")).status_code == 200, "a link alone does nothing"
    assert is_signed_in(browser)
    assert browser.post(reverse("account_logout")).status_code == 302
    assert not is_signed_in(browser)


def test_a_banned_member_signs_in_and_reads_why(sign_in, world):
    browser = sign_in(world.mal)

    assert browser.get(f"/t/{world.thread.pk}/", follow=True).status_code == 200
    page = browser.get(reverse("account")).content.decode()
    assert "Your account is banned" in page
    assert "Sold watches." in page


def test_a_new_password_comes_by_letter_and_ends_every_session(sign_in, world, client):
    browser = sign_in(world.bo)
    assert (
        client.post(reverse("account_reset_password"), {"email": "bo@example.com"}).status_code
        == 302
    )
    run_all()
    link = link_in(mail.outbox[-1])
    form = client.get(link, follow=True)
    sent = {"password1": "up the hill again", "password2": "up the hill again"}
    assert client.post(form.redirect_chain[-1][0], sent).status_code == 302

    assert not is_signed_in(browser)
    assert attempt(Client(), "Bo").status_code == 422
    assert attempt(Client(), "Bo", "up the hill again").status_code == 302
    used = Client().get(link, follow=True).content.decode()
    assert "password1" not in used, "the link works once"


@pytest.mark.parametrize("key", ["zzzzzzzzzzzzz-abc", "1-" + "x" * 500, "0-set-password"])
def test_a_broken_link_for_a_new_password_is_answered_with_a_page(client, key):
    answer = client.get(f"/account/password/reset/key/{key}/", follow=True)

    assert answer.status_code == 200
    assert '<header class="top">' in answer.content.decode()


def test_nobody_is_told_whether_there_is_an_account_for_an_address(world, client):
    answers = [
        client.post(reverse("account_reset_password"), {"email": email})
        for email in ("bo@example.com", "nobody@example.com")
    ]

    assert {(a.status_code, a.url) for a in answers} == {
        (302, reverse("account_reset_password_done"))
    }


def test_changing_the_password_signs_out_everywhere_else(sign_in, world):
    here, there = sign_in(world.bo), sign_in(world.bo)
    sent = {
        "oldpassword": PASSWORD,
        "password1": "up the hill again",
        "password2": "up the hill again",
    }

    assert here.post(CHANGE, sent).url == reverse("account")

    assert is_signed_in(here)
    assert not is_signed_in(there)
    run_all()
    assert "password" in mail.outbox[-1].body


def test_the_wrong_old_password_changes_nothing(sign_in, world):
    here = sign_in(world.bo)
    sent = {
        "oldpassword": "wrong",
        "password1": "up the hill again",
        "password2": "up the hill again",
    }

    assert here.post(CHANGE, sent).status_code == 422
    world.bo.refresh_from_db()
    assert world.bo.check_password(PASSWORD)


def test_a_password_for_one_time_has_to_be_changed_first(sign_in, world):
    Member.objects.filter(id=world.bo.pk).update(must_change_password=True)
    browser = sign_in(world.bo)

    for page in ("/", f"/t/{world.thread.pk}/", reverse("account_data")):
        assert browser.get(page).url == CHANGE
    assert browser.get(CHANGE).status_code == 200
    refused = browser.post(reverse("account_mail"), {"source": "my words"})
    assert refused.status_code == 403
    assert "my words" in refused.content.decode()

    same = {"oldpassword": PASSWORD, "password1": PASSWORD, "password2": PASSWORD}
    assert browser.post(CHANGE, same).status_code == 422
    new = {
        "oldpassword": PASSWORD,
        "password1": "up the hill again",
        "password2": "up the hill again",
    }
    assert browser.post(CHANGE, new).status_code == 302
    assert browser.get("/").status_code == 200
    world.bo.refresh_from_db()
    assert not world.bo.must_change_password


def test_an_address_is_changed_once_the_new_one_is_confirmed(sign_in, world):
    browser = sign_in(world.bo)
    page = reverse("account_email")
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": page})

    assert browser.post(page, {"email": "bo@new.example", "action_add": ""}).status_code == 302
    run_all()
    world.bo.refresh_from_db()
    assert world.bo.email == "bo@example.com"
    assert "Waiting for confirmation" in browser.get(page).content.decode()
    letter = next(m for m in mail.outbox if m.to == ["bo@new.example"])
    browser.post(link_in(letter))

    world.bo.refresh_from_db()
    assert world.bo.email == "bo@new.example"
    run_all()
    assert any(m.to == ["bo@example.com"] and "bo@new.example" in m.body for m in mail.outbox)


def test_a_second_step_with_an_app_and_with_a_recovery_code(sign_in, world):
    browser = sign_in(world.bo)
    activate = reverse("mfa_activate_totp")
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": activate})
    page = browser.get(activate).content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    secret = re.search(r'id="authenticator_secret"[^>]*value="([A-Z2-7]+)"', page)
    assert secret

    def code(steps: int = 0) -> str:
        return format_hotp_value(hotp_value(secret.group(1), int(time.time()) // 30 + steps))

    assert browser.post(activate, {"code": "000000"}).status_code == 422
    done = browser.post(activate, {"code": code()}, follow=True)
    assert done.redirect_chain[-1][0] == reverse("mfa_view_recovery_codes")
    codes = re.search(r"<textarea[^>]*>([^<]+)</textarea>", done.content.decode())
    assert codes
    recovery = codes.group(1).split()
    assert len(recovery) == 10

    cache.clear()
    other = Client()
    step = reverse("mfa_authenticate")
    assert attempt(other, "Bo").url == step
    assert '<header class="top">' in other.get(step).content.decode()
    assert other.post(step, {"code": "000000"}).status_code == 422
    assert not is_signed_in(other)
    assert other.post(step, {"code": recovery[0]}).status_code == 302
    assert is_signed_in(other)

    third = Client()
    attempt(third, "Bo")
    assert third.post(step, {"code": recovery[0]}).status_code == 422, "a code works once"


@pytest.mark.parametrize(
    "credential",
    [
        "",
        "{}",
        "[]",
        "null",
        "1",
        '"x"',
        "{",
        '{"id":"\\ud800","rawId":"AA","type":"public-key"}',
        '{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"AA","signature":"AA","userHandle":"AA"}}',
    ],
)
def test_a_broken_passkey_is_refused_without_breaking_anything(client, credential):
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": credential})

    assert answer.status_code in (302, 422)
    assert not is_signed_in(client)


def test_a_key_that_is_not_mine_or_does_not_exist_is_not_found(sign_in, world):
    browser = sign_in(world.bo)
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": "/"})

    for number in (1, 2**63, 10**30):
        assert browser.get(f"/account/2fa/webauthn/keys/{number}/edit/").status_code == 404

"""Every page of an account stands in the board's own shell, and none has a script in it."""

import re

import pytest
from django.urls import reverse

from tests.web.conftest import PASSWORD

VISITORS = [
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_email_verification_sent",
    "account_inactive",
    "account_erased",
    "members",
    "online",
]
MEMBERS = [
    "account",
    "account_profile",
    "account_avatar",
    "account_reading",
    "account_mail",
    "account_ignored",
    "account_files",
    "account_sessions",
    "account_data",
    "account_email",
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
    "mfa_list_webauthn",
    "usersessions_list",
    "members",
    "online",
]
GUARDED = ["account_erase", "mfa_activate_totp", "mfa_add_webauthn"]


def check_page(response, status=200):
    assert response.status_code == status
    page = response.content.decode()
    assert page.count('<header class="top">') == 1
    assert page.count("<h1") == 1
    assert re.search(r"<title>[^<]*\S[^<]* · Paceline</title>", page), "no title of its own"
    scripts = re.findall(r"<script\b([^>]*)>", page)
    assert all("src=" in s or 'type="application/json"' in s for s in scripts), scripts
    assert not re.search(r"<[^>]+\s(?:style|on\w+)=", page)
    assert "unsafe-inline" not in response["Content-Security-Policy"]
    assert "{%" not in page
    assert "{{" not in page
    return page


@pytest.fixture
def signed_in(world, sign_in):
    """A browser in which Bo has typed his password a moment ago."""
    return sign_in(world.bo)


@pytest.mark.parametrize("name", VISITORS)
def test_a_page_for_visitors_stands_in_our_shell(world, client, name):
    check_page(client.get(reverse(name)))


@pytest.mark.parametrize("name", MEMBERS)
def test_a_page_for_members_stands_in_our_shell(signed_in, name):
    check_page(signed_in.get(reverse(name)))


@pytest.mark.parametrize("name", GUARDED)
def test_a_page_that_matters_asks_for_the_password_once_more(signed_in, name):
    asked = signed_in.get(reverse(name), follow=True)
    assert asked.redirect_chain[-1][0].startswith(reverse("account_reauthenticate"))
    check_page(asked)

    given = {"password": PASSWORD, "next": reverse(name)}
    answer = signed_in.post(reverse("account_reauthenticate"), given, follow=True)
    assert answer.redirect_chain[-1][0] == reverse(name)
    check_page(answer)


@pytest.mark.parametrize("name", [n for n in MEMBERS if n not in ("members", "online")])
def test_a_visitor_is_led_to_signing_in(world, client, name):
    response = client.get(reverse(name))
    assert response.status_code in (302, 403)
    if response.status_code == 403:
        assert reverse("account_login") in response.content.decode()

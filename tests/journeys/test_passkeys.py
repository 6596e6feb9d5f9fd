"""A passkey is made, used to sign in, and given back, in a browser with a key of its own."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.cache import cache

from paceline.accounts.models import Group, Member

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
PASSWORD = "open sesame"


@pytest.fixture
def bo(settings: Any) -> Member:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    assert Group.objects.exists(), "the first rows are there"
    member = Member(name="Bo", email="bo@example.com")
    member.set_password(PASSWORD)
    member.save()
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    return member


@pytest.fixture
def key(page: Any) -> Any:
    """A key such as a phone has: it knows who holds it, and keeps whose it is."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    return session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def arrive(page: Any, path: str) -> None:
    page.wait_for_url(lambda url: urlsplit(url).path == path)


def sign_in_with_password(page: Any) -> None:
    page.goto("/account/login/")
    page.get_by_label("Name or e-mail address").fill("Bo")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    arrive(page, "/")


def sign_out(page: Any) -> None:
    page.goto("/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign Out").click()
    arrive(page, "/")


def add_passkey(page: Any) -> None:
    page.goto("/account/2fa/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Name").fill("My phone")
    page.get_by_label("Sign in with it alone").check()
    page.get_by_role("main").get_by_role("button", name="Add").click()
    arrive(page, "/account/2fa/recovery-codes/")


def test_a_member_makes_a_passkey_and_signs_in_with_nothing_else(bo, page, key):
    sign_in_with_password(page)
    add_passkey(page)
    assert Authenticator.objects.filter(user=bo, type="webauthn").count() == 1
    sign_out(page)

    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    arrive(page, "/")

    page.goto("/account/")
    assert page.get_by_role("heading", name="Your account").is_visible()


def test_a_key_is_the_second_step_after_a_password_and_opens_what_matters(bo, page, key):
    sign_in_with_password(page)
    add_passkey(page)
    sign_out(page)

    page.goto("/account/login/")
    page.get_by_label("Name or e-mail address").fill("bo@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    arrive(page, "/account/2fa/authenticate/")
    page.get_by_role("button", name="Use a security key").click()
    arrive(page, "/")

    page.goto("/account/2fa/webauthn/reauthenticate/?next=/account/data/erase")
    page.get_by_role("button", name="Use a security key").click()
    arrive(page, "/account/data/erase")
    page.goto("/account/2fa/webauthn/")
    page.get_by_role("main").get_by_role("link", name="Remove").click()
    page.get_by_role("main").get_by_role("button", name="Remove").click()
    arrive(page, "/account/2fa/webauthn/")
    assert not Authenticator.objects.filter(user=bo, type="webauthn").exists()


def test_a_key_that_cannot_be_added_says_so_on_the_page(bo, page, key):
    sign_in_with_password(page)
    add_passkey(page)

    page.goto("/account/2fa/webauthn/add/")
    page.get_by_role("main").get_by_role("button", name="Add").click()

    problem = page.locator("#passkey_error")
    problem.wait_for(state="visible")
    assert problem.inner_text() == "This key has been added already."

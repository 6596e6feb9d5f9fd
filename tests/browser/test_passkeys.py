"""A passkey is made, used to sign in, used as a second step, and given back."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PASSWORD = "up the hill again"
_MEMBER = f"""
import json
from allauth.account.models import EmailAddress
from paceline.accounts.models import Member
name = f"Keyed rider {{Member.objects.count()}}"
member = Member(name=name, email=name.replace(" ", "") + "@example.com")
member.set_password("{PASSWORD}")
member.save()
EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
print(json.dumps(name))
"""
# A phone's own key: it checks who holds it, and remembers for whom it is.
_KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def name(site: Any) -> str:
    """A new member's name."""
    made: str = site.machine.script(_MEMBER)
    return made


@pytest.fixture
def page(site: Any, visit: Any, name: str) -> Page:
    """Signed in with the password, in a browser that has a key. Keys want a name, not a number."""
    shown: Page = visit(f"http://localhost:{site.machine.port}/account/login/")
    keys = shown.context.new_cdp_session(shown)
    keys.send("WebAuthn.enable")
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": _KEY})
    type_password(shown, name)
    arrive(shown, "/")
    return shown


def go(page: Page, path: str) -> None:
    address = urlsplit(page.url)
    page.goto(f"{address.scheme}://{address.netloc}{path}")


def arrive(page: Page, path: str) -> None:
    page.wait_for_url(lambda url: urlsplit(url).path == path)


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def type_password(page: Page, name: str) -> None:
    page.get_by_label("Name or e-mail address").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")


def sign_out(page: Page) -> None:
    go(page, "/account/logout/")
    press(page, "Sign Out")
    arrive(page, "/")


def add_passkey(page: Page) -> None:
    go(page, "/account/2fa/webauthn/add/")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Confirm")
    page.get_by_label("Name").fill("My phone")
    expect(page.get_by_label("Sign in with it alone")).to_be_checked()
    press(page, "Add")
    arrive(page, "/account/2fa/recovery-codes/")


def test_a_member_makes_a_passkey_and_signs_in_with_nothing_else(page, name):
    add_passkey(page)
    sign_out(page)

    go(page, "/account/login/")
    press(page, "Sign in with a passkey")
    arrive(page, "/")

    go(page, "/account/")
    expect(page.get_by_role("main").get_by_role("link", name=name)).to_be_visible()


def test_a_key_is_the_second_step_after_a_password_and_opens_what_matters(page, name):
    add_passkey(page)
    sign_out(page)

    go(page, "/account/login/")
    type_password(page, name)
    arrive(page, "/account/2fa/authenticate/")
    press(page, "Use a security key")
    arrive(page, "/")

    go(page, "/account/2fa/webauthn/reauthenticate/?next=/account/data/erase")
    press(page, "Use a security key")
    arrive(page, "/account/data/erase")
    go(page, "/account/2fa/webauthn/")
    page.get_by_role("main").get_by_role("link", name="Remove").click()
    press(page, "Remove")
    arrive(page, "/account/2fa/webauthn/")
    expect(page.get_by_text("No security keys have been added.")).to_be_visible()


def test_a_key_that_cannot_be_added_says_so_on_the_page(page):
    add_passkey(page)

    go(page, "/account/2fa/webauthn/add/")
    press(page, "Add")

    problem = page.locator("#passkey_error")
    expect(problem).to_have_text("This key has been added already.")

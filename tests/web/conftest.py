"""Signing in as people do it, with a password, so that allauth knows when that was."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from paceline.accounts.models import Member

PASSWORD = "open sesame"


@pytest.fixture
def sign_in(world) -> Callable[..., Client]:
    """`sign_in(member)` answers a browser in which the member has typed their password."""
    # The limits on signing in are counted here.
    cache.clear()

    def browser_of(member: Member, *, agent: str = "", **options: Any) -> Client:
        confirm(member)
        browser = Client(headers={"user-agent": agent}, **options)
        answer = browser.post(
            reverse("account_login"), {"login": member.name, "password": PASSWORD, "remember": "on"}
        )
        assert answer.status_code == 302, answer.content.decode()
        return browser

    return browser_of


def confirm(member: Member) -> None:
    """The member has confirmed their address."""
    EmailAddress.objects.get_or_create(
        user=member, email=member.email, defaults={"verified": True, "primary": True}
    )


def link_in(letter: EmailMessage) -> str:
    """The path of the first address in a letter."""
    found = re.search(r"https?://[^/]+(/\S+)", str(letter.body))
    assert found
    return found.group(1)

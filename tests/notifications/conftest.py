"""Who heard of what, as short lines."""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress

from paceline.accounts.models import Member
from paceline.jobs.worker import run_all
from paceline.notifications.models import Alert


@pytest.fixture
def heard(db: None) -> Callable[[Member], list[str]]:
    """`heard(member)` does what was put off and answers `kind xN by Name #number`, oldest first."""

    def lines(member: Member) -> list[str]:
        run_all()
        rows = Alert.objects.filter(member=member).select_related("post").order_by("id")
        return [
            f"{row.kind} x{row.count} by {row.actor_name}"
            + (f" #{row.post.number}" if row.post else "")
            for row in rows
        ]

    return lines


@pytest.fixture
def confirmed(db: None) -> Callable[[Member], str]:
    """Confirm a member's address, and answer it."""

    def confirm(member: Member) -> str:
        EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
        return member.email

    return confirm

"""What the tests of the administration share."""

import pytest

from paceline.forum.models import StaffAction


@pytest.fixture
def lines(db):
    """`lines()`: (verb, about) of the staff's log, oldest first."""
    return lambda: list(StaffAction.objects.order_by("id").values_list("verb", "about"))

"""A list that is read stretch by stretch holds every row once, whatever its order."""

import pytest

from paceline.accounts.models import Member
from paceline.browsing.stretches import stretch_of
from paceline.lib.errors import NotFound


@pytest.fixture
def riders(world):
    """Nine members, of whom several have the same count and the same moment."""
    for n in range(4):
        world.member(f"Rider {n}", post_count=n // 2, joined_at=world.bo.joined_at)
    return Member.objects.all()


def read_all(rows, column, **options):
    found, after = [], ""
    while True:
        stretch = stretch_of(rows, column, 2, after, **options)
        assert len(stretch.rows) <= 2
        found += stretch.rows
        if not (after := stretch.further):
            return found


@pytest.mark.parametrize("column", ["name_key", "post_count", "joined_at"])
@pytest.mark.parametrize("least_first", [True, False])
def test_every_row_comes_once_and_in_order(riders, column, least_first):
    sign = "" if least_first else "-"
    in_order = list(riders.order_by(f"{sign}{column}", f"{sign}id"))

    assert read_all(riders, column, least_first=least_first) == in_order


def test_a_stretch_is_one_query_and_begins_where_the_last_one_ended(riders, queries):
    first = stretch_of(riders, "post_count", 2, "")
    cost, second = queries(stretch_of, riders, "post_count", 2, first.further)

    assert cost == 1
    assert not set(first.rows) & set(second.rows)


@pytest.mark.parametrize("key", ["nonsense", "a:b:c", "\x00"])
def test_a_key_that_nobody_gave_out_is_not_found(riders, key):
    with pytest.raises(NotFound):
        stretch_of(riders, "post_count", 2, key)


def test_a_key_of_one_order_is_no_key_of_another(riders):
    key = stretch_of(riders, "post_count", 2, "").further

    with pytest.raises(NotFound):
        stretch_of(riders, "joined_at", 2, key)

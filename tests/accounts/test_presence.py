from datetime import UTC, datetime, timedelta

import pytest

from paceline.accounts import presence
from paceline.accounts.models import Member, Presence

NOW = datetime(2008, 10, 3, 11, 40, tzinfo=UTC)


@pytest.fixture
def see(world):
    """`see(member, board_id=…)` notes a member, or a visitor by name, as a page view does."""

    def note(who, *, at=NOW, **place):
        if isinstance(who, Member):
            presence.note(presence.member_key(who.pk), member_id=who.pk, at=at, **place)
        else:
            presence.note(presence.visitor_key(who, "Browser", at.date()), at=at, **place)

    return note


def test_a_page_view_writes_nothing_until_the_batch_is_written(world, see, no_queries):
    with no_queries():
        see(world.bo, board_id=7, thread_id=70)
        see("192.0.2.1", board_id=7)

    assert presence.write_presence(NOW) == 2

    world.bo.refresh_from_db()
    assert world.bo.last_seen_at == NOW
    rows = Presence.objects.order_by("member").values_list("member", "board", "thread", "seen_at")
    assert set(rows) == {(world.bo.pk, 7, 70, NOW), (None, 7, 0, NOW)}
    assert presence.write_presence(NOW) == 0


def test_only_the_last_place_is_kept_and_what_is_old_is_forgotten(world, see):
    see(world.bo, board_id=7)
    see(world.bo, board_id=8)
    see("192.0.2.1", at=NOW - presence.KEPT - timedelta(minutes=1))
    presence.write_presence(NOW)
    see(world.bo, board_id=9)
    presence.write_presence(NOW)

    assert list(Presence.objects.values_list("key", "board")) == [(f"m{world.bo.pk}", 9)]


def test_a_batch_that_comes_late_does_not_turn_the_clock_back(world, see):
    Member.objects.filter(id=world.bo.pk).update(last_seen_at=NOW)
    see(world.bo, at=NOW - timedelta(seconds=30))
    see(world.cy, at=NOW)
    presence.write_presence(NOW)

    world.bo.refresh_from_db()
    world.cy.refresh_from_db()
    assert (world.bo.last_seen_at, world.cy.last_seen_at) == (NOW, NOW)


def test_where_a_member_is_who_does_not_show_it_is_not_written(world, see):
    see(world.bo, board_id=7)
    presence.write_presence(NOW)
    Member.objects.filter(id=world.bo.pk).update(shows_online=False)
    see(world.bo, board_id=8, at=NOW + timedelta(minutes=1))
    presence.write_presence(NOW)

    world.bo.refresh_from_db()
    assert not Presence.objects.exists()
    assert world.bo.last_seen_at == NOW + timedelta(minutes=1)


def test_a_member_whose_row_is_gone_does_not_stop_the_batch(world, see):
    gone = world.member("Gone")
    see(gone)
    see(world.bo)
    gone.delete()
    presence.write_presence(NOW)

    assert list(Presence.objects.values_list("member", flat=True)) == [world.bo.pk]


def test_the_same_visitor_is_one_for_a_day_and_their_address_is_not_kept():
    today, tomorrow = NOW.date(), NOW.date() + timedelta(days=1)
    key = presence.visitor_key("192.0.2.1", "Browser", today)

    assert key == presence.visitor_key("192.0.2.1", "Browser", today)
    others = {
        presence.visitor_key("192.0.2.1", "Browser", tomorrow),
        presence.visitor_key("192.0.2.2", "Browser", today),
        presence.visitor_key("192.0.2.1", "Another", today),
    }
    assert len(others | {key}) == 4
    assert "192" not in key
    assert len(key) <= 40


def test_a_batch_of_many_people_costs_a_few_queries(world, see, queries):
    members = [world.member(f"Rider {n}") for n in range(60)]
    for member in members[:1]:
        see(member)
    few, _ = queries(presence.write_presence, NOW)
    for member in members:
        see(member, at=NOW + timedelta(minutes=1))
    many, noted = queries(presence.write_presence, NOW)

    assert noted == 60
    assert many == few

from datetime import timedelta

import pytest

from paceline.accounts import presence
from paceline.accounts.models import Member
from paceline.browsing.who import forget_who, load_online_page, who_is_here


@pytest.fixture
def here(world, nobody):
    """`here(member, …place)` has somebody seen and written down."""

    def see(who, *, minutes_ago=0, **place):
        at = nobody.now - timedelta(minutes=minutes_ago)
        member_id = who.pk if isinstance(who, Member) else 0
        key = presence.member_key(member_id) if member_id else f"v{who}"
        presence.note(key, member_id=member_id, at=at, **place)
        presence.write_presence(nobody.now)
        forget_who()

    return see


def names(who):
    return [member.name for member in who.members]


def test_who_is_here_says_who_reads_a_thread_a_board_or_anything(world, nobody, here):
    board, thread = world.training.pk, world.thread.pk
    here(world.cy, board_id=board, thread_id=thread)
    here(world.bo, board_id=board)
    here(world.ada)
    here("one", board_id=board, thread_id=thread)
    here(world.root, minutes_ago=16, board_id=board)

    in_thread = who_is_here(nobody, board_id=board, thread_id=thread)
    on_board = who_is_here(nobody, board_id=board)
    anywhere = who_is_here(nobody)

    assert (names(in_thread), in_thread.visitor_count) == (["Cy"], 1)
    assert (names(on_board), on_board.visitor_count) == (["Bo", "Cy"], 1)
    assert (names(anywhere), anywhere.visitor_count) == (["Ada", "Bo", "Cy"], 1)


def test_the_viewer_is_here_even_before_it_was_written(world, bo, here):
    here(world.cy, board_id=1)
    here(world.ada, board_id=1)

    assert names(who_is_here(bo, board_id=1)) == ["Ada", "Bo", "Cy"]
    bo.member.shows_online = False
    assert names(who_is_here(bo, board_id=1)) == ["Ada", "Cy"]


def test_asking_again_within_seconds_costs_nothing(world, bo, cy, queries):
    first, _ = queries(who_is_here, bo, board_id=1)
    again, who = queries(who_is_here, cy, board_id=1)

    assert (first, again) == (1, 0)
    assert names(who) == ["Cy"]


def test_the_page_of_those_online_keeps_hidden_places_to_itself(world, nobody, ada, root, here):
    staff_room = world.hidden_board()
    secret = world.start_thread("Whom to ban", board=staff_room, author=world.root)
    here(world.root, board_id=staff_room.pk, thread_id=secret.pk)
    here(world.ada, board_id=staff_room.pk, minutes_ago=1)
    here(world.bo, board_id=world.training.pk, thread_id=world.thread.pk, minutes_ago=2)

    def places(viewer):
        return [(row.member.name, row.label) for row in load_online_page(viewer).rows]

    assert places(nobody) == [("Root", ""), ("Ada", ""), ("Bo", "Back pain on long rides")]
    assert places(root)[:2] == [("Root", "Whom to ban"), ("Ada", "Staff room")]


def test_the_page_of_those_online_costs_the_same_for_many(world, nobody, here, queries):
    here(world.bo, board_id=world.training.pk, thread_id=world.thread.pk)
    few, _ = queries(load_online_page, nobody)
    for member in (world.cy, world.ada, world.root):
        here(member, board_id=world.training.pk, thread_id=world.thread.pk)
    here("one")
    many, page = queries(load_online_page, nobody)

    assert (page.member_count, page.visitor_count) == (4, 1)
    assert (few, many) == (3, 3)

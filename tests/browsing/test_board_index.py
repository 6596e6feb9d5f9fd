"""The index and the lists of threads."""

import pytest

from paceline.browsing.board_index import load_board_index
from paceline.browsing.thread_list import (
    load_board_page,
    load_mine,
    load_new,
    load_unanswered,
)
from paceline.lib.errors import NotFound
from paceline.permissions.table import load_table
from paceline.unread.marks import mark_all_read, mark_boards_read


def test_a_board_adds_up_what_the_boards_in_it_hold(world):
    inner = world.board("Winter", parent=world.training)
    world.start_thread("Outer")
    world.start_thread("Inner", board=inner)

    row = load_board_index(world.viewer(None)).boards[0]

    assert (row.thread_count, row.post_count) == (2, 2)
    assert row.last is not None
    assert row.last.title == "Inner"


def test_what_one_may_not_see_leaves_no_trace(world):
    room = world.hidden_board()
    inner = world.board("Archive of the staff", parent=room)
    world.start_thread("Secret", board=room, author=world.root)
    world.start_thread("More secret", board=inner, author=world.root)

    index = load_board_index(world.viewer(world.bo))

    assert [row.board.name for row in index.boards] == ["Training"]
    assert (index.thread_count, index.post_count) == (0, 0)
    assert not load_new(world.viewer(world.bo)).threads
    with pytest.raises(NotFound):
        load_board_page(world.viewer(world.bo), inner.id)
    assert load_board_index(world.viewer(world.root)).thread_count == 2


def test_queries_do_not_grow_with_the_threads(world, queries):
    world.start_thread("One")
    viewer = world.viewer(world.bo)
    load_table(viewer)
    few, _ = queries(load_board_page, viewer, world.training.id)
    for n in range(9):
        world.start_thread(f"Thread {n}", author=world.cy)
    viewer = world.viewer(world.bo)
    load_table(viewer)
    many, page = queries(load_board_page, viewer, world.training.id)

    assert len(page.threads) == 10
    assert few == many <= 5


def test_the_pages_of_a_list_hold_every_thread_once(world):
    world.set(threads_per_page=5)
    titles = {world.start_thread(f"Thread {n}").title for n in range(13)}

    seen, after = [], ""
    for _ in range(3):
        page = load_board_page(world.viewer(None), world.training.id, after=after)
        seen += [row.title for row in page.threads]
        after = page.older

    assert after == ""
    assert len(seen) == 13
    assert set(seen) == titles


def test_pinned_threads_come_first_and_once(world):
    world.start_thread("Rules", is_pinned=True)
    world.start_thread("Newest")

    page = load_board_page(world.viewer(None), world.training.id)

    assert [row.title for row in page.pinned] == ["Rules"]
    assert [row.title for row in page.threads] == ["Newest"]


def test_new_means_not_read_by_this_member(world):
    world.start_thread("By Bo")

    assert [r.title for r in load_new(world.viewer(world.cy)).threads] == ["By Bo"]
    assert not load_new(world.viewer(world.bo)).threads  # his own
    mark_boards_read(world.viewer(world.cy), [world.training.id])
    assert not load_new(world.viewer(world.cy)).threads
    world.reply("News", author=world.ada, thread=None)
    assert [r.title for r in load_new(world.viewer(world.cy)).threads] == [
        "Back pain on long rides"
    ]
    mark_all_read(world.viewer(world.cy))
    assert not load_new(world.viewer(world.cy)).threads


def test_unanswered_and_mine(world):
    world.start_thread("Alone", author=world.cy)
    world.reply()

    assert [r.title for r in load_unanswered(world.viewer(None)).threads] == ["Alone"]
    assert [r.title for r in load_mine(world.viewer(world.cy)).threads] == ["Alone"]
    both = load_mine(world.viewer(world.cy), taking_part=True).threads
    assert {r.title for r in both} == {"Alone", "Back pain on long rides"}

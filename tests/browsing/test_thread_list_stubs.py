"""A stub stands in a list only where what it points to is there for the reader."""

import pytest

from paceline.browsing.thread_list import SORTS, load_board_page
from paceline.lib.errors import NotFound
from paceline.moderation.hide import hide_thread
from paceline.moderation.move import move_thread


def titles(viewer, board):
    return [(row.title, row.is_moved) for row in load_board_page(viewer, board.pk).threads]


def test_a_stub_leads_on_while_its_thread_can_be_read(world):
    bikes, thread = world.board("Bikes"), world.thread
    move_thread(world.viewer(world.root), thread.pk, bikes.pk, leaves_stub=True)
    assert titles(world.viewer(None), world.training) == [(thread.title, True)]

    hide_thread(world.viewer(world.root), thread.pk)
    assert titles(world.viewer(None), world.training) == []
    assert titles(world.viewer(world.ada), world.training) == []
    assert titles(world.viewer(world.root), world.training) == [(thread.title, True)]


def test_a_stub_does_not_tell_of_a_board_that_is_hidden(world):
    secret = world.hidden_board()
    move_thread(world.viewer(world.root), world.thread.pk, secret.pk, leaves_stub=True)

    assert titles(world.viewer(world.bo), world.training) == []
    assert len(titles(world.viewer(world.root), world.training)) == 1


def test_a_key_of_one_order_is_no_key_of_another(world, bo):
    world.set(threads_per_page=5)
    for n in range(7):
        world.start_thread(f"No. {n}")
    viewer = world.viewer(world.bo)
    keys = {sort: load_board_page(viewer, world.training.pk, sort=sort).older for sort in SORTS}
    for sort, key in keys.items():
        page = load_board_page(viewer, world.training.pk, sort=sort, after=key)
        assert len(page.threads) == 2
        for other in keys.keys() - {sort}:
            with pytest.raises(NotFound):
                load_board_page(viewer, world.training.pk, sort=other, after=key)

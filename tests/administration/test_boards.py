"""The tree of boards is changed by administrators, and the board follows at once."""

import pytest

from paceline.administration.boards import (
    BoardValues,
    add_board,
    change_board,
    delete_board,
    load_tree,
    move_board,
)
from paceline.forum.models import Board, Notice, State, Thread
from paceline.lib.errors import Invalid, NotAllowed, NotFound
from paceline.moderation.move import move_thread
from paceline.permissions.boards import find_board


def names(world):
    return [(line.name, line.depth) for line in load_tree(world.viewer(world.root))]


def test_a_board_is_added_behind_its_siblings_and_is_there_at_once(world, root, lines):
    made = add_board(root, BoardValues("  Hill\nclimbs ", "Up.", parent_id=world.training.pk))
    add_board(world.viewer(world.root), BoardValues("Bikes"))

    board = Board.objects.get(id=made)
    assert (board.name, board.slug, board.description) == ("Hill climbs", "hill-climbs", "Up.")
    assert names(world) == [("Training", 0), ("Hill climbs", 1), ("Bikes", 0)]
    assert find_board(world.viewer(world.bo), made).name == "Hill climbs"
    assert lines() == [("add board", "Hill climbs"), ("add board", "Bikes")]


def test_a_board_is_changed_and_put_elsewhere(world, lines):
    bikes = world.board("Bikes", position=50)
    values = BoardValues("Training rides", parent_id=bikes.pk, allows_images=False)
    for _ in range(2):
        change_board(world.viewer(world.root), world.training.pk, values)

    assert names(world) == [("Bikes", 0), ("Training rides", 1)]
    assert not find_board(world.viewer(world.bo), world.training.pk).allows_images
    assert lines() == [("change board", "Training rides")]


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("name", {"name": " "}),
        ("name", {"name": "x" * 101}),
        ("description", {"description": "x" * 501}),
        ("parent_id", {"parent_id": 424242}),
        ("takes_threads", {"takes_threads": False}),
    ],
)
def test_what_does_not_fit_is_refused(world, root, field, more):
    assert world.thread
    with pytest.raises(Invalid) as refusal:
        change_board(root, world.training.pk, BoardValues(**{"name": "Training", **more}))
    assert refusal.value.field == field


def test_no_board_stands_in_itself_nor_endlessly_deep(world):
    parent, chain = world.training, []
    for depth in range(5):
        parent = world.board(f"Level {depth}", parent)
        chain.append(parent)
    root = world.viewer(world.root)
    for inside in (world.training, chain[2]):
        with pytest.raises(Invalid):
            change_board(root, world.training.pk, BoardValues("Training", parent_id=inside.pk))
    with pytest.raises(Invalid):
        add_board(root, BoardValues("Too deep", parent_id=chain[-1].pk))
    top = world.board("Top")
    root = world.viewer(world.root)
    with pytest.raises(Invalid):
        change_board(root, world.training.pk, BoardValues("Training", parent_id=top.pk))


def test_boards_move_among_their_siblings(world, lines):
    for name in ("Bikes", "Chat"):
        world.board(name)
    root = world.viewer(world.root)
    move_board(root, world.training.pk, "down")
    move_board(root, world.training.pk, "down")
    move_board(root, world.training.pk, "down")  # it is the last already
    assert [name for name, _ in names(world)] == ["Bikes", "Chat", "Training"]
    assert len(lines()) == 2
    with pytest.raises(Invalid):
        move_board(root, world.training.pk, "sideways")


def test_only_an_empty_board_is_deleted(world, lines):
    inner, other = world.board("Inner", world.training), world.board("Other")
    hidden = world.start_thread("Hidden", board=inner, state=State.HIDDEN)
    for board in (world.training, inner):
        with pytest.raises(NotAllowed):
            delete_board(world.viewer(world.root), board.pk)

    move_thread(world.viewer(world.root), hidden.pk, other.pk)
    Thread.objects.create(board=inner, title="Stub", slug="stub", author_name="Bo", moved_to=hidden)
    only = Notice.objects.create(title="There", boards=[inner.pk])
    both = Notice.objects.create(title="Both", boards=[inner.pk, other.pk])
    delete_board(world.viewer(world.root), inner.pk)

    only.refresh_from_db()
    both.refresh_from_db()
    assert (only.is_active, both.is_active, both.boards) == (False, True, [other.pk])
    assert ("delete board", "Inner") in lines()
    with pytest.raises(NotFound):
        delete_board(world.viewer(world.root), inner.pk)

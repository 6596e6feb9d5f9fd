"""A thread moves to another board, with or without a pointer left behind."""

import pytest

from paceline.forum.models import Prefix, StaffAction, State, Thread
from paceline.forum.recount import find_drift
from paceline.jobs.models import Job
from paceline.jobs.worker import run_all
from paceline.lib.errors import Invalid, NotAllowed, NotFound
from paceline.moderation.hide import hide_thread
from paceline.moderation.merge import merge_threads
from paceline.moderation.move import move_thread
from paceline.moderation.split import split_thread
from paceline.permissions.rights import Right


@pytest.fixture
def bikes(world):
    return world.board("Bikes")


def counts(board):
    board.refresh_from_db()
    return board.thread_count, board.post_count, board.last_thread_id


def test_counts_and_last_post_go_along(world, ada, bikes):
    thread = world.thread
    world.posts(2)
    other = world.start_thread("Saddles")
    assert counts(world.training) == (2, 4, other.pk)

    move_thread(ada, thread.pk, bikes.pk, reason="It is about bikes.")

    assert counts(world.training) == (1, 1, other.pk)
    assert counts(bikes) == (1, 3, thread.pk)
    assert not Thread.objects.filter(moved_to=thread).exists()
    line = StaffAction.objects.get()
    assert (line.verb, line.board, line.detail) == ("move", world.training, {"to": bikes.pk})
    assert find_drift() == []


def test_a_stub_points_the_way_and_counts_for_nothing(world, ada, bikes):
    thread = world.thread
    move_thread(ada, thread.pk, bikes.pk, leaves_stub=True)

    stub = Thread.objects.get(moved_to=thread)
    assert (stub.board, stub.title, stub.post_count) == (world.training, thread.title, 0)
    assert stub.last_posted_at == thread.last_posted_at
    assert counts(world.training) == (0, 0, None)
    assert find_drift() == []


def test_a_thread_that_comes_back_takes_its_stub_away(world, root, bikes):
    for board in (bikes, world.training, bikes):
        move_thread(root, world.thread.pk, board.pk, leaves_stub=True)

    stub = Thread.objects.get(moved_to=world.thread)
    assert stub.board == world.training
    assert find_drift() == []


def test_moving_twice_moves_once(world, ada, bikes):
    move_thread(ada, world.thread.pk, bikes.pk)
    with pytest.raises(NotAllowed):  # Ada does not moderate Bikes, so it is out of her hands.
        move_thread(ada, world.thread.pk, bikes.pk)
    move_thread(world.viewer(world.root), world.thread.pk, bikes.pk, leaves_stub=True)
    assert StaffAction.objects.count() == 1
    assert Thread.objects.count() == 1


def test_the_target_must_take_threads_from_the_moderator(world, ada, bikes):
    heading = world.board("Heading", takes_threads=False)
    world.rights("members", bikes, deny=Right.START)
    secret = world.hidden_board()

    with pytest.raises(Invalid) as refusal:
        move_thread(ada, world.thread.pk, heading.pk)
    assert refusal.value.field == "board"
    with pytest.raises(NotAllowed):
        move_thread(world.viewer(world.ada), world.thread.pk, bikes.pk)
    for board_id in (secret.pk, 4242):
        with pytest.raises(NotFound):
            move_thread(world.viewer(world.ada), world.thread.pk, board_id)
    assert world.thread.board == world.training


def test_a_prefix_goes_along_where_the_other_board_has_its_like(world, ada, bikes):
    Thread.objects.filter(id=world.thread.pk).update(
        prefix=Prefix.objects.create(board=world.training, label="Solved")
    )
    there = Prefix.objects.create(board=bikes, label="Solved")
    move_thread(ada, world.thread.pk, bikes.pk)
    assert world.thread.prefix == there

    other = world.board("Other")
    move_thread(world.viewer(world.root), world.thread.pk, other.pk)
    assert world.thread.prefix is None


def test_a_hidden_thread_moves_unseen(world, ada, bikes):
    hide_thread(ada, world.thread.pk)
    move_thread(ada, world.thread.pk, bikes.pk, leaves_stub=True)

    assert world.thread.state == State.HIDDEN
    assert Thread.objects.count() == 1
    assert counts(bikes) == (0, 0, None)
    assert find_drift() == []


def test_posts_are_shown_as_the_board_takes_them_that_they_stand_on_now(world, ada, root):
    plain = world.board("Plain", allows_bbcode=False)
    thread = world.start_thread("Bold", "[b]first[/b]")
    world.reply("[b]second[/b]", thread=thread)
    other = world.start_thread("There", "[b]here[/b]", board=plain)
    other.posts.update(language="bbcode")
    run_all()

    def shown() -> list[bool]:
        run_all()
        return ["<b>" in post.html for post in thread.posts.order_by("number")]

    move_thread(root, thread.pk, plain.pk)
    assert shown() == [False, False]
    move_thread(root, thread.pk, world.training.pk)
    assert shown() == [True, True]
    merge_threads(root, other.pk, thread.pk)
    assert shown() == [True, True, True]
    new = split_thread(root, thread.pk, [thread.posts.get(number=2).pk], "Apart", board_id=plain.pk)
    run_all()
    assert "<b>" not in new.posts.get().html
    assert shown() == [True, True]


def test_on_a_board_that_takes_the_same_nothing_is_rendered(world, ada, bikes):
    thread = world.thread
    run_all()
    move_thread(ada, thread.pk, bikes.pk)

    assert not Job.objects.filter(name="render_thread").exists()

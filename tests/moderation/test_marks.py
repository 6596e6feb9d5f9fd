"""Lock, pin, rename: each once, with a line that says who and why."""

import pytest

from paceline.forum.models import Prefix, StaffAction, Thread
from paceline.lib.errors import Invalid, NotAllowed
from paceline.moderation.marks import (
    lock_thread,
    pin_thread,
    rename_thread,
    unlock_thread,
    unpin_thread,
)
from paceline.moderation.move import move_thread


@pytest.mark.parametrize(
    ("do", "undo", "column"),
    [(lock_thread, unlock_thread, "is_locked"), (pin_thread, unpin_thread, "is_pinned")],
)
def test_a_second_time_changes_nothing_and_leaves_no_line(world, ada, do, undo, column):
    thread = world.thread
    for verb in (do, do, undo, undo):
        verb(ada, thread.pk, reason="  As\nagreed ")

    lines = StaffAction.objects.order_by("id")
    assert [(line.actor, line.thread, line.board, line.reason) for line in lines] == [
        (world.ada, thread, world.training, "As agreed")
    ] * 2
    assert lines[0].about == "Back pain on long rides"
    assert not getattr(world.thread, column)


def test_a_locked_thread_takes_replies_from_moderators_only(world, ada):
    lock_thread(ada, world.thread.pk)

    with pytest.raises(NotAllowed, match="locked"):
        world.reply()
    assert world.reply(author=world.ada).number == 2


def test_a_thread_gets_another_title_and_a_prefix_of_its_board(world, root):
    prefix = Prefix.objects.create(board=world.training, label="Solved")
    bikes = world.board("Bikes")
    foreign = Prefix.objects.create(board=bikes, label="Sold")
    with pytest.raises(Invalid) as refusal:
        rename_thread(root, world.thread.pk, "Back pain", prefix_id=foreign.pk)
    assert refusal.value.field == "prefix"
    with pytest.raises(Invalid) as refusal:
        rename_thread(root, world.thread.pk, " \n?! ")
    assert refusal.value.field == "title"

    for _ in range(2):
        rename_thread(root, world.thread.pk, "Back  pain: solved", prefix_id=prefix.pk)

    assert world.thread.title == "Back pain: solved"
    assert world.thread.slug == "back-pain-solved"
    assert world.thread.prefix == prefix
    line = StaffAction.objects.get()
    assert line.detail == {"before": "Back pain on long rides"}

    move_thread(root, world.thread.pk, bikes.pk, leaves_stub=True)
    rename_thread(root, world.thread.pk, "Pain")
    assert Thread.objects.get(moved_to=world.thread).title == "Pain"
    assert world.thread.prefix is None


def test_a_reason_is_a_line_and_not_a_letter(world, ada):
    with pytest.raises(Invalid) as refusal:
        lock_thread(ada, world.thread.pk, reason="x" * 501)
    assert refusal.value.field == "reason"
    assert not world.thread.is_locked

"""Who reaches what: every verb refuses whoever does not moderate the board, and says nothing."""

import pytest

from paceline.forum.models import Board, Post, StaffAction, State, Thread
from paceline.lib.errors import NotAllowed, NotFound
from paceline.moderation.approve import approve_post, approve_thread, refuse_post, refuse_thread
from paceline.moderation.hide import hide_post, hide_thread, restore_post, restore_thread
from paceline.moderation.marks import (
    lock_thread,
    pin_thread,
    rename_thread,
    unlock_thread,
    unpin_thread,
)
from paceline.moderation.merge import merge_threads
from paceline.moderation.move import move_thread
from paceline.moderation.split import split_thread
from paceline.permissions.models import BoardModerator

ON_THREADS = {
    "lock": lock_thread,
    "unlock": unlock_thread,
    "pin": pin_thread,
    "unpin": unpin_thread,
    "rename": lambda v, t: rename_thread(v, t, "Another title"),
    "move": lambda v, t: move_thread(v, t, Board.objects.earliest("id").pk),
    "split": lambda v, t: split_thread(v, t, [1], "Another title"),
    "merge": lambda v, t: merge_threads(v, t, Thread.objects.exclude(id=t).earliest("id").pk),
    "hide": hide_thread,
    "restore": restore_thread,
    "approve": approve_thread,
    "refuse": lambda v, t: refuse_thread(v, t, reason="No."),
}
ON_POSTS = {
    "hide": hide_post,
    "restore": restore_post,
    "approve": approve_post,
    "refuse": lambda v, p: refuse_post(v, p, reason="No."),
}


@pytest.fixture
def dan(world):
    """Moderates another board."""
    member = world.member("Dan")
    BoardModerator.objects.create(board=world.board("Bikes"), member=member)
    return member


@pytest.mark.parametrize("verb", ON_THREADS)
def test_only_the_boards_moderators_reach_a_thread(world, dan, verb):
    thread = world.start_thread("Saddles")
    world.start_thread("Bars")
    before = Thread.objects.filter(id=thread.pk).values().get()

    for member in (world.bo, world.cy, world.mal, dan, None):
        with pytest.raises(NotAllowed):
            ON_THREADS[verb](world.viewer(member), thread.pk)
    assert Thread.objects.filter(id=thread.pk).values().get() == before
    assert not StaffAction.objects.exists()


@pytest.mark.parametrize("verb", ON_THREADS)
def test_what_is_hidden_is_not_there_for_others(world, dan, verb):
    hidden = world.start_thread("Saddles", state=State.HIDDEN)
    secret = world.start_thread("Bars", board=world.hidden_board(), author=world.root)

    for thread in (hidden, secret):
        for member in (world.bo, world.mal, dan, None):
            with pytest.raises(NotFound):
                ON_THREADS[verb](world.viewer(member), thread.pk)
        with pytest.raises(NotFound):
            ON_THREADS[verb](world.viewer(world.ada), 999_999)


@pytest.mark.parametrize("verb", ON_POSTS)
def test_only_the_boards_moderators_reach_a_post(world, dan, verb):
    seen, hidden = world.posts(2)
    world.hide(hidden)

    for member in (world.bo, world.mal, dan, None):
        with pytest.raises(NotAllowed):
            ON_POSTS[verb](world.viewer(member), seen.pk)
        with pytest.raises(NotFound):
            ON_POSTS[verb](world.viewer(member), hidden.pk)
    assert Post.objects.get(id=seen.pk).state == State.VISIBLE
    assert not StaffAction.objects.exists()


@pytest.mark.parametrize("verb", sorted(ON_THREADS.keys() - {"hide", "restore"}))
def test_a_stub_takes_no_verbs_but_hiding_and_restoring(world, ada, root, verb):
    other = world.board("Bikes")
    world.start_thread("Bars")
    moved = move_thread(root, world.thread.pk, other.pk, leaves_stub=True)
    stub = Thread.objects.get(moved_to=moved)
    before = Thread.objects.filter(id=stub.pk).values().get()

    if verb == "approve":
        approve_thread(ada, stub.pk)
    else:
        with pytest.raises(NotAllowed):
            ON_THREADS[verb](ada, stub.pk)
    assert Thread.objects.filter(id=stub.pk).values().get() == before

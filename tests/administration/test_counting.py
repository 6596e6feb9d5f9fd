"""Members' counters leave out what stands where the group Members may not read."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from paceline.accounts.models import Member
from paceline.administration.boards import BoardValues, add_board, change_board
from paceline.administration.counting import find_uncounted, follow_rights
from paceline.administration.rights import set_rights
from paceline.forum.facts import MEMBER_COUNTERS
from paceline.forum.models import Board, Post, State, Thread
from paceline.forum.recount import find_drift, mend_drift
from paceline.lib.errors import Refusal
from paceline.moderation.approve import approve_thread
from paceline.moderation.hide import hide_thread, restore_thread
from paceline.moderation.merge import merge_threads
from paceline.moderation.move import move_thread
from paceline.moderation.split import split_thread
from paceline.permissions.models import BoardModerator
from paceline.permissions.rights import Right
from paceline.posting.delete_own import delete_own
from paceline.posting.edit import Edit, edit_post
from paceline.posting.erase_account import erase_account
from paceline.posting.like import like_post, unlike_post
from paceline.posting.reply import post_reply
from paceline.posting.tag import tag_member, untag_member


def seen():
    """All that counters say of members."""
    return {row.pop("id"): row for row in Member.objects.values("id", *MEMBER_COUNTERS)}


def fill(world, board):
    """A thread on the board with each kind of fact in it, by staff who may read every board."""
    for member in (world.ada, world.cy):
        BoardModerator.objects.get_or_create(board=board, member=member)
    world.rights("guests", None, allow=Right.SEE | Right.READ)  # a new version of the table
    thread = world.start_thread("Plans", "What does @Cy say?", board=board, author=world.ada)
    post = world.reply("@Ada, this.", author=world.cy, thread=thread)
    world.reply(f"[quote=Cy;{post.pk}]this[/quote] Yes.", author=world.ada, thread=thread)
    like_post(world.viewer(world.ada), post.pk)
    tag_member(world.viewer(world.ada), thread.pk, "Cy")
    return thread


def decide(world, board, choice):
    """The administrator lets Members read the board, or not."""
    group = world.group("members").pk
    set_rights(world.viewer(world.root), board.pk, {(group, Right.READ): choice})


@pytest.fixture
def room(world):
    return world.hidden_board()


def test_what_is_written_in_a_staff_room_changes_nobodys_counters(world, room):
    before = seen()
    thread = fill(world, room)

    assert seen() == before
    room.refresh_from_db()
    thread.refresh_from_db()
    assert (room.thread_count, room.post_count, thread.post_count) == (1, 3, 3)
    assert find_drift() == []


def test_nothing_done_there_afterwards_does_either(world, room):
    before = seen()
    thread = fill(world, room)
    ada, cy = world.viewer(world.ada), world.viewer(world.cy)
    post = Post.objects.get(thread=thread, number=2)
    edit_post(cy, post.pk, Edit("@Root, that.", seen_revision=0))
    unlike_post(ada, post.pk)
    like_post(ada, post.pk)
    untag_member(ada, thread.pk, world.cy.pk)
    hide_thread(ada, thread.pk)
    restore_thread(ada, thread.pk)
    delete_own(cy, post.pk)

    assert seen() == before
    assert find_drift() == []


def test_a_thread_held_there_counts_for_nobody_when_it_is_approved(world, room):
    before = seen()
    thread = fill(world, room)
    Thread.objects.filter(id=thread.pk).update(state=State.HELD)
    mend_drift(find_drift())
    approve_thread(world.viewer(world.ada), thread.pk)

    assert seen() == before
    assert find_drift() == []


def test_shutting_members_out_takes_facts_away_and_opening_brings_them_back(world):
    bikes = world.board("Bikes")
    before = seen()
    thread = fill(world, bikes)
    Thread.objects.create(board=bikes, title="Elsewhere", author=world.cy, moved_to=thread)
    filled = seen()
    assert filled[world.cy.pk] == {
        **before[world.cy.pk],
        **dict.fromkeys(("post_count", "mentioned_count", "quoted_count", "tagged_count"), 1),
        **dict.fromkeys(("liked_count", "liked_post_count"), 1),
    }
    assert filled[world.ada.pk]["likes_given_count"] == filled[world.ada.pk]["thread_count"] == 1

    decide(world, bikes, "deny")
    assert seen() == before
    assert [*find_drift(), *find_uncounted()] == []

    decide(world, bikes, "inherit")
    assert seen() == filled
    assert [*find_drift(), *find_uncounted()] == []


def test_what_another_group_may_read_changes_nothing(world):
    bikes = world.board("Bikes")
    fill(world, bikes)
    filled = seen()
    group = world.group("guests").pk
    set_rights(world.viewer(world.root), bikes.pk, {(group, Right.READ): "deny"})

    assert seen() == filled
    assert [*find_drift(), *find_uncounted()] == []


def test_shutting_members_out_of_the_whole_site_shuts_them_out_of_each_board(world):
    bikes = world.board("Bikes")
    world.rights("members", bikes, allow=Right.SEE | Right.READ)
    group = world.group("members").pk
    set_rights(world.viewer(world.root), 0, {(group, Right.READ): "inherit"})

    flags = dict(Board.objects.values_list("name", "counts_for_members"))
    assert flags == {"Training": False, "Bikes": True}


def test_a_board_in_a_staff_room_counts_for_nobody_though_members_are_allowed_there(world, room):
    inner = add_board(world.viewer(world.root), BoardValues("Inner", parent_id=room.pk))
    world.rights("members", Board.objects.get(id=inner), allow=Right.SEE | Right.READ)

    follow_rights()

    assert not Board.objects.get(id=inner).counts_for_members
    assert find_uncounted() == []


def test_a_board_put_into_a_staff_room_and_out_again(world, room):
    bikes = world.board("Bikes")
    inner = world.board("Frames", parent=bikes)
    before = seen()
    fill(world, inner)
    filled = seen()
    for parent_id, expected in ((room.pk, before), (None, filled)):
        root = world.viewer(world.root)
        change_board(root, bikes.pk, BoardValues("Bikes", parent_id=parent_id))
        assert seen() == expected
        assert [*find_drift(), *find_uncounted()] == []


def test_a_thread_moved_to_a_staff_room_and_back(world, room):
    before = seen()
    thread = fill(world, world.training)
    BoardModerator.objects.create(board=room, member=world.ada)
    world.rights("guests", None, allow=Right.SEE | Right.READ)
    filled = seen()
    for target, expected in ((room, before), (world.training, filled)):
        move_thread(world.viewer(world.ada), thread.pk, target.pk, leaves_stub=True)
        assert seen() == expected
        assert find_drift() == []


def test_a_hidden_thread_moved_counts_as_its_new_board_does_when_it_is_restored(world, room):
    before = seen()
    thread = fill(world, world.training)
    BoardModerator.objects.create(board=room, member=world.ada)
    world.rights("guests", None, allow=Right.SEE | Right.READ)
    ada = world.viewer(world.ada)
    hide_thread(ada, thread.pk)
    move_thread(ada, thread.pk, room.pk)
    assert find_drift() == []
    restore_thread(ada, thread.pk)

    assert seen() == before
    assert find_drift() == []


@pytest.mark.parametrize("begins_in_room", [True, False])
def test_posts_split_off_count_as_their_new_board_does(world, room, begins_in_room):
    source, target = (room, world.training) if begins_in_room else (world.training, room)
    BoardModerator.objects.get_or_create(board=target, member=world.ada)
    before = seen()
    thread = fill(world, source)
    post = Post.objects.get(thread=thread, number=2)
    split_thread(
        world.viewer(world.ada), thread.pk, [post.pk], "Apart", board_id=target.pk, reason="Apart."
    )

    cy = seen()[world.cy.pk]
    assert cy["post_count"] - before[world.cy.pk]["post_count"] == begins_in_room
    assert cy["thread_count"] - before[world.cy.pk]["thread_count"] == begins_in_room
    assert cy["liked_count"] - before[world.cy.pk]["liked_count"] == begins_in_room
    assert find_drift() == []


@pytest.mark.parametrize("goes_into_room", [True, False])
@pytest.mark.parametrize("is_tagged_twice", [True, False])
def test_posts_merged_count_as_their_new_board_does(world, room, goes_into_room, is_tagged_twice):
    one, other = fill(world, room), fill(world, world.training)
    source, target = (other, one) if goes_into_room else (one, other)
    if not is_tagged_twice:
        untag_member(world.viewer(world.ada), target.pk, world.cy.pk)
    merge_threads(world.viewer(world.ada), source.pk, target.pk)

    expected = 0 if goes_into_room else 2
    cy = seen()[world.cy.pk]
    assert (cy["post_count"], cy["mentioned_count"], cy["liked_count"]) == (expected,) * 3
    assert cy["tagged_count"] == (not goes_into_room)
    assert seen()[world.ada.pk]["thread_count"] == (not goes_into_room)
    assert find_drift() == []


def test_an_account_that_is_erased_takes_away_only_what_counted(world, room):
    fill(world, room)
    fill(world, world.training)
    erase_account(world.viewer(world.cy), keeps_texts=False)

    assert find_drift() == []


def test_a_thread_begun_while_the_board_was_being_shut_counts_for_nobody(world):
    before = seen()
    thread = fill(world, world.training)
    hide_thread(world.viewer(world.ada), thread.pk)
    # As written by somebody whose table of rights was a moment older.
    decide(world, world.training, "deny")
    Thread.objects.filter(id=thread.pk).update(counts_for_members=True)
    assert [(d.what, d.counter) for d in find_drift()] == [("thread", "counts_for_members")]
    restore_thread(world.viewer(world.ada), thread.pk)

    assert seen() == before
    assert find_drift() == []


def test_what_was_counted_before_there_was_this_rule_is_listed_and_mended(world, room):
    before = seen()
    fill(world, room)
    Board.objects.update(counts_for_members=True)
    Thread.objects.update(counts_for_members=True)
    mend_drift(find_drift())
    assert seen() != before

    assert [str(each) for each in find_uncounted()] == [
        f"board {room.pk}: Staff room should not count for members"
    ]
    follow_rights()
    assert seen() == before
    assert [*find_drift(), *find_uncounted()] == []


def test_a_thread_that_differs_from_its_board_is_mended_with_its_members(world, room):
    before = seen()
    thread = fill(world, room)
    Thread.objects.filter(id=thread.pk).update(counts_for_members=True)
    Member.objects.filter(id=world.cy.pk).update(post_count=7)
    mend_drift(find_drift())

    assert seen() == before
    assert find_drift() == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.slow
def test_a_board_is_shut_and_opened_while_members_write_and_moderators_move(world):
    bikes = world.board("Bikes")
    threads = [fill(world, board) for board in (world.training, bikes)]
    world.set(posts_per_minute=0)
    boards = (world.training.pk, bikes.pk)
    posts = [Post.objects.get(thread=thread, number=2).pk for thread in threads]

    def write(member):
        for n in range(12):
            viewer = world.viewer(member)
            attempt(post_reply, viewer, threads[n % 2].pk, f"@Bo and @Cy in round {n}.")
            attempt(like_post, viewer, posts[n % 2])
            attempt(unlike_post, viewer, posts[(n + 1) % 2])
            attempt(world.start_thread, f"New {n}", board=bikes, author=member)

    def shut():
        for n in range(12):
            for board in (bikes, world.training):
                decide(world, board, "deny" if n % 2 else "inherit")

    def move():
        for n in range(12):
            attempt(move_thread, world.viewer(world.ada), threads[n % 2].pk, boards[n // 2 % 2])

    work = [(write, world.ada), (write, world.cy), (shut,), (move,)]
    with ThreadPoolExecutor(len(work)) as pool:
        for done in [pool.submit(in_a_connection, *each) for each in work]:
            done.result()

    assert [*find_drift(), *find_uncounted()] == []


def in_a_connection(deed, *arguments):
    try:
        deed(*arguments)
    finally:
        connection.close()


def attempt(deed, *arguments, **named):
    """Do it if it can be done: somebody else may have been first."""
    try:
        deed(*arguments, **named)
    except Refusal:
        return

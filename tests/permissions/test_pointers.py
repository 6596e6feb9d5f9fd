"""A pointer to a moved thread is there for those alone for whom the thread is there."""

import pytest
from django.test import Client

from paceline.forum.models import Thread
from paceline.moderation.hide import hide_thread
from paceline.moderation.move import move_thread
from paceline.permissions.models import BoardModerator
from paceline.posting.drafts import save_draft
from paceline.posting.edit import Edit, edit_post

WORDS = "Seven stolen saddles"
ADDRESSES = (
    "/t/{id}/",
    "/t/{id}/any/",
    "/t/{id}/any/1/",
    "/t/{id}/print",
    "/t/{id}/last",
    "/t/{id}/unread",
    "/t/{id}/reply",
    "/search/?q=saddles&thread={id}",
    "/archive/t/{id}/",
    "/feeds/t/{id}/",
    "/drafts/",
    "/watched/",
    "/mod/",
    "/mod/boards/{board}/",
    "/t/{id}/rename",
    "/t/{id}/hide",
    "/b/{board}/training/",
    "/b/{board}/training/?sort=views",
    "/archive/b/{board}/",
    "/members/",
)


@pytest.fixture
def stub(world):
    """Where a thread of Bo's was, which is in the staff's room now, or hidden."""
    BoardModerator.objects.create(board=world.training, member=world.cy)
    thread = world.start_thread("A thread")
    other = world.hidden_board()
    move_thread(world.viewer(world.root), thread.pk, other.pk, leaves_stub=True)
    edit = Edit("Who has seen them?", 0, title=WORDS)
    edit_post(world.viewer(world.root), thread.posts.get().pk, edit)
    return Thread.objects.get(moved_to=thread)


def test_it_follows_what_the_thread_is_called(stub):
    assert (stub.title, stub.slug) == (WORDS, "seven-stolen-saddles")


def said_to(member, stub):
    browser = Client()
    if member:
        browser.force_login(member)
    found = {}
    for pattern in ADDRESSES:
        answer = browser.get(pattern.format(id=stub.pk, board=stub.board_id))
        text = b"".join(answer).decode() + answer.headers.get("Location", "")
        # The log of the staff says that a thread went from here, and which, by its number.
        leads = f"/t/{stub.moved_to_id}/" in text and pattern != "/mod/"
        found[pattern] = leads or WORDS in text or "saddles/" in text
    return {pattern for pattern, is_told in found.items() if is_told}


@pytest.mark.parametrize("name", [None, "bo", "cy", "mal"])
def test_nothing_is_told_by_it_of_a_thread_out_of_reach(world, stub, name):
    member = getattr(world, name) if name else None
    if member and member != world.mal:
        save_draft(world.viewer(member), f"reply:{stub.pk}", "To be said.")

    assert said_to(member, stub) == set()


def test_nor_of_one_that_was_hidden(world, stub):
    other = world.board("Other")
    move_thread(world.viewer(world.root), stub.moved_to_id, other.pk)
    assert said_to(world.bo, stub)

    hide_thread(world.viewer(world.root), stub.moved_to_id)

    assert said_to(world.bo, stub) == set()
    assert said_to(world.root, stub)


def test_it_leads_whoever_may_read_the_thread(world, stub):
    world.rights("members", Thread.objects.get(id=stub.moved_to_id).board, allow=3)

    browser = Client()
    browser.force_login(world.bo)
    answer = browser.get(f"/t/{stub.pk}/", follow=True)

    assert WORDS in answer.content.decode()

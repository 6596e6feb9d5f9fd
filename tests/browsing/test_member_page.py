import pytest

from paceline.accounts.ignoring import ignore_member
from paceline.accounts.models import Member
from paceline.browsing.member_page import LATEST, load_member_page
from paceline.lib.errors import NotFound


def test_a_page_says_who_somebody_is_and_what_they_did_lately(world, cy):
    Member.objects.filter(id=world.bo.pk).update(location="Bern", fields={}, last_seen_at=cy.now)
    world.reply("A second word.", author=world.bo)

    page = load_member_page(cy, world.bo.pk)

    assert (page.person.name, page.person.slug, page.person.location) == ("Bo", "bo", "Bern")
    assert page.person.title == "Junior Member"
    assert page.person.is_online
    assert page.last_seen_at == cy.now
    assert [thread.title for thread in page.threads] == ["Back pain on long rides"]
    assert [(post.number, post.board_name) for post in page.posts] == [
        (2, "Training"),
        (1, "Training"),
    ]
    assert (page.is_self, page.is_ignored, page.may_moderate) == (False, False, False)


def test_what_stands_on_a_hidden_board_is_not_shown(world, nobody, ada, root):
    staff_room = world.hidden_board()
    secret = world.start_thread("Whom to ban", board=staff_room, author=world.root)
    world.reply(thread=secret, author=world.root)

    for viewer in (nobody, ada, world.viewer(world.bo)):
        page = load_member_page(viewer, world.root.pk)
        assert (page.threads, page.posts) == ((), ())
    assert len(load_member_page(root, world.root.pk).posts) == 2


def test_hidden_and_deleted_posts_are_not_shown(world, nobody, bo):
    post = world.reply(author=world.bo)
    world.hide(post)

    for viewer in (nobody, bo):
        assert [line.number for line in load_member_page(viewer, world.bo.pk).posts] == [1]


def test_who_does_not_show_it_is_offline_and_was_last_seen_never_but_for_themselves(world, bo, cy):
    Member.objects.filter(id=world.bo.pk).update(last_seen_at=cy.now, shows_online=False)

    page = load_member_page(cy, world.bo.pk)
    assert (page.person.is_online, page.last_seen_at) == (False, None)
    assert load_member_page(bo, world.bo.pk).last_seen_at == cy.now


def test_a_member_sees_whom_they_ignore_and_a_moderator_that_they_moderate(world, cy, ada):
    ignore_member(cy, world.bo.pk)

    assert load_member_page(cy, world.bo.pk).is_ignored
    assert load_member_page(ada, world.bo.pk).may_moderate
    assert load_member_page(cy, world.cy.pk).is_self


def test_there_is_no_page_for_nobody(nobody):
    with pytest.raises(NotFound):
        load_member_page(nobody, 2**62)


def test_queries_do_not_grow_with_what_was_written(world, nobody, cy, queries):
    load_member_page(cy, world.bo.pk)
    world.start_thread("One", author=world.bo)
    few, _ = queries(load_member_page, cy, world.bo.pk)
    for number in range(12):
        world.start_thread(f"Thread {number}", author=world.bo)
    many, page = queries(load_member_page, cy, world.bo.pk)

    assert len(page.threads) == len(page.posts) == LATEST
    assert (few, many) == (4, 4)
    assert queries(load_member_page, nobody, world.bo.pk)[0] == 3

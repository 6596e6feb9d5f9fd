import pytest

from paceline.browsing.writing_pages import (
    LATEST_POSTS,
    check_new_thread,
    find_new,
    load_edit_page,
    load_new_thread_page,
    load_post_page,
    load_reply_page,
)
from paceline.forum.models import Post, Prefix
from paceline.lib.errors import NotAllowed, NotFound


def test_the_form_to_reply_shows_the_latest_posts(world, cy):
    world.posts(LATEST_POSTS + 2, author=world.bo)
    hidden = world.reply("Hidden")
    world.hide(hidden)

    page = load_reply_page(cy, world.thread.pk)

    assert [post.number for post in page.latest] == [8, 7, 6, 5, 4]
    assert page.thread.title == "Back pain on long rides"
    assert [board.name for board in page.thread.path] == ["Training"]
    assert (page.last_number, page.cannot_because, page.new_count) == (9, "", 0)


def test_what_others_wrote_meanwhile(world, cy):
    world.posts(2, author=world.bo)
    world.reply("Mine", author=world.cy)
    world.reply("Theirs", author=world.ada)

    page = load_reply_page(cy, world.thread.pk, seen=2)

    assert (page.new_count, page.first_new) == (2, 3)
    assert list(find_new(world.viewer(None), world.thread.pk, 2)) == [3, 4, 5]


def test_the_form_says_why_no_reply_is_taken(world, bo):
    locked = world.start_thread("Rules", is_locked=True)

    assert "locked" in load_reply_page(bo, locked.pk).cannot_because


def test_a_thread_that_is_not_there(world, bo):
    secret = world.start_thread("Plans", board=world.hidden_board(), author=world.root)

    for thread_id in (secret.pk, 2**62):
        with pytest.raises(NotFound):
            load_reply_page(bo, thread_id)
    assert list(find_new(bo, secret.pk, 0)) == []


def test_a_new_thread_offers_the_board_s_prefixes(world, bo):
    Prefix.objects.create(board=world.training, label="Solved")
    Prefix.objects.create(board=world.board("Racing"), label="Result")
    bo = world.viewer(world.bo)

    page = load_new_thread_page(bo, world.training.pk)

    assert [prefix.label for prefix in page.prefixes] == ["Solved"]
    check_new_thread(bo, world.training.pk)
    with pytest.raises(NotFound):
        load_new_thread_page(bo, 2**62)


def test_the_form_to_edit_knows_the_opening_post(world, ada, bo, cy):
    opening = Post.objects.get(thread=world.thread)
    reply = world.reply("A reply.")

    page = load_edit_page(bo, opening.pk)
    assert (page.is_opening, page.is_own, page.title, page.may_moderate) == (
        True,
        True,
        "Back pain on long rides",
        False,
    )
    page = load_edit_page(ada, reply.pk)
    assert (page.is_opening, page.is_own, page.title, page.may_moderate) == (False, False, "", True)
    assert page.source == "A reply."
    with pytest.raises(NotAllowed):
        load_edit_page(bo, reply.pk)
    with pytest.raises(NotFound):
        load_edit_page(bo, 2**62)


def test_the_page_that_asks_about_a_post(world, bo, cy):
    post = world.reply("A reply.")

    page = load_post_page(bo, post.pk)
    assert (page.html, page.is_own, page.is_opening) == ("<p>A reply.</p>", False, False)
    assert load_post_page(cy, post.pk).is_own
    with pytest.raises(NotFound):
        load_post_page(bo, 2**62)


def test_queries_do_not_grow_with_the_posts(world, cy, queries):
    few, _ = queries(load_reply_page, cy, world.thread.pk, seen=1)
    world.posts(8, author=world.bo)
    many, page = queries(load_reply_page, cy, world.thread.pk, seen=1)

    assert (len(page.latest), page.new_count) == (LATEST_POSTS, 8)
    assert (few, many) == (3, 3)
    assert queries(load_new_thread_page, cy, world.training.pk)[0] == 1
    assert queries(load_edit_page, cy, world.reply().pk)[0] == 2

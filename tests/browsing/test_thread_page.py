"""A page of a thread as its readers see it."""

from typing import Any, cast

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from paceline.browsing.places import find_post
from paceline.browsing.thread_page import load_thread_page
from paceline.browsing.who import who_is_here
from paceline.forum.models import MemberTag, Post, State
from paceline.jobs.gathering import write_all
from paceline.lib.errors import NotFound
from paceline.unread import marks
from paceline.web.frame import frame_of
from paceline.web.writing import quick_reply


def test_a_page_shows_its_window_of_numbers(world, nobody):
    world.set(posts_per_page=5)
    world.posts(11)
    viewer = world.viewer(None)

    last = load_thread_page(viewer, world.thread.id, 3)

    assert [post.number for post in last.posts] == [11, 12]
    assert (last.page_count, last.post_count) == (3, 12)


def test_a_page_beyond_the_last_is_not_found(world):
    with pytest.raises(NotFound):
        load_thread_page(world.viewer(None), world.thread.id, 2)


def test_a_number_keeps_its_page_when_posts_before_it_are_hidden(world):
    world.set(posts_per_page=5)
    replies = world.posts(6)
    world.hide(replies[0])
    viewer = world.viewer(None)

    assert [p.number for p in load_thread_page(viewer, world.thread.id).posts] == [1, 3, 4, 5]
    assert find_post(viewer, replies[5].id).page == 2


def test_queries_do_not_grow_with_posts_or_members(world, queries):
    world.posts(1)
    viewer = world.viewer(world.bo)
    load_thread_page(viewer, world.thread.id)  # what stands with the rights is read once
    few, _ = queries(load_thread_page, viewer, world.thread.id)
    for n in range(9):
        world.posts(2, author=world.member(f"Rider {n}"))
    viewer = world.viewer(world.bo)
    many, page = queries(load_thread_page, viewer, world.thread.id)

    assert len(page.posts) == 20  # the test means nothing if the page did not grow
    assert (few, many) == (2, 2)


def test_a_page_renders_without_a_query(world, no_queries):
    world.posts(3)
    viewer = world.viewer(world.bo)
    page = load_thread_page(viewer, world.thread.id)
    request = cast(Any, RequestFactory().get("/"))
    request.viewer = viewer
    request.session = {}
    here = who_is_here(viewer, thread_id=page.id)
    frame_of(request, page.board.id)
    context = {
        "page": page,
        "board_id": page.board.id,
        "here_now": here,
        "form": quick_reply(request, page),
        "collected": [],
    }
    with no_queries():
        html = render_to_string("threads/page.html", context, request=request)
    assert "Reply 3 of 3." in html


def test_a_page_view_leaves_a_mark_that_is_written_afterwards(world):
    world.posts(2)
    marks.note_thread_read(world.viewer(world.bo), world.thread.id, 3)
    write_all()

    page = load_thread_page(world.viewer(world.bo), world.thread.id)
    assert not any(post.is_unread for post in page.posts)


def test_held_posts_are_there_for_their_author_and_for_moderators_only(world):
    reply = world.reply("Buy watches.", author=world.cy)
    Post.objects.filter(id=reply.id).update(state=State.HELD)

    def numbers(member):
        viewer = world.viewer(member)
        return [p.number for p in load_thread_page(viewer, world.thread.id).posts]

    assert numbers(world.cy) == [1, 2]
    assert numbers(world.ada) == [1, 2]
    assert numbers(world.bo) == [1]
    assert numbers(None) == [1]


def test_a_thread_on_a_board_one_may_not_read_is_not_there(world):
    room = world.hidden_board()
    thread = world.start_thread(board=room, author=world.root)

    for member in (None, world.bo, world.mal, world.ada):
        with pytest.raises(NotFound):
            load_thread_page(world.viewer(member), thread.id)


def test_tagged_members_are_named(world):
    MemberTag.objects.create(thread=world.thread, member=world.cy, tagged_by=world.bo)
    MemberTag.objects.create(thread=world.thread, member=world.ada, tagged_by=world.bo)

    page = load_thread_page(world.viewer(None), world.thread.id)

    assert [member.name for member in page.tagged] == ["Ada", "Cy"]


def test_the_rules_say_what_this_viewer_may_do_and_why(world):
    lines = [
        rule.text for rule in load_thread_page(world.viewer(None), world.thread.id).rules.rights
    ]
    assert lines == [
        "You may not post new threads",
        "You may not post replies",
        "You may not post attachments",
        "You may not edit your posts",
    ]
    rule = load_thread_page(world.viewer(world.bo), world.thread.id).rules.rights[0]
    assert rule.text == "You may post new threads"
    assert rule.because == "Because the group Members may do so everywhere."

"""Pages of writing are rendered from plain values: with the database closed."""

from dataclasses import replace
from typing import Any, cast

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from paceline.browsing.drafts_page import load_drafts_page
from paceline.browsing.history import load_history
from paceline.browsing.likes import load_likes
from paceline.browsing.rules import posting_rules
from paceline.browsing.writing_pages import (
    load_edit_page,
    load_new_thread_page,
    load_post_page,
    load_reply_page,
)
from paceline.forum.models import Post, Prefix
from paceline.posting.drafts import save_draft
from paceline.posting.edit import Edit, edit_post
from paceline.posting.like import like_post
from paceline.web.composer import make_composer, with_draft
from paceline.web.frame import frame_of


@pytest.fixture
def asked(world):
    """A request of Bo's whose frame has been loaded."""
    request = cast(Any, RequestFactory().get("/"))
    request.viewer = world.viewer(world.bo)
    request.session = {}
    frame_of(request, world.training.pk)
    return request


def form_of(request, board, place):
    form = make_composer(request, board, place, action="/", label="Text", send="Send")
    return with_draft(request, form)


def test_the_form_to_reply(world, asked, no_queries):
    world.posts(2)
    place = f"reply:{world.thread.pk}"
    save_draft(asked.viewer, place, "Half a thought")
    page = load_reply_page(asked.viewer, world.thread.pk, seen=1)
    form = form_of(asked, page.thread.board, place)
    form = replace(form, new_count=page.new_count, new_address="/new")
    context = {"page": page, "form": form, "board_id": world.training.pk}
    context["rules"] = posting_rules(asked.viewer, page.thread.board)

    with no_queries():
        html = render_to_string("writing/reply.html", context, asked)

    assert "Half a thought" in html
    assert "2 new posts since you began to write" in html


def test_the_form_to_start_a_thread(world, asked, no_queries):
    Prefix.objects.create(board=world.training, label="Solved")
    page = load_new_thread_page(asked.viewer, world.training.pk)
    form = form_of(asked, page.board, f"thread:{world.training.pk}")
    context = {"page": page, "form": form, "prefix": 0, "board_id": world.training.pk}
    context["rules"] = posting_rules(asked.viewer, page.board)

    with no_queries():
        assert "Solved" in render_to_string("writing/new_thread.html", context, asked)


def test_the_form_to_edit(world, asked, no_queries):
    page = load_edit_page(asked.viewer, Post.objects.get(thread=world.thread).pk)
    form = form_of(asked, page.place.thread.board, f"edit:{page.place.id}")
    context = {
        "page": page,
        "form": form,
        "revision": 0,
        "theirs": "Theirs",
        "reason": "Mine",
        "prefix": 0,
        "hides_before": False,
        "is_stale": True,
        "back": "/",
        "board_id": world.training.pk,
        "rules": posting_rules(asked.viewer, page.place.thread.board),
    }

    with no_queries():
        html = render_to_string("writing/edit.html", context, asked)

    assert "Theirs" in html
    assert "edited after your draft" in html


def test_the_pages_about_a_post(world, asked, no_queries):
    post = world.reply("One", author=world.bo)
    like_post(world.viewer(world.cy), post.pk)
    edit_post(asked.viewer, post.pk, Edit("Two", 0))
    save_draft(asked.viewer, f"edit:{post.pk}", "Three")
    page = load_post_page(asked.viewer, post.pk)
    about = {"page": page, "back": "/", "board_id": world.training.pk}
    history = {**about, "page": load_history(asked.viewer, post.pk)}
    likes = {**about, "page": load_likes(asked.viewer, post.pk)}
    drafts = [(row, "/") for row in load_drafts_page(asked.viewer)]

    with no_queries():
        for name in ("delete", "undelete"):
            assert "Two" in render_to_string(f"writing/{name}.html", about, asked)
        reported = {**about, "reason": "Spam", "refusal": None, "most": 1000}
        assert "Spam" in render_to_string("writing/report.html", reported, asked)
        assert "<del>One</del>" in render_to_string("writing/history.html", history, asked)
        assert "Cy" in render_to_string("writing/likes.html", likes, asked)
        assert "Three" in render_to_string("writing/drafts.html", {"rows": drafts}, asked)

"""The page of alerts: what a member was told, and may still know."""

from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from paceline.browsing import alerts as browsing
from paceline.browsing.alerts import load_alerts
from paceline.forum.models import Post
from paceline.jobs.worker import run_all
from paceline.lib.errors import SignInFirst
from paceline.notifications.models import Alert
from paceline.permissions.rights import Right


@pytest.fixture
def told(world):
    """Bo was told of a reply, a mention and a quote, the quote last."""
    opening = Post.objects.get(thread=world.thread)
    reply = world.reply("A reply.")
    mention = world.reply("Hello @Bo.")
    quote = world.reply(f"[quote=Bo;{opening.pk}]The opening post.[/quote]Yes.", author=world.ada)
    run_all()
    return reply, mention, quote


def kinds(page: browsing.AlertsPage) -> list[str]:
    return [row.kind for row in page.alerts]


def test_alerts_stand_newest_first(world, told):
    page = load_alerts(world.viewer(world.bo))

    assert kinds(page) == ["quote", "mention", "reply"]
    assert [row.post_id for row in page.alerts] == [post.pk for post in reversed(told)]
    assert {row.thread_title for row in page.alerts} == {"Back pain on long rides"}
    assert all(row.is_unread for row in page.alerts)
    assert page.unread_count == 3
    assert load_alerts(world.viewer(world.cy)).alerts == ()


def test_a_visitor_is_asked_to_sign_in(nobody):
    with pytest.raises(SignInFirst):
        load_alerts(nobody)


def test_what_may_no_longer_be_seen_is_not_told(world, told):
    world.hide(told[2])
    assert kinds(load_alerts(world.viewer(world.bo))) == ["mention", "reply"]

    world.rights("members", world.training, deny=Right.READ)
    assert kinds(load_alerts(world.viewer(world.bo))) == []


def test_older_alerts_follow_without_gap_or_double(world, told, monkeypatch):
    monkeypatch.setattr(browsing, "ALERTS_PER_PAGE", 2)
    viewer = world.viewer(world.bo)
    first = load_alerts(viewer)
    second = load_alerts(viewer, first.older_than)

    assert kinds(first) + kinds(second) == ["quote", "mention", "reply"]
    assert (second.older_than, second.is_first) == (0, False)
    foreign = Alert.objects.create(member=world.cy, kind="staff", text="For Cy.")
    assert kinds(load_alerts(viewer, foreign.pk)) == kinds(first)


def test_queries_do_not_grow_with_the_alerts(world, queries):
    world.reply("@Bo")
    run_all()
    viewer = world.viewer(world.bo)
    load_alerts(viewer)
    few, _ = queries(load_alerts, viewer)
    for n in range(9):
        world.reply(f"@Bo {n}", author=world.member(f"Rider {n}"))
    run_all()
    many, page = queries(load_alerts, viewer)

    assert len(page.alerts) == 10  # the test means nothing if the page did not grow
    assert (few, many) == (1, 1)


def test_the_page_renders_without_a_query(world, told, no_queries):
    Alert.objects.create(member=world.bo, kind="staff", text="Well done.")
    Alert.objects.create(member=world.bo, kind="tag", thread=world.thread, actor_name="Cy")
    request: Any = RequestFactory().get("/alerts/")
    request.viewer = world.viewer(world.bo)
    request.session = {}
    page = load_alerts(request.viewer)
    render_to_string("alerts/list.html", {"page": page}, request)
    with no_queries():
        html = render_to_string("alerts/list.html", {"page": page}, request)

    assert "named you in" in html
    assert "Well done." in html

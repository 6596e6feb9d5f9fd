"""A member hears of an answer, reads it, and finds it again; a visitor reads it in the archive."""

import re

import pytest
from django.test import Client

from paceline.jobs.gathering import write_all
from paceline.jobs.worker import run_all


@pytest.fixture
def browser(world):
    """`browser(member)` is signed in; `browser(None)` is a visitor's."""

    def open_for(member) -> Client:
        client = Client()
        if member is not None:
            client.force_login(member)
        return client

    return open_for


def unread(page: str) -> str:
    """The number beside Alerts in the header; empty where there is none."""
    found = re.search(r">Alerts(?: <b>(\d+)</b>)?</a>", page)
    assert found
    return found[1] or ""


def test_from_the_answer_to_the_alert_to_the_post(world, browser):
    bo, cy = browser(world.bo), browser(world.cy)
    sent = cy.post(f"/t/{world.thread.pk}/replies", {"source": "Raise the stem, @Bo."})
    assert sent.status_code == 302
    run_all()

    told = bo.get("/alerts/").content.decode()
    assert unread(told) == "1"
    assert "<bdi>Cy</bdi> named you in" in told
    (link,) = re.findall(r'href="(/p/\d+/)"', told)
    page = bo.get(link, follow=True).content.decode()
    assert "Raise the stem" in page
    write_all()

    assert unread(bo.get("/alerts/").content.decode()) == ""


def test_alerts_can_be_read_all_at_once(world, browser):
    world.posts(2)
    world.start_thread("Another", "For @Bo.", author=world.cy)
    run_all()
    bo = browser(world.bo)
    assert unread(bo.get("/alerts/").content.decode()) == "2"

    done = bo.post("/alerts/read", follow=True).content.decode()
    assert "All alerts are marked as read." in done
    assert unread(done) == ""
    again = bo.post("/alerts/read", follow=True).content.decode()
    assert "There was nothing unread." in again


def test_a_visitor_is_asked_to_sign_in_before_alerts(world, browser):
    answer = browser(None).get("/alerts/")
    assert answer.status_code == 403
    assert "Sign in to see what you were told." in answer.content.decode()
    assert browser(None).post("/alerts/read").status_code == 403


def test_an_answer_is_found_until_its_author_takes_it_back(world, browser):
    bo, cy, visitor = browser(world.bo), browser(world.cy), browser(None)
    cy.post(f"/t/{world.thread.pk}/replies", {"source": "Raise the stem."})
    post = world.thread.posts.get(number=2)
    asked = {"q": "stem", "thread": world.thread.pk}

    for reader in (bo, visitor):
        assert f'href="/p/{post.pk}/"' in reader.get("/search/", asked).content.decode()
    archived = visitor.get(f"/archive/t/{world.thread.pk}/").content.decode()
    assert "Raise the stem." in archived

    assert cy.post(f"/p/{post.pk}/delete").status_code == 302
    for reader in (bo, cy, visitor):
        assert "No post has all of these words." in reader.get("/search/", asked).content.decode()
    assert "Raise the stem." not in visitor.get(f"/archive/t/{world.thread.pk}/").content.decode()
    assert "Raise the stem." not in visitor.get(f"/feeds/t/{world.thread.pk}/").content.decode()

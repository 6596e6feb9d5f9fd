"""Deeds on threads and boards over HTTP: watch, tag, mark as read."""

from html import unescape

import pytest
from django.test import Client

from paceline.accounts.models import Member
from paceline.forum.models import MemberTag
from paceline.unread.models import BoardMark, ThreadMark, Watch
from paceline.web.limits import MOST_SUGGESTIONS

FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture
def cy_there(world, client):
    client.force_login(world.cy)
    return client


def page(response):
    return unescape(response.content.decode())


def test_watching_a_thread_and_a_board(world, cy_there):
    thread, board = f"/t/{world.thread.pk}", f"/b/{world.training.pk}"

    response = cy_there.post(f"{thread}/watch", follow=True)
    assert "You will hear of replies" in page(response)
    response = cy_there.post(f"{board}/watch", follow=True)
    assert "You will hear of new threads" in page(response)
    assert Watch.objects.filter(member=world.cy).count() == 2

    assert cy_there.post(f"{thread}/unwatch", headers=FETCH).json()["is_watched"] is False
    assert cy_there.post(f"{board}/unwatch", headers=FETCH).json()["is_watched"] is False
    assert not Watch.objects.filter(member=world.cy).exists()


def test_tagging_a_member(world, cy_there):
    tag = f"/t/{world.thread.pk}/tag"

    response = cy_there.post(tag, {"name": "ada"}, follow=True)
    assert "Ada is tagged in this thread." in page(response)
    facts = cy_there.post(tag, {"name": "Bo"}, headers=FETCH).json()
    assert (facts["member"], facts["name"]) == (world.bo.pk, "Bo")

    response = cy_there.post(tag, {"name": "Nobody at all"})
    assert response.status_code == 422
    assert "no member of that name" in page(response)
    assert "Nobody at all" in page(response)

    cy_there.post(f"/t/{world.thread.pk}/untag", {"member": world.bo.pk})
    assert [tag.member for tag in MemberTag.objects.all()] == [world.ada]
    for member in ("", "x", "-1"):
        response = cy_there.post(f"/t/{world.thread.pk}/untag", {"member": member})
        assert response.status_code == 422


def test_marking_as_read(world, cy_there):
    world.posts(3, author=world.bo)

    facts = cy_there.post(f"/t/{world.thread.pk}/read", {"number": 3}, headers=FETCH).json()
    assert facts["number"] == 3
    assert ThreadMark.objects.get(member=world.cy).number == 3
    for number in ("", "x", "0", "-1", "1e3", "99999999999999999999"):
        response = cy_there.post(f"/t/{world.thread.pk}/read", {"number": number})
        assert response.status_code == 422

    response = cy_there.post(f"/b/{world.training.pk}/read", follow=True)
    assert "All of Training counts as read." in page(response)
    assert BoardMark.objects.filter(member=world.cy).exists()

    before = Member.objects.get(name="Cy").all_read_at
    response = cy_there.post("/read-all", {"next": "/new/"})
    assert response["Location"] == "/new/"
    assert Member.objects.get(name="Cy").all_read_at > before


def test_visitors_are_asked_to_sign_in(world):
    thread, board = f"/t/{world.thread.pk}", f"/b/{world.training.pk}"
    deeds = [
        *(f"{thread}/{deed}" for deed in ("watch", "unwatch", "tag", "untag", "read")),
        *(f"{board}/{deed}" for deed in ("watch", "unwatch", "read")),
        "/read-all",
    ]
    for deed in deeds:
        response = Client().post(deed)
        assert response.status_code == 403, deed
        assert "Sign in first" in page(response)


def test_names_are_suggested_to_members(world, cy_there):
    assert cy_there.get("/members/suggest?q=a").json() == {"names": ["Ada"]}
    assert cy_there.get("/members/suggest").json() == {"names": []}
    assert Client().get("/members/suggest?q=a").status_code == 403


def test_nobody_reads_the_list_of_members_by_suggestions(world, cy_there, monkeypatch):
    monkeypatch.setattr("time.monotonic", lambda: 1000.0)
    for _ in range(MOST_SUGGESTIONS):
        assert cy_there.get("/members/suggest?q=a").status_code == 200

    response = cy_there.get("/members/suggest?q=a", headers=FETCH)

    assert response.status_code == 429
    assert "look-ups in a minute" in response.json()["refusal"]

"""The archive over HTTP: the same for everybody, kept by whoever likes."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from paceline.forum.models import Thread
from paceline.permissions.rights import Right
from tests.web.sessions import no_session_asked


@pytest.fixture
def pages(world):
    world.posts(2)
    return [
        "/archive/",
        f"/archive/b/{world.training.pk}/",
        f"/archive/b/{world.training.pk}/1/",
        f"/archive/t/{world.thread.pk}/",
        f"/archive/t/{world.thread.pk}/1/",
    ]


def test_each_page_leads_to_the_page_of_the_board_that_shows_the_same(world, client, pages):
    found = [client.get(page).content.decode() for page in pages]

    assert '<link rel="canonical" href="http://testserver/">' in found[0]
    board = f"http://testserver/b/{world.training.pk}/training/"
    assert f'<link rel="canonical" href="{board}">' in found[1]
    thread = f"http://testserver/t/{world.thread.pk}/back-pain-on-long-rides/"
    assert f'<link rel="canonical" href="{thread}">' in found[3]
    assert "noindex" not in "".join(found)
    assert "Reply 2 of 2." in found[3]


def test_a_reader_comes_from_the_index_to_every_post(world, client, pages):
    index = client.get("/archive/").content.decode()
    assert f'href="/archive/b/{world.training.pk}/"' in index
    board = client.get(pages[1]).content.decode()
    assert f'href="/archive/t/{world.thread.pk}/"' in board
    thread = client.get(pages[3]).content.decode()
    for post in world.thread.posts.all():
        assert f'href="/p/{post.pk}/"' in thread


def test_a_member_gets_what_a_visitor_gets_and_no_session_is_looked_up(world, client, pages):
    secret = world.hidden_board()
    thread = world.start_thread("Plans", board=secret, author=world.root)
    visitors = [client.get(page).content for page in pages]
    client.force_login(world.root)
    with no_session_asked():
        members = [client.get(page) for page in pages]

    assert [page.content for page in members] == visitors
    for page in members:
        assert not page.cookies
        assert "Cookie" not in page.get("Vary", "")
        assert page["Cache-Control"] == "public, no-cache"
    assert client.get(f"/archive/b/{secret.pk}/").status_code == 404
    assert client.get(f"/archive/t/{thread.pk}/").status_code == 404


def test_what_has_not_changed_is_not_sent_again(world, client, pages):
    for page in pages:
        first = client.get(page)
        again = client.get(page, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")

    before = client.get(pages[3])["ETag"]
    world.reply("Another.")
    changed = client.get(pages[3], headers={"If-None-Match": before})
    assert changed.status_code == 200
    assert "Another." in changed.content.decode()


def test_a_board_that_is_closed_is_gone_from_the_archive_at_once(world, client, pages):
    etag = client.get(pages[3])["ETag"]
    world.rights("guests", world.training, deny=Right.SEE | Right.READ)

    assert client.get(pages[3], headers={"If-None-Match": etag}).status_code == 404
    assert "Training" not in client.get("/archive/").content.decode()


def test_a_thread_that_moved_is_followed(world, client):
    target = world.start_thread("Target")
    stub = Thread.objects.create(
        board=world.training, title="Stub", slug="stub", author_name="Bo", moved_to=target
    )
    answer = client.get(f"/archive/t/{stub.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/archive/t/{target.pk}/")


@pytest.mark.parametrize(
    "path",
    ["/archive/b/999/", "/archive/t/999/", "/archive/t/1/9/", f"/archive/b/{2**63}/"],
)
def test_what_is_not_there_is_not_found(world, client, path):
    assert client.get(path).status_code == 404


def test_the_pages_are_small_and_carry_no_script(world, client, pages: Any):
    for page in pages:
        html = client.get(page).content.decode()
        assert "<script" not in html
        assert html.count('<link rel="stylesheet"') == 1
        assert len(html) < 4000


def test_a_page_costs_three_queries(world, client, pages):
    client.get(pages[3])
    with CaptureQueriesContext(connection) as captured:
        client.get(pages[3])
    assert len(captured) == 3

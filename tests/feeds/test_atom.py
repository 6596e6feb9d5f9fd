"""Feeds hold what a visitor may read, and nothing is sent twice."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from paceline.browsing import feed_entries
from paceline.browsing.feed_entries import load_board_feed, load_site_feed, load_thread_feed
from paceline.forum.models import Post, State, Thread
from paceline.markup.render import render
from paceline.permissions.rights import Right
from tests.web.sessions import no_session_asked

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(answer) -> list[dict[str, str]]:
    """The entries of a feed: title, author, link, summary."""
    root = ElementTree.fromstring(answer.content)
    return [
        {
            "title": entry.findtext(f"{ATOM}title") or "",
            "author": entry.findtext(f"{ATOM}author/{ATOM}name") or "",
            "id": entry.findtext(f"{ATOM}id") or "",
            "summary": entry.findtext(f"{ATOM}summary") or "",
            "updated": entry.findtext(f"{ATOM}updated") or "",
        }
        for entry in root.iter(f"{ATOM}entry")
    ]


@pytest.fixture
def addresses(world):
    return [
        "/feeds/threads/",
        f"/feeds/b/{world.training.pk}/",
        f"/feeds/t/{world.thread.pk}/",
    ]


def test_the_newest_threads_come_first_with_what_opens_them(world, client, addresses):
    world.start_thread("Saddles & <b>more</b>", "Which [b]one[/b]?", author=world.cy)
    for address in addresses[:2]:
        answer = client.get(address)
        newest, older = entries(answer)

        assert answer["Content-Type"].startswith("application/atom+xml")
        assert newest["title"] == "Saddles & <b>more</b>"
        assert newest["author"] == "Cy"
        assert newest["summary"] == "<p>Which <b>one</b>?</p>"
        assert newest["id"].startswith("http://testserver/p/")
        assert older["title"] == "Back pain on long rides"


def test_a_thread_has_a_feed_of_its_newest_posts(world, client, addresses):
    post = world.reply("A reply.")
    newest, first = entries(client.get(addresses[2]))

    assert newest["id"] == f"http://testserver/p/{post.pk}/"
    assert (newest["author"], first["author"]) == ("Cy", "Bo")


def test_a_feed_ends_somewhere(world, client, addresses, monkeypatch):
    monkeypatch.setattr(feed_entries, "ENTRIES", 2)
    world.posts(3)
    for n in range(3):
        world.start_thread(f"Thread {n}")

    assert [len(entries(client.get(address))) for address in addresses] == [2, 2, 2]


def test_what_a_visitor_may_not_read_is_in_no_feed(world, client, addresses):
    secret = world.hidden_board()
    inside = world.start_thread("Plans", board=secret, author=world.root)
    hidden = world.start_thread("Hidden")
    Thread.objects.filter(id=hidden.pk).update(state=State.HIDDEN)
    world.hide(world.reply("Not for visitors."))
    client.force_login(world.root)

    for address in addresses:
        assert {entry["title"] for entry in entries(client.get(address))} == {
            "Back pain on long rides"
        }
    assert len(entries(client.get(addresses[2]))) == 1
    for address in (
        f"/feeds/b/{secret.pk}/",
        f"/feeds/t/{inside.pk}/",
        f"/feeds/t/{hidden.pk}/",
        "/feeds/b/999/",
        "/feeds/t/999/",
    ):
        assert client.get(address).status_code == 404


def test_a_board_that_may_be_seen_but_not_read_has_no_feed(world, client, addresses):
    world.rights("guests", world.training, deny=Right.READ)

    assert [client.get(address).status_code for address in addresses] == [200, 404, 404]
    assert entries(client.get(addresses[0])) == []


def test_a_feed_that_has_not_changed_is_not_sent_again(world, client, addresses):
    client.force_login(world.bo)
    for address in addresses:
        with no_session_asked():
            first = client.get(address)
        by_tag = client.get(address, headers={"If-None-Match": first["ETag"]})
        by_date = client.get(address, headers={"If-Modified-Since": first["Last-Modified"]})
        assert (by_tag.status_code, by_date.status_code) == (304, 304)
        assert by_tag.content == b""
        assert not first.cookies


def test_an_edit_changes_the_feed_and_its_date(world, client, addresses):
    first = client.get(addresses[2])
    Post.objects.filter(thread=world.thread).update(
        html="<p>Better.</p>", edited_at=datetime(2050, 1, 1, tzinfo=UTC)
    )
    again = client.get(addresses[2], headers={"If-Modified-Since": first["Last-Modified"]})

    assert again.status_code == 200
    assert entries(again)[0]["updated"].startswith("2050-01-01")


def test_letters_that_no_xml_can_hold_do_not_break_a_feed(world, client, addresses):
    Thread.objects.filter(id=world.thread.pk).update(title="Bell \x07 and \ufffe end")
    Post.objects.filter(thread=world.thread).update(html="<p>\x0c]]></p>", author_name="\x1b")

    for address in addresses:
        assert len(entries(client.get(address))) == 1


def test_the_pages_name_their_feeds(world, client, addresses):
    thread = client.get(f"/t/{world.thread.pk}/back-pain-on-long-rides/").content.decode()
    board = client.get(f"/b/{world.training.pk}/training/").content.decode()

    assert f'type="application/atom+xml" title="Back pain on long rides" href="{addresses[2]}"' in (
        thread
    )
    assert f'href="{addresses[1]}"' in board
    assert f'href="{addresses[0]}"' in thread


def test_queries_do_not_grow_with_the_entries(world, nobody, queries):
    def spent():
        return [
            queries(load_site_feed, nobody)[0],
            queries(load_board_feed, nobody, world.training.pk)[0],
            queries(load_thread_feed, nobody, world.thread.pk)[0],
        ]

    world.posts(1)
    spent()
    few = spent()
    world.posts(10)
    for n in range(10):
        world.start_thread(f"Thread {n}")
    assert len(load_site_feed(nobody).entries) == 11
    assert spent() == few == [2, 2, 2]


def test_what_posts_lead_to_has_its_whole_address(world, client, addresses):
    source = '[img]https://example.com/a.png[/img] and @Ada, who wrote <a href="/x"> and src="/y"'
    thread = world.start_thread(source=source)

    shown = client.get(f"/feeds/t/{thread.pk}/").content.decode()
    assert 'src="http://testserver/picture/' in shown
    assert f"http://testserver/m/{world.ada.pk}/" in shown
    assert "http://testserver/x" not in shown
    assert "http://testserver/y" not in shown


def test_places_within_a_post_are_on_its_page(world, client, addresses):
    post = world.reply("A reply.")
    html = render("Word[^1]\n\n[^1]: A note.", language="markdown").html
    Post.objects.filter(id=post.pk).update(html=html, language="markdown")

    newest, _ = entries(client.get(addresses[2]))

    assert f'href="http://testserver/p/{post.pk}/#post-' in newest["summary"]
    assert 'href="#' not in newest["summary"]

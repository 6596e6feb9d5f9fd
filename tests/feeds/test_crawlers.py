"""What programs that read the whole site are told."""

from xml.etree import ElementTree

import pytest

from paceline.browsing import sitemap as browsing
from paceline.forum.models import State, Thread

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def addresses(answer) -> list[str]:
    assert answer["Content-Type"].startswith("application/xml")
    return [str(loc.text) for loc in ElementTree.fromstring(answer.content).iter(f"{SITEMAP}loc")]


def test_robots_are_sent_to_the_sitemap_and_kept_from_what_is_no_page(world, client):
    answer = client.get("/robots.txt")
    text = answer.content.decode()

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "Sitemap: http://testserver/sitemap.xml\n" in text
    assert "Disallow: /search/\n" in text
    assert "Disallow: /archive" not in text


def test_the_sitemap_leads_to_every_board_and_thread_that_visitors_may_read(world, client):
    secret = world.hidden_board()
    world.start_thread("Plans", board=secret, author=world.root)
    hidden = world.start_thread("Hidden")
    Thread.objects.filter(id=hidden.pk).update(state=State.HIDDEN)
    assert world.thread
    found = [
        page
        for part in addresses(client.get("/sitemap.xml"))
        for page in addresses(client.get(part))
    ]

    assert sorted(found) == [
        "http://testserver/",
        f"http://testserver/b/{world.training.pk}/training/",
        f"http://testserver/t/{world.thread.pk}/back-pain-on-long-rides/",
    ]


def test_threads_are_dated_by_their_last_post(world, client):
    post = world.reply("A reply.")
    (window,) = addresses(client.get("/sitemap.xml"))[1:]
    text = client.get(window).content.decode()

    assert f"<lastmod>{post.posted_at.isoformat(timespec='seconds')}</lastmod>" in text


def test_windows_follow_the_ids_of_threads(world, client, monkeypatch):
    monkeypatch.setattr(browsing, "WINDOW", 2)
    made = [world.start_thread(f"Thread {n}").pk for n in range(5)]
    windows = addresses(client.get("/sitemap.xml"))[1:]
    found = [page for window in windows for page in addresses(client.get(window))]

    assert len(windows) == -(-made[-1] // 2)
    assert [page.split("/")[4] for page in found] == [str(one) for one in made]
    assert client.get(f"/sitemap/threads/{len(windows) + 1}.xml").status_code == 404


def test_a_window_without_threads_that_may_be_read_is_empty_not_missing(world, client, monkeypatch):
    monkeypatch.setattr(browsing, "WINDOW", 1)
    gone = world.start_thread("Gone")
    assert world.start_thread("Here")
    Thread.objects.filter(id=gone.pk).update(state=State.HIDDEN)

    assert addresses(client.get(f"/sitemap/threads/{gone.pk}.xml")) == []


def test_an_empty_board_has_a_sitemap_too(world, client):
    (boards,) = addresses(client.get("/sitemap.xml"))
    assert addresses(client.get(boards))[0] == "http://testserver/"


@pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml", "/sitemap/boards.xml"])
def test_what_has_not_changed_is_not_sent_again(world, client, path):
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")

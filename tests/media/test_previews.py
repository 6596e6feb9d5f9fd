"""What a page elsewhere says of itself, and what it cannot make the board do."""

import json
import time

import pytest
from django.utils import timezone

from paceline.markup.render import PictureFact
from paceline.media import previews
from paceline.media.fetch import Fetched
from paceline.media.models import LinkPreview
from paceline.media.previews import fetch_previews, find_previews, read_oembed, read_page
from tests.samples import picture

PAGE = """<!doctype html><html><head><title>Plain title</title>
<meta property="og:title" content="A &amp; B ride">
<meta property="og:site_name" content="Rides">
<meta name="description" content="Not this.">
<meta property="og:description" content="A long day  out.">
<meta property="og:image" content="/ride.png"></head><body>words</body></html>"""


def read(page, kind="text/html", address="https://www.example.com/a/b", charset=""):
    content = page if isinstance(page, bytes) else page.encode()
    return read_page(Fetched(address, content, kind, charset))


def test_a_page_is_known_by_what_it_says_to_others():
    facts = read(PAGE)

    assert (facts.title, facts.site) == ("A & B ride", "Rides")
    assert facts.description == "A long day out."
    assert facts.picture == "https://www.example.com/ride.png"


def test_a_page_that_says_little_is_known_by_its_title_and_its_host():
    facts = read("<title> Two\n lines </title><p>Words</p>")

    assert (facts.title, facts.site) == ("Two lines", "example.com")
    assert (facts.description, facts.picture) == ("", "")


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n<title>x</title>", "text/html"),
        (b'{"title": "x"}', "text/html"),
        (b"<svg><title>x</title></svg>", "text/html"),
        (PAGE.encode(), "application/pdf"),
        (b"", "text/html"),
        (b"<!doctype html><p>no title", "text/html"),
    ],
)
def test_what_is_no_page_by_its_content_says_nothing(page, kind):
    assert read(page, kind).title == ""


@pytest.mark.parametrize(
    "said",
    [
        "javascript:alert(1)",
        "data:image/png;base64,AAAA",
        "file:///etc/passwd",
        "http://me:secret@example.com/a.png",
        "http://[",
        "https://example.com/" + "a" * 3000,
    ],
)
def test_a_picture_has_an_address_that_may_be_linked(said):
    assert read(PAGE.replace("/ride.png", said)).picture == ""


def test_pages_in_older_alphabets_are_read_and_no_others_than_known_ones():
    title = "<!doctype html><title>Größe</title>"

    assert read(title.encode("latin-1"), charset="iso-8859-1").title == "Größe"
    assert read(b'<meta charset="windows-1252">' + title.encode("cp1252")).title == "Größe"
    assert read(b"\xef\xbb\xbf" + title.encode(), charset="latin-1").title == "Größe"
    assert read(title, charset="punycode").title == "Größe"


def test_words_without_end_are_cut():
    facts = read(PAGE.replace("A &amp; B ride", "ride " * 9000).replace("Rides", "x" * 9000))

    assert len(facts.title) <= 200
    assert len(facts.site) <= 100


@pytest.mark.parametrize(
    "page",
    [
        "<!doctype html><title>x</title>" + "<div>" * 200_000,
        "<!doctype html><title>x</title>" + "<meta content=a property=b>" * 30_000,
        "<!doctype html><title>" + "<" * 900_000,
        "<!--" * 200_000,
        "<!-- -->" * 100_000,
    ],
)
def test_a_hostile_page_is_read_in_time(page):
    began = time.process_time()
    read(page[:1_000_000])
    assert time.process_time() - began < 5


# Asked and kept


@pytest.fixture
def page(server, db):
    """A page on a server of somebody else; its address."""
    server.says("/page", PAGE.encode(), "text/html; charset=utf-8")
    server.says("/ride.png", picture(size=(300, 200)))
    return server.url("/page")


def test_a_page_is_asked_once_a_week_and_its_card_is_known_from_then_on(server, page):
    assert find_previews([page]) == {}
    assert fetch_previews([page, page])
    assert not fetch_previews([page])
    assert server.asked == ["/page", "/ride.png"]

    fact = find_previews([page])[page]
    assert (fact.title, fact.site, fact.description) == ("A & B ride", "Rides", "A long day out.")
    assert isinstance(fact.picture, PictureFact)
    assert (fact.picture.width, fact.picture.height) == (300, 200)

    LinkPreview.objects.update(fetched_at="2020-01-01T00:00Z")
    server.says("/page", PAGE.replace("A &amp; B", "Another").encode(), "text/html")
    assert fetch_previews([page])
    assert find_previews([page])[page].title == "Another ride"


def test_a_page_without_its_picture_has_a_card_without_one(server, page):
    server.says("/ride.png", b"<svg/>", "image/png")
    fetch_previews([page])

    assert find_previews([page])[page].picture is None


def test_a_page_that_fails_is_left_alone_and_keeps_the_card_it_had(server, page):
    fetch_previews([page])
    LinkPreview.objects.update(fetched_at="2020-01-01T00:00Z")
    server.says("/page", b"", "text/html", "503 Later")

    assert not fetch_previews([page])
    assert not fetch_previews([page])
    assert server.asked.count("/page") == 2
    assert find_previews([page])[page].title == "A & B ride"
    row = LinkPreview.objects.get()
    assert row.failures == 1
    assert row.retry_at is not None
    assert row.retry_at > timezone.now()


@pytest.mark.parametrize(
    "address",
    ["http://inside.example/", "http://127.0.0.1/", "http://169.254.169.254/latest/meta-data/"],
)
def test_pages_within_our_own_network_are_not_asked(server, page, address):
    server.leads("/page", address)

    assert not fetch_previews([address, page])
    assert find_previews([address, page]) == {}
    assert server.asked == ["/page"]


def test_of_a_page_without_end_only_its_start_is_read(server, page):
    server.says("/page", PAGE.encode() + b" " * 3_000_000, "text/html")

    assert fetch_previews([page])
    assert find_previews([page])[page].title == "A & B ride"


def test_pages_of_this_board_are_none_of_elsewhere(server, page, settings):
    settings.SITE_URL = server.url("").rstrip("/")

    assert not fetch_previews([page])
    assert server.asked == []


def test_a_board_without_pictures_of_elsewhere_has_cards_without_them(server, page, world):
    fetch_previews([page])
    world.set(remote_pictures="no")

    assert find_previews([page])[page].picture is None


def test_a_board_can_do_without_cards(server, page, world):
    fetch_previews([page])
    world.set(link_previews="no")

    assert find_previews([page]) == {}
    assert not fetch_previews([server.url("/other")])


def test_of_films_their_hosts_say_title_and_picture(server, db, monkeypatch):
    film = "https://youtu.be/wZZ7oFKsKzY"
    said = {
        "title": "Over the pass",
        "author_name": "Bo",
        "thumbnail_url": server.url("/still.png"),
    }
    server.says("/oembed", json.dumps(said).encode(), "application/json")
    server.says("/still.png", picture(size=(480, 360)))
    monkeypatch.setattr(previews, "oembed_address", lambda _address: server.url("/oembed"))

    assert fetch_previews([film]) == 1
    fact = find_previews([film])[film]
    assert (fact.title, fact.site) == ("Over the pass", "Bo")
    assert fact.picture is not None
    assert fact.picture.width == 480


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"[]",
        b"null",
        b'{"title": 5}',
        b"<html>",
        b"\xff\xfe",
        b"[" * 200_000,
        b'{"title": {"title": "x"}}',
    ],
)
def test_what_is_no_answer_of_oembed_says_nothing(said):
    assert read_oembed(Fetched("https://www.youtube.com/oembed", said, "text/html")).title == ""

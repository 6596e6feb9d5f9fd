"""Links to an old board's pages lead to what these have become, as far as their readers may see."""

import pytest

from paceline.accounts.models import Member
from paceline.conf.own_addresses import OldAddress, find_here, read_home, read_old_addresses
from paceline.conf.site import load_site
from paceline.forum.models import Board, Post, Thread
from paceline.imports.bring_in import bring_in_page
from paceline.imports.models import ImportedItem
from paceline.imports.saved_pages.page import Crumb
from paceline.jobs.worker import run_all
from paceline.lib.errors import Invalid
from paceline.moderation.hide import hide_post, hide_thread
from paceline.moderation.merge import merge_threads
from paceline.posting.render_again import render_again
from tests.imports.saved import page, post

OLD = "http://www.wheels.example/forums"
CRUMBS = (
    Crumb("Wheels", f"{OLD}/index.php"),
    Crumb("Riding", f"{OLD}/forumdisplay.php?f=2", 2),
    Crumb("Gravel", f"{OLD}/forumdisplay.php?f=5", 5),
)


@pytest.fixture
def brought(world):
    """Thread 12 of the old board with the posts 101 to 125, and who wrote them."""
    bring_in_page(page(*(post(n) for n in range(1, 26)), breadcrumb=CRUMBS))
    return Thread.objects.get(title="Which tyre?")


def post_here(old_id):
    return ImportedItem.objects.get(kind="post", source_id=str(old_id)).target_id


def test_every_kind_of_page_leads_to_what_it_has_become(brought, client):
    thread, bo, board = (
        brought,
        Member.objects.get(name="Bo Mill"),
        Board.objects.get(name="Gravel"),
    )
    at = f"/t/{thread.pk}/which-tyre/"
    for old, new in (
        ("/forums/showthread.php?t=12", at),
        ("/showthread.php?s=af&t=12&page=2", f"{at}2/"),
        ("/forums/showthread.php?t=12&page=99", f"{at}2/"),
        ("/forums/showthread.php?t=12&p=104", f"/p/{post_here(104)}/"),
        ("/forums/showthread.php?p=104", f"/p/{post_here(104)}/"),
        ("/forums/showthread.php?t=12&p=999", at),
        ("/forums/showpost.php?p=104", f"/p/{post_here(104)}/"),
        ("/forums/gravel/12-which-tyre.html", at),
        ("/forums/member.php?u=7", f"/m/{bo.pk}/bo-mill/"),
        ("/forums/forumdisplay.php?f=5", f"/b/{board.pk}/gravel/"),
    ):
        answer = client.get(old)
        assert (answer.status_code, answer.get("Location")) == (301, new), old
        assert client.get(new).status_code in {200, 302}
    assert client.head("/forums/showthread.php?t=12").status_code == 301
    assert client.post("/forums/showthread.php?t=12").status_code == 405


def test_what_was_never_here_is_not_found(brought, client):
    for old in (
        "/forums/showthread.php",
        "/forums/showthread.php?t=13",
        "/forums/showthread.php?t=99999999999999999999",
        "/forums/showpost.php?p=1",
        "/forums/member.php?u=1",
        "/forums/forumdisplay.php?f=1",
        "/forums/index.php",
        "/forums/index.php?topic=5.0",
        "/forums/search.php?t=12",
    ):
        assert client.get(old).status_code == 404, old


def test_what_one_may_not_see_is_not_found(world, ada, root, brought, client):
    hide_post(root, post_here(104))
    assert client.get("/showpost.php?p=104").status_code == 404
    assert client.get("/showthread.php?t=12").status_code == 301

    hide_thread(root, brought.pk)
    for old in ("/showthread.php?t=12", "/showpost.php?p=105", "/showthread.php?t=12&p=105"):
        assert client.get(old).status_code == 404, old

    client.force_login(world.root)
    assert client.get("/showthread.php?t=12").status_code == 301


def test_an_old_thread_that_was_merged_here_leads_to_the_other(world, root, brought, client):
    merge_threads(root, brought.pk, world.thread.pk)

    answer = client.get("/forums/showthread.php?t=12")

    assert answer["Location"] == f"/t/{world.thread.pk}/back-pain-on-long-rides/"


def test_where_two_old_boards_had_an_id_the_address_decides(world, brought, client):
    other = (Crumb("Spokes", "http://spokes.example/"), Crumb("Wheels", "", 3))
    bring_in_page(page(post(1), site_name="Spokes", breadcrumb=other, board_name="Wheels"))
    there = Thread.objects.exclude(id=brought.pk).get(title="Which tyre?")

    inside = client.get("/forums/showthread.php?t=12")
    outside = client.get("/showthread.php?t=12")

    assert inside["Location"].startswith(f"/t/{brought.pk}/")
    assert outside["Location"].startswith(f"/t/{there.pk}/")


def test_an_import_notes_where_the_old_board_stood(brought):
    old = load_site().settings.old_addresses

    assert read_old_addresses(old) == (OldAddress("wheels.example", "/forums/"),)
    bring_in_page(page(post(30), breadcrumb=CRUMBS))
    assert load_site().settings.old_addresses == old


@pytest.mark.parametrize(
    ("typed", "path", "shown"),
    [
        (f"{OLD}/showthread.php?t=12", "/forums/showthread.php?t=12", "Which tyre?"),
        (
            "https://wheels.example/forums/showpost.php?p=104",
            "/forums/showpost.php?p=104",
            "Post 4 in Which tyre?",
        ),
        (
            f"{OLD}/showthread.php?t=12&page=2#post104",
            "/forums/showthread.php?t=12&amp;page=2&amp;p=104#post104",
            "Post 4 in Which tyre?",
        ),
        (f"{OLD}/member.php?u=7", "/forums/member.php?u=7", "Bo Mill"),
        (f"{OLD}/forumdisplay.php?f=5", "/forums/forumdisplay.php?f=5", "Gravel"),
    ],
)
def test_links_to_the_old_board_lead_here_and_stay_as_written(
    world, brought, client, typed, path, shown
):
    reply = world.reply(f"See {typed}")

    html = Post.objects.get(id=reply.pk).html
    assert html == f'<p>See <a href="{path}">{shown}</a></p>'
    assert Post.objects.get(id=reply.pk).source == f"See {typed}"
    assert client.get(path.replace("&amp;", "&").partition("#")[0]).status_code == 301


def test_what_has_not_come_shows_its_address_until_it_has(world, brought, client):
    reply = world.reply(f"See {OLD}/showpost.php?p=131")
    assert reply.html == (
        f'<p>See <a href="/forums/showpost.php?p=131">{OLD}/showpost.php?p=131</a></p>'
    )

    bring_in_page(page(post(31), breadcrumb=CRUMBS))
    render_again([reply.pk])

    assert "Post 31 in Which tyre?</a>" in Post.objects.get(id=reply.pk).html


def test_posts_of_one_page_link_to_each_other(world):
    first, second = post(1), post(2, body_source=f"As I said: {OLD}/showpost.php?p=101")
    bring_in_page(page(first, second, breadcrumb=CRUMBS))
    run_all()

    html = Post.objects.get(id=post_here(102)).html
    assert html.endswith('<a href="/forums/showpost.php?p=101">Which tyre?</a></p>')


def test_a_title_behind_an_old_address_follows_too(world, root, brought):
    reply = world.reply(f"{OLD}/showthread.php?t=12")

    hide_thread(root, brought.pk)
    run_all()

    assert "tyre" not in Post.objects.get(id=reply.pk).html


def test_other_pages_of_the_old_host_are_links_to_elsewhere(world, brought):
    for address in (
        f"{OLD}/attachment.php?attachmentid=5",
        f"{OLD}/index.php",
        "http://www.wheels.example/shop/showthread.php?t=12",
        "http://spokes.example/forums/showthread.php?t=12",
        "http://www.wheels.example:80@evil.example/forums/showthread.php?t=12",
    ):
        assert 'href="/' not in world.reply(address).html, address


@pytest.mark.parametrize(
    ("line", "home"),
    [
        ("http://www.Wheels.example/forums/", OldAddress("wheels.example", "/forums/")),
        ("https://wheels.example/forums", OldAddress("wheels.example", "/forums/")),
        ("wheels.example", OldAddress("wheels.example", "/")),
        ("http://wheels.example/f/index.php?x=1", OldAddress("wheels.example", "/f/")),
    ],
)
def test_where_an_old_board_stood_can_be_said_in_several_ways(line, home):
    assert read_home(line) == home


@pytest.mark.parametrize(
    "text", ["http://", "not an address", "http://a b/", "http://[::1/", "x\n" * 60, "/forums/"]
)
def test_what_is_no_address_is_refused(text):
    with pytest.raises(Invalid):
        read_old_addresses(text)


def test_a_port_of_the_board_s_own_host_may_be_something_else(settings):
    settings.ALLOWED_HOSTS = ["board.example"]
    settings.SITE_URL = "https://board.example:8443"
    for address, is_here in (
        ("https://board.example/t/1/", True),
        ("https://board.example:8443/t/1/", True),
        ("https://board.example:9000/t/1/", False),
        ("https://www.board.example/t/1/", False),
        ("ftp://board.example/t/1/", False),
        ("https://board.example:x/t/1/", False),
    ):
        assert (find_here(address, ()) is not None) is is_here, address

from typing import Any

import pytest
from django.test import Client

from paceline.accounts.models import Member
from paceline.accounts.presence import write_presence


def test_a_member_has_one_address(world, client):
    for path in (f"/m/{world.bo.pk}/", f"/m/{world.bo.pk}/x/", f"/m/{world.bo.pk}/Bo/"):
        answer = client.get(path)
        assert (answer.status_code, answer.url) == (301, f"/m/{world.bo.pk}/bo/")
    assert client.get(f"/m/{world.bo.pk}/bo/").status_code == 200


def test_the_page_shows_every_counter_in_the_words_that_riders_know(world, client):
    Member.objects.filter(id=world.bo.pk).update(
        mentioned_count=1, tagged_count=2, quoted_count=13, likes_given_count=1204,
        liked_count=7, liked_post_count=5,
    )  # fmt: skip

    page = client.get(f"/m/{world.bo.pk}/bo/").content.decode()

    for words in (
        "Mentioned: 1 Post(s)",
        "Tagged: 2 Thread(s)",
        "Quoted: 13 Post(s)",
        "Likes: 1,204",
        "Liked 7 Times in 5 Posts",
        "Junior Member",
        "Offline",
    ):
        assert words in page


@pytest.mark.parametrize(
    "path", ["/m/999999999/", "/m/0/", "/m/9223372036854775808/", "/m/x/", "/m/1e3/"]
)
def test_there_is_no_page_for_nobody(world, client, path):
    assert client.get(path).status_code == 404


def test_a_hidden_board_leaves_no_trace_on_pages_of_members(world, client):
    staff_room = world.hidden_board()
    secret = world.start_thread("Whom to ban", board=staff_room, author=world.root)
    root_here = Client()
    root_here.force_login(world.root)
    assert root_here.get(f"/t/{secret.pk}/{secret.slug}/").status_code == 200
    write_presence()

    for path in (f"/m/{world.root.pk}/root/", "/online/", "/members/"):
        page = client.get(path).content.decode()
        assert "Root" in page
        assert "Whom to ban" not in page
        assert "Staff room" not in page
        assert f"/t/{secret.pk}/" not in page
    assert "Whom to ban" in root_here.get("/online/").content.decode()


def test_members_are_found_sorted_and_paged(world, client):
    assert "Ada" in client.get("/members/").content.decode()
    found = client.get("/members/", {"q": "b", "sort": "posts"}).content.decode()
    assert ">Bo<" in found
    assert ">Ada<" not in found
    assert "Nobody" in client.get("/members/", {"q": "zzz"}).content.decode()
    assert client.get("/members/", {"after": "made:up"}).status_code == 404
    assert client.get("/members/", {"q": "x" * 3000, "sort": "\u2028"}).status_code == 200


def test_an_erased_account_has_a_page_without_a_person(world, client):
    Member.objects.filter(id=world.bo.pk).update(
        name="Deleted member 2", erased_at="2020-01-01T00:00Z"
    )
    world.start_thread("Left behind", author=world.cy)

    page = client.get(f"/m/{world.bo.pk}/", follow=True).content.decode()

    assert "was erased" in page
    assert "Joined" not in page


def test_staff_find_the_way_to_moderating_a_member(world, client):
    address = f"/mod/members/{world.bo.pk}"
    assert address not in client.get(f"/m/{world.bo.pk}/bo/").content.decode()
    client.force_login(world.ada)
    assert address in client.get(f"/m/{world.bo.pk}/bo/").content.decode()


def test_pages_are_rendered_without_asking_the_database(world, bo, no_queries, rf):
    from django.shortcuts import render

    from paceline.browsing.member_list import load_member_list
    from paceline.browsing.member_page import load_member_page
    from paceline.browsing.who import load_online_page

    world.reply(author=world.cy)
    pages: dict[str, dict[str, Any]] = {
        "members/page.html": {"page": load_member_page(bo, world.cy.pk)},
        "members/online.html": {"page": load_online_page(bo)},
        "members/list.html": {"found": load_member_list(bo), "sorts": []},
    }
    client = Client()
    client.force_login(world.bo)
    client.get("/")
    request = rf.get("/")
    request.viewer = bo
    request.session = client.session
    for template, context in pages.items():
        with no_queries():
            assert render(request, template, context).status_code == 200

"""What a thread's page says of itself to machines."""

import json
import re

import pytest


def data_of(page):
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    return json.loads(found[1])["@graph"] if found else None


def meta_of(page):
    return dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', page))


@pytest.fixture
def read(client):
    return lambda path: client.get(path, follow=True).content.decode()


def test_a_thread_is_a_posting_with_its_replies_as_comments(world, read):
    world.start_thread("Stretching </script><b>", "Two minutes a day.\n\nSix weeks.")
    thread = world.start_thread("Back pain", "Two minutes a day.\n\nSix weeks.")
    world.reply("It [b]helped[/b].", thread=thread)
    world.hide(world.reply("Buy watches.", thread=thread))

    posting, way = data_of(read(f"/t/{thread.id}/"))

    assert posting["@type"] == "DiscussionForumPosting"
    assert posting["headline"] == "Back pain"
    assert posting["text"] == "Two minutes a day.\nSix weeks."
    assert posting["author"]["name"] == "Bo"
    assert posting["author"]["url"] == f"http://testserver/m/{world.bo.pk}/"
    assert posting["url"] == f"http://testserver/t/{thread.id}/back-pain/"
    assert [(c["text"], c["author"]["name"]) for c in posting["comment"]] == [("It helped.", "Cy")]
    assert posting["interactionStatistic"][0]["userInteractionCount"] == 1
    assert [step["name"] for step in way["itemListElement"]] == ["Training", "Back pain"]


def test_what_is_in_a_title_stays_in_it(world, read):
    thread = world.start_thread("Cheap </script><script>alert(1)</script>")

    page = read(f"/t/{thread.id}/")

    assert "<script>alert" not in page
    assert data_of(page)[0]["headline"] == "Cheap </script><script>alert(1)</script>"


def test_a_later_page_names_the_first_as_its_main_one(world, read):
    world.posts(25)

    page = read(f"/t/{world.thread.id}/{world.thread.slug}/2/")

    posting, _ = data_of(page)
    assert (
        posting["mainEntityOfPage"] == f"http://testserver/t/{world.thread.id}/{world.thread.slug}/"
    )
    assert "text" not in posting
    assert len(posting["comment"]) == 6
    assert (
        f'rel="canonical" href="http://testserver/t/{world.thread.id}/{world.thread.slug}/2/"'
        in page
    )


def test_pages_describe_themselves_for_those_who_link_to_them(world, read):
    world.set(site_name="Riders", site_description="Riders helping riders.")
    thread = world.start_thread("Back pain", 'Two minutes a day, "really".')

    meta = meta_of(read(f"/t/{thread.id}/"))
    assert meta["og:title"] == "Back pain · Riders"
    assert meta["og:type"] == "article"
    assert meta["description"] == "Two minutes a day, &#34;really&#34;."
    assert meta["og:description"] == meta["description"]
    assert meta_of(read("/"))["description"] == "Riders helping riders."
    board = read(f"/b/{world.training.pk}/training/")
    assert meta_of(board)["description"] == "How to ride further."


def test_members_are_not_sent_what_is_for_machines(world, client, read):
    client.force_login(world.bo)

    assert data_of(read(f"/t/{world.thread.id}/")) is None


def test_the_shell_leaves_a_page_its_own_words(world, read):
    world.set(site_description="Riders helping riders.")

    page = read("/unanswered/")

    assert "Threads that nobody replied to." in page.partition("<main")[2]
    assert "Riders helping riders." not in page.partition("<main")[2]

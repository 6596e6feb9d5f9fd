"""Pages of real boards, read from the folder beside the project; left out where it is absent."""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from paceline.imports.saved_pages.page import Month, NotAPage, SavedField, SavedPage, SavedPost
from paceline.imports.saved_pages.read import read_saved_page

PAGES = ("vbulletin-3.9_thread_a", "vbulletin-3.9_thread_b")


@pytest.fixture
def html_folder(shared: Path) -> Path:
    return shared / "corpora" / "html"


@pytest.fixture
def starting_file(shared: Path) -> Path:
    (file,) = (shared / "seed").glob("*.txt")
    return file


@pytest.fixture
def start(starting_file: Path) -> SavedPage:
    return read_saved_page(starting_file.read_bytes())


def expected_of(html_folder: Path, name: str) -> dict[str, Any]:
    return json.loads((html_folder / "expected.json").read_text())["pages"][f"{name}.html"]


def in_thread(page: SavedPage) -> list[SavedPost]:
    return [post for post in page.posts if not post.is_wiki]


def quoted(post: SavedPost) -> list[str]:
    return re.findall(r'\[quote="(.*?)(?:;\d+)?"\]', post.body_source)


def facts(page: SavedPage) -> list[dict[str, Any]]:
    return [
        {
            "author": post.author.name,
            "date_text": post.date_text,
            "number": post.number,
            "join_date": post.author.join_date_text,
            "author_posts": post.author.post_count,
            "has_message": bool(post.body_source),
            "quotes": len(quoted(post)),
            "quoted_authors": quoted(post),
        }
        for post in in_thread(page)
    ]


@pytest.mark.parametrize("name", PAGES)
def test_html_holds_what_the_list_says(html_folder, name):
    page = read_saved_page((html_folder / f"{name}.html").read_bytes())
    expected = expected_of(html_folder, name)

    assert expected["title"] == f"{page.title} - {page.site_name}"
    assert [post.source_id for post in page.posts if post.is_wiki] == expected["wiki_posts"]
    assert [post.source_id for post in in_thread(page)] == [p.pop("id") for p in expected["posts"]]
    assert facts(page) == expected["posts"]
    assert all(post.posted_at for post in page.posts)
    assert all(post.author.source_id for post in page.posts)
    assert [note for note in page.unread if note.is_post] == []


@pytest.mark.parametrize("manner", ["lynx", "w3m", "bs4"])
@pytest.mark.parametrize("name", PAGES)
def test_text_holds_what_the_list_says(html_folder, name, manner):
    page = read_saved_page((html_folder / "text" / f"{name}.{manner}.txt").read_bytes())
    expected = expected_of(html_folder, name)
    for post in expected["posts"]:
        del post["id"]

    assert expected["title"] == f"{page.title} - {page.site_name}"
    assert facts(page) == expected["posts"]
    assert len([post for post in page.posts if post.is_wiki]) == len(expected["wiki_posts"])
    assert [note for note in page.unread if note.is_post] == []


@pytest.mark.parametrize("manner", ["lynx", "w3m", "bs4"])
@pytest.mark.parametrize("name", PAGES)
def test_text_and_html_say_the_same(html_folder, name, manner):
    html = read_saved_page((html_folder / f"{name}.html").read_bytes())
    text = read_saved_page((html_folder / "text" / f"{name}.{manner}.txt").read_bytes())

    for attribute in (
        *("title", "site_name", "board_name", "board_description", "page_number", "page_count"),
        *("is_locked", "rules", "footer_links", "footer_line", "zone_note"),
    ):
        assert getattr(text, attribute) == getattr(html, attribute), attribute
    assert [crumb.name for crumb in text.breadcrumb] == [crumb.name for crumb in html.breadcrumb]
    for one, other in zip(text.posts, html.posts, strict=True):
        for attribute in ("posted_at", "is_thread_starter", "edit", "like_count"):
            assert getattr(one, attribute) == getattr(other, attribute), (other.number, attribute)
        assert [liker.name for liker in one.liked_by] == [liker.name for liker in other.liked_by]
        for attribute in (
            *("name", "user_title", "joined", "location", "post_count", "fields", "has_avatar"),
            *("likes_given", "liked_times", "liked_posts"),
        ):
            assert getattr(one.author, attribute) == getattr(other.author, attribute), attribute


def test_only_vbulletin_3_is_taken_and_others_are_named(html_folder):
    others = [file for file in html_folder.glob("*.html") if "vbulletin-3" not in file.name]

    assert others
    for file in others:
        with pytest.raises(NotAPage, match=r"vBulletin 4|phpBB|XenForo"):
            read_saved_page(file.read_bytes())


def test_the_starting_page_has_its_frame(start, starting_file):
    lines = starting_file.read_text().splitlines()
    assert [crumb.name for crumb in start.breadcrumb] == [
        "Bike Forums",
        "Bike Forums",
        "Training & Nutrition",
    ]
    assert (start.site_name, start.board_name) == ("Bike Forums", "Training & Nutrition")
    assert f"{start.board_name} {start.board_description}" in lines
    assert lines.count(start.title) == 3
    assert [(rule.name, rule.value) for rule in start.rules] == [
        ("post new threads", "may not"),
        ("post replies", "may not"),
        ("post attachments", "may not"),
        ("edit your posts", "may not"),
        ("BB code", "On"),
        ("Smilies", "On"),
        ("[IMG]", "On"),
        ("HTML", "Off"),
        ("Trackbacks", "Off"),
        ("Pingbacks", "Off"),
        ("Refbacks", "Off"),
    ]
    assert start.footer_links == (
        *("Contact Us", "Archive", "Advertising", "Cookie Policy", "Privacy Statement"),
        "Terms of Service",
    )
    assert start.footer_line.startswith("Copyright © 2024")


def test_the_starting_page_has_its_posts(start):
    assert [
        (post.number, post.author.name, post.posted_at, post.is_thread_starter, post.is_online)
        for post in start.posts
    ] == [
        (1, "motorthings", datetime(2008, 10, 3, 11, 40), True, False),
        (2, "startedspyder05", datetime(2008, 10, 3, 12, 37), False, False),
        (3, "StanSeven", datetime(2008, 10, 3, 13, 5), False, False),
        (4, "ericgu", datetime(2008, 10, 3, 23, 17), False, False),
        (5, "motorthings", datetime(2008, 10, 5, 19, 27), True, False),
    ]
    assert [len(re.findall(r"\n\n", post.body_source)) for post in start.posts] == [5, 0, 1, 0, 6]
    assert [post.title for post in start.posts] == [""] * 5
    edit = start.posts[4].edit
    assert (edit.by, edit.at) == ("motorthings", datetime(2008, 10, 5, 19, 31))
    assert [post.number for post in start.posts if post.signature_source] == [4]


def test_the_starting_page_has_its_members(start):
    assert [
        (
            *(a.user_title, a.joined, a.location, a.post_count, a.has_avatar),
            *(a.mentioned_posts, a.tagged_threads, a.quoted_posts),
            *(a.likes_given, a.liked_times, a.liked_posts),
        )
        for a in (post.author for post in start.posts[:4])
    ] == [
        ("Senior Member", Month(2007, 12), "Colorado Springs, CO", 640, False, 1, 0, 56, None, 10,
         6),
        ("Senior Member", Month(2007, 10), "Mankato, MN", 263, True, 0, 0, 0, 0, 0, 0),
        ("Administrator", Month(2005, 2), "Delaware shore", 13558, False, 16, 0, 1106, None, 2179,
         1469),
        ("Senior Member", Month(2003, 10), "", 1941, False, 0, 0, 0, 0, 1, 1),
    ]  # fmt: skip
    assert start.posts[0].author == start.posts[4].author
    (bikes,) = start.posts[2].author.fields
    assert bikes == SavedField("Bikes", bikes.value)
    assert len(bikes.value.split(", ")) == 4


def test_every_line_of_the_starting_page_is_accounted_for(start, starting_file):
    of_the_page = {
        *("Reload this Page >", "Search", "Notices", "Thread Tools", "Search this Thread"),
        *("Thread Starter", "Posting Rules", "_" * 18, start.title),
    }
    read = "\n".join(
        [
            start.board_description,
            start.footer_line,
            *(
                f"{post.body_source}\n{post.signature_source}".replace("[noparse]", "").replace(
                    "[/noparse]", ""
                )
                for post in start.posts
            ),
        ]
    ).splitlines()
    known = re.compile(
        r"Go Back .*|Old \d.*|#\d|Senior Member|Administrator|.*'s Avatar|(?:Join Date|Location"
        r"|Posts|Bikes|Mentioned|Tagged|Quoted|Likes): .*|Liked .* Posts?|.* is offline|You may .*"
        r"|.* (?:is|are) O(?:n|ff)|Contact Us - .*|Last edited by .*"
    )
    lines = [" ".join(line.split()) for line in starting_file.read_text().splitlines()]
    left = [
        line
        for line in lines
        if line and line not in of_the_page and line not in read and not known.fullmatch(line)
    ]

    assert [line.removeprefix(f"{start.board_name} ") for line in left] == [start.board_description]


def test_what_the_starting_page_does_not_say_is_listed_and_no_failure(start):
    assert [(note.why.split()[0], note.is_post) for note in start.unread] == [
        ("Dates", False),
        ("the", False),
    ]
    assert "..." in start.unread[1].text
    assert f"[noparse]{start.unread[1].text}[/noparse]" in start.posts[4].body_source

"""What the search page shows."""

from datetime import UTC, datetime
from typing import Any, cast

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from paceline.browsing import results
from paceline.browsing.results import Asked, load_results
from paceline.forum.models import Post
from paceline.lib.errors import Invalid, NotFound
from paceline.search.engine import engine
from paceline.search.index import index_post
from paceline.web.frame import frame_of


def marked(pieces) -> str:
    return "".join(f"[{piece.text}]" if piece.is_found else piece.text for piece in pieces)


def test_a_result_names_thread_board_author_and_the_words_found(world, nobody):
    post = world.reply("A [b]wider[/b] saddle helped my knee.")
    page = load_results(nobody, Asked("saddle WIDER"))

    (row,) = page.rows
    assert page.sentence == "1 post was found."
    assert marked(row.title) == "Back pain on long rides"
    assert marked(row.excerpt) == "A [wider] [saddle] helped my knee."
    assert (row.post_id, row.number) == (post.pk, 2)
    assert (row.board_name, row.author_name, row.author_id) == ("Training", "Cy", world.cy.pk)
    assert row.posted_at == post.posted_at


def test_a_thread_found_by_its_title_shows_it_marked(world, nobody):
    assert world.thread
    (row,) = load_results(nobody, Asked("pain", titles_only=True)).rows

    assert marked(row.title) == "Back [pain] on long rides"
    assert marked(row.excerpt) == "The opening post."


def test_nothing_is_looked_for_before_something_is_asked(world, nobody, queries):
    load_results(nobody, Asked())
    spent, page = queries(load_results, nobody, Asked("  "))

    assert (spent, page.sentence, page.rows) == (0, "", ())
    assert [board.name for board in page.boards] == ["Training"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("!!!", "There is no word in that to look for."),
        ("-saddle", "Say at least one word that must occur."),
        ("unicycle", "No post has all of these words."),
    ],
)
def test_where_nothing_can_be_found_a_sentence_says_why(world, nobody, typed, sentence):
    world.reply("saddle")
    assert load_results(nobody, Asked(typed)).sentence == sentence


def test_where_nothing_was_found_something_else_is_offered(world, nobody):
    world.reply("saddle")
    world.reply("knee")
    asked = Asked("saddle knee", thread_id=world.thread.pk, titles_only=True)
    offered = {one.words: one.address for one in load_results(nobody, asked).suggestions}

    assert list(offered) == ["Not only in titles", "On the whole board, of any time"]
    offered = {
        one.words: one.address for one in load_results(nobody, Asked("saddle knee")).suggestions
    }
    assert offered == {
        "Posts with any of the words": {"q": "saddle knee", "sort": "best", "match": "any"}
    }
    found = load_results(nobody, Asked("saddle knee", any_word=True, best_first=True))
    assert len(found.rows) == 2


def test_older_results_go_on_where_the_page_ended(world, nobody, monkeypatch):
    monkeypatch.setattr(results, "RESULTS_PER_PAGE", 2)
    posts = world.posts(5)
    found = []
    asked = Asked("reply", thread_id=world.thread.pk)
    for _ in range(3):
        page = load_results(nobody, asked)
        found += [row.post_id for row in page.rows]
        assert page.sentence == "5 posts were found."
        if page.next_address:
            asked = Asked(
                "reply", thread_id=world.thread.pk, before=int(page.next_address["before"])
            )

    assert page.next_address is None
    assert found == [post.pk for post in reversed(posts)]


def test_the_best_go_on_and_end_somewhere(world, nobody, monkeypatch):
    monkeypatch.setattr(results, "RESULTS_PER_PAGE", 2)
    monkeypatch.setattr(results, "LAST_SKIP", 2)
    world.posts(5)
    first = load_results(nobody, Asked("reply", best_first=True))
    second = load_results(nobody, Asked("reply", best_first=True, skip=2))

    assert first.next_address == {"q": "reply", "sort": "best", "skip": "2"}
    assert second.next_address is None
    assert not {row.post_id for row in first.rows} & {row.post_id for row in second.rows}


def test_a_search_by_member_takes_the_name_as_people_type_it(world, nobody):
    world.reply("saddle", author=world.cy)
    world.reply("saddle", author=world.ada)

    assert [
        row.author_name for row in load_results(nobody, Asked("saddle", member=" CY ")).rows
    ] == ["Cy"]
    with pytest.raises(Invalid, match="no member called Dee") as refused:
        load_results(nobody, Asked("saddle", member="Dee"))
    assert refused.value.field == "by"


def test_days_are_those_of_the_reader(world):
    world.bo.time_zone = "America/New_York"
    world.bo.save(update_fields=["time_zone"])
    post = world.reply("saddle")
    Post.objects.filter(id=post.pk).update(posted_at=datetime(2008, 10, 4, 2, 0, tzinfo=UTC))
    index_post(post.pk, "saddle")
    asked = Asked("saddle", since="2008-10-03", until="2008-10-03")

    assert len(load_results(world.viewer(world.bo), asked).rows) == 1
    assert load_results(world.viewer(world.cy), asked).rows == ()


@pytest.mark.parametrize("day", ["yesterday", "2008-13-01", "0001-01-01", "9999-12-31", "08-10-03"])
def test_a_day_that_is_none_is_refused(world, nobody, day):
    for asked in (Asked("saddle", since=day), Asked("saddle", until=day)):
        with pytest.raises(Invalid):
            load_results(nobody, asked)


def test_boards_and_threads_that_are_not_there_are_not_found(world, nobody):
    secret = world.hidden_board()
    thread = world.start_thread("Plans", board=secret, author=world.root)
    viewer = world.viewer(None)
    for asked in (
        Asked("plans", board_id=secret.pk),
        Asked("plans", thread_id=thread.pk),
        Asked("plans", board_id=10**15),
        Asked("plans", thread_id=10**15),
    ):
        with pytest.raises(NotFound):
            load_results(viewer, asked)
    assert [board.name for board in load_results(viewer, Asked()).boards] == ["Training"]


def test_a_post_that_was_hidden_this_moment_is_not_shown(world, nobody):
    kept, hidden = world.reply("saddle one"), world.reply("saddle two")
    world.hide(hidden)  # and the index was not told

    assert [row.post_id for row in load_results(nobody, Asked("saddle")).rows] == [kept.pk]
    engine().drop([hidden.pk])


def test_queries_do_not_grow_with_the_results(world, nobody, queries):
    world.reply("saddle")
    asked = Asked("saddle", member="Cy", thread_id=world.thread.pk)
    load_results(nobody, asked)
    few, _ = queries(load_results, nobody, asked)
    for n in range(25):
        world.reply(f"saddle {n}")
    many, page = queries(load_results, nobody, asked)

    assert len(page.rows) == 20  # the test means nothing if the page did not grow
    assert max(few, many) <= 5


def test_the_page_renders_without_a_query(world, no_queries):
    world.reply("saddle <b>& knee")
    viewer = world.viewer(world.bo)
    asked = Asked("saddle", thread_id=world.thread.pk)
    page = load_results(viewer, asked)
    request = cast(Any, RequestFactory().get("/search/"))
    request.viewer, request.session = viewer, {}
    context = {"page": page, "asked": asked, "refusal": None, "board_id": None}
    frame_of(request, None)
    with no_queries():
        html = render_to_string("search/page.html", context, request=request)

    assert "<mark>saddle</mark> &lt;b&gt;&amp; knee" in html

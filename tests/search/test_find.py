"""Finding posts by their words: the same on both databases."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paceline.forum.models import Post
from paceline.permissions.rights import Right
from paceline.search.entries import Slice, tokens_between
from paceline.search.find import Scope, find_posts, finds_any
from paceline.search.index import index_post
from paceline.search.query import read_query


@pytest.fixture
def posts(world):
    """Replies with these texts, in a thread whose title has none of their words."""

    def reply(*sources: str) -> list[Post]:
        return [world.reply(source) for source in sources]

    return reply


def test_all_words_must_occur_and_the_newest_comes_first(posts, nobody, found):
    posts("saddle and knee", "saddle only", "knee, then SADDLE")

    assert found(nobody, "saddle knee") == ["knee, then SADDLE", "saddle and knee"]
    assert found(nobody, "saddle helmet") == []


def test_a_phrase_must_occur_as_it_stands(posts, nobody, found):
    posts("left knee pain", "pain in the left knee")

    assert found(nobody, '"knee pain"') == ["left knee pain"]
    assert len(found(nobody, "knee pain")) == 2


def test_a_word_with_a_minus_must_not_occur(posts, nobody, found):
    posts("leather saddle", "plastic saddle", "wide plastic saddle")

    assert found(nobody, "saddle -plastic") == ["leather saddle"]
    assert found(nobody, 'saddle -"wide plastic"') == ["plastic saddle", "leather saddle"]
    assert found(nobody, "-plastic") == []


def test_a_star_finds_every_word_that_begins_so(posts, nobody, found):
    posts("cycling", "cyclist", "bicycle")

    assert found(nobody, "cycl*") == ["cyclist", "cycling"]
    assert found(nobody, "cycl") == []


def test_accents_case_and_width_do_not_matter(posts, nobody, found):
    posts("Une selle très étroite", "ＦＵＬＬ carbon")

    assert found(nobody, "tres ETROITE") == ["Une selle très étroite"]
    assert found(nobody, "Étroite") == ["Une selle très étroite"]
    assert found(nobody, "full") == ["ＦＵＬＬ carbon"]


@pytest.mark.parametrize("typed", ["自転車", "転車", "車", "乗る", '"車に乗"', "自転車 乗る"])
def test_any_part_of_a_text_without_spaces_is_found(posts, nobody, found, typed):
    posts("毎日自転車に乗る。", "毎日歩く。")

    assert found(nobody, typed) == ["毎日自転車に乗る。"]


def test_characters_that_do_not_stand_together_are_not_found(posts, nobody, found):
    posts("自転車")

    assert found(nobody, "自車") == []


@pytest.mark.parametrize("typed", ["학교", "ไทย"])
def test_words_with_endings_hung_on_are_found(posts, nobody, found, typed):
    posts("학교에서 만나요", "ประเทศไทยสวย")

    assert len(found(nobody, typed)) == 1


def test_the_words_of_operators_are_words(posts, nobody, found):
    posts("this and that or not near")

    assert found(nobody, 'AND OR "that or" NEAR') == ["this and that or not near"]


def test_the_title_belongs_to_the_opening_post(world, nobody, found):
    thread = world.start_thread("Psoas stretching", "It helped me.")
    world.reply("Which stretching?", thread=thread)

    assert found(nobody, "psoas") == ["It helped me."]
    assert found(nobody, "stretching") == ["Which stretching?", "It helped me."]
    assert found(nobody, "stretching", titles_only=True) == ["It helped me."]
    assert found(nobody, "psoas helped") == ["It helped me."]
    assert found(nobody, "helped", titles_only=True) == []


def test_no_phrase_begins_in_the_title_and_ends_in_the_text(world, nobody, found):
    world.start_thread("Saddle height", "Matters a lot.")

    assert found(nobody, '"height matters"') == []
    assert found(nobody, '"saddle height"') == ["Matters a lot."]


def test_best_first_prefers_the_title_then_the_shorter_text(world, nobody, found):
    world.start_thread("Tubeless", "In the title.")
    world.start_thread("Other", "Tubeless in a short text.")
    world.start_thread("Another", "Tubeless somewhere. " + "Many other words here. " * 20)

    best = found(nobody, "tubeless", order="best")
    assert [source[:12] for source in best] == ["In the title", "Tubeless in ", "Tubeless som"]
    newest = found(nobody, "tubeless")
    assert [source[:12] for source in newest] == [source[:12] for source in best[::-1]]


def test_a_search_in_a_thread_a_board_or_of_a_member_stays_there(world, nobody, found):
    repairs = world.board("Repairs")
    wheels = world.board("Wheels", parent=repairs)
    opening = world.start_thread("One", "spoke in training", author=world.bo)
    world.reply("spoke by cy", thread=opening, author=world.cy)
    other = world.start_thread("Two", "spoke in wheels", board=wheels, author=world.bo)

    assert found(nobody, "spoke", thread_id=opening.pk) == ["spoke by cy", "spoke in training"]
    assert found(nobody, "spoke", author_id=world.cy.pk) == ["spoke by cy"]
    assert found(nobody, "spoke", board_id=wheels.pk) == ["spoke in wheels"]
    assert found(nobody, "spoke", board_id=repairs.pk) == ["spoke in wheels"]
    assert found(nobody, "spoke", board_id=repairs.pk, author_id=world.cy.pk) == []
    assert found(nobody, "spoke", board_id=world.training.pk, thread_id=other.pk) == []
    assert found(nobody, f"t{opening.pk}") == [], "a token of the index is no word"


def test_a_search_between_days_is_exact(world, nobody, found):
    days = ["2007-12-31T23:59:59", "2008-01-01T00:00:00", "2008-10-03T11:40:00", "2010-05-01T00:00"]
    for day in days:
        post = world.reply(f"rain on {day}")
        Post.objects.filter(id=post.pk).update(
            posted_at=datetime.fromisoformat(day).replace(tzinfo=UTC)
        )
        index_post(post.pk, post.source)
    since, until = datetime(2008, 1, 1, tzinfo=UTC), datetime(2008, 10, 3, tzinfo=UTC)

    assert found(nobody, "rain", since=since, until=until) == [f"rain on {days[1]}"]
    assert len(found(nobody, "rain", since=since)) == 3
    assert len(found(nobody, "rain", until=since)) == 1
    assert found(nobody, "rain", since=until, until=since) == []
    assert found(nobody, "rain", since=datetime(9998, 1, 1, tzinfo=UTC)) == []


@pytest.mark.parametrize(
    ("since", "until", "tokens"),
    [
        (
            datetime(2008, 11, 5, tzinfo=UTC),
            datetime(2009, 2, 1, tzinfo=UTC),
            ["m200811", "m200812", "m200901", "m200902"],
        ),
        (datetime(2008, 1, 1, tzinfo=UTC), datetime(2009, 12, 31, tzinfo=UTC), ["y2008", "y2009"]),
        (
            datetime(2024, 2, 1, tzinfo=UTC),
            None,
            [f"m2024{n:02}" for n in range(2, 13)] + ["y2025", "y2026"],
        ),
    ],
)
def test_a_span_of_time_is_read_by_years_and_months(since, until, tokens):
    now = datetime(2025, 6, 1, tzinfo=UTC)
    assert tokens_between(since, until, now) == tokens


def test_nobody_finds_what_they_may_not_read(world, nobody, ada, bo, root, found):
    secret = world.hidden_board()
    world.start_thread("Plans", "secret word", board=secret, author=world.root)
    inside = world.board("Inside", parent=secret)
    world.start_thread("More", "secret too", board=inside, author=world.root)

    assert found(root, "secret") == ["secret too", "secret word"]
    for viewer in (nobody, bo, ada):
        assert found(viewer, "secret") == []
        assert found(viewer, "secret", board_id=secret.pk) == []
        assert found(viewer, "secret", board_id=inside.pk) == []
        assert not finds_any(viewer, read_query("secret plans"), Scope())


def test_where_most_boards_are_closed_the_open_one_is_still_searched(world, nobody, found):
    world.start_thread("One", "open word")
    for name in ("Red", "Green", "Blue"):
        world.start_thread("One", "closed word", board=world.hidden_board(name), author=world.root)

    assert found(nobody, "word") == ["open word"]
    world.rights("guests", None, deny=Right.SEE | Right.READ)
    assert found(world.viewer(None), "word") == []


def test_older_results_follow_newer_ones_without_gap_or_double(posts, nobody, search):
    made = posts(*[f"rain {n}" for n in range(7)])
    ids: list[int] = []
    before = None
    while True:
        part = search(nobody, "rain", size=3, before_id=before)
        ids += part.post_ids
        assert part.count == 7
        if not part.has_more:
            break
        before = part.post_ids[-1]

    assert ids == [post.pk for post in reversed(made)]


def test_further_best_results_follow_the_first(posts, nobody, search):
    posts(*["rain " * (n + 1) for n in range(5)])
    whole = search(nobody, "rain", order="best").post_ids

    assert search(nobody, "rain", order="best", size=2).post_ids == whole[:2]
    assert search(nobody, "rain", order="best", size=2, skip=2).post_ids == whole[2:4]
    last = search(nobody, "rain", order="best", size=2, skip=4)
    assert (last.post_ids, last.has_more) == (whole[4:], False)


def test_any_word_finds_what_all_words_did_not(posts, nobody, found):
    posts("knee pain", "back pain", "saddle height")
    query = read_query("knee saddle")

    assert found(nobody, "knee saddle") == []
    assert finds_any(nobody, query, Scope())
    assert found(nobody, "knee saddle", is_any=True) == ["saddle height", "knee pain"]
    assert not finds_any(nobody, read_query("gearbox lever"), Scope())


def test_a_count_ends_at_a_thousand(world, nobody, search, monkeypatch):
    monkeypatch.setattr("paceline.search.find.MOST_COUNTED", 3)
    world.posts(5)

    page = search(nobody, "reply", size=2)
    assert (page.count, page.is_more_than_counted) == (4, True)
    assert not search(nobody, '"reply 1"', size=2).is_more_than_counted


def test_words_beyond_what_postgresql_can_place_are_found_on_neither(world, nobody, found):
    world.set(post_length=200_000)
    source = "go " * 15_990 + "first inside " + "go " * 100 + "last outside"
    world.reply(source)

    assert len(found(nobody, '"first inside"')) == 1
    assert found(nobody, "outside") == []


def test_queries_do_not_grow_with_what_is_found(posts, nobody, queries):
    def ask():
        return find_posts(nobody, read_query("rain"), Scope(), Slice(size=20))

    posts("rain")
    ask()
    few, _ = queries(ask)
    posts(*["rain"] * 25)
    many, page = queries(ask)

    assert len(page.post_ids) == 20
    assert max(few, many) <= 2


@pytest.mark.parametrize("name", ["naughty_strings", "sql_injection"])
def test_nothing_that_anybody_can_type_raises(world, nobody, search, shared, name):
    world.reply("rain")
    cases = json.loads((shared / "corpora" / "abuse" / f"{name}.json").read_text(encoding="utf-8"))
    typed = [str(case["input"]) for case in cases["cases"]]

    assert len(typed) > 50
    for text in typed:
        for order in ("newest", "best"):
            search(nobody, text, order=order, is_any=True)
            search(nobody, f'rain -"{text}" {text}*', order=order, titles_only=True)
    assert len(search(nobody, "rain").post_ids) == 1


@pytest.mark.parametrize("name", ["naughty_strings"])
def test_any_post_is_found_by_its_own_words(world, nobody, search, shared, name):
    cases = json.loads((shared / "corpora" / "abuse" / f"{name}.json").read_text(encoding="utf-8"))
    post = world.reply("rain")
    tried = 0
    for case in cases["cases"]:
        text = case["input"]
        query = read_query(f'"{text.replace(chr(34), " ")[:290]}"')
        if len(query.wanted) != 1 or query.is_cut:
            continue
        index_post(post.pk, text)
        assert post.pk in search(nobody, f'"{text.replace(chr(34), " ")}"').post_ids, text
        tried += 1
    assert tried > 200


_alphabet = st.text(st.characters(codec="utf-8") | st.sampled_from("\"-*() \x00'\\:&|<>!車転學 ab"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(typed=_alphabet, text=_alphabet)
def test_any_text_can_be_indexed_and_any_question_asked(world, nobody, search, typed, text):
    post = world.thread.posts.get()
    index_post(post.pk, text)
    for order in ("newest", "best"):
        search(nobody, typed, order=order)
    words = text.replace('"', " ")
    query = read_query(f'"{words}"')
    if query.wanted and not query.is_cut:
        assert post.pk in search(nobody, f'"{words}"').post_ids


def test_the_clock_of_the_viewer_ends_a_span_without_end(posts, nobody, found):
    (post,) = posts("rain")

    assert found(nobody, "rain", since=post.posted_at - timedelta(days=400)) == ["rain"]
    assert connection.vendor in {"sqlite", "postgresql"}


def test_results_below_the_newest_stretch_of_ids_are_found(posts, nobody, found, monkeypatch):
    monkeypatch.setattr("paceline.search.postgres.STRETCH", 2)
    posts("rain 1", "rain 2", "sun", "rain 3", "sun", "sun", "sun")

    assert found(nobody, "rain") == ["rain 3", "rain 2", "rain 1"]
    assert found(nobody, "rain", size=2) == ["rain 3", "rain 2"]
    assert len(found(nobody, "sun", size=2)) == 2

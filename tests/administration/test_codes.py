"""The board's own codes are added, tried, changed, deleted; posts follow."""

import pytest

from paceline.administration.codes import (
    CodeValues,
    add_code,
    change_code,
    delete_code,
    load_codes,
    move_code,
    try_code,
)
from paceline.forum.models import Rerendering
from paceline.jobs.worker import run_all
from paceline.lib.errors import Invalid, NotFound
from paceline.posting import rerender
from paceline.search.find import Scope, finds_any
from paceline.search.query import read_query

WIKI = CodeValues("wiki", "[url=https://wiki.example/{text:url-part}]{text}[/url]")
LOUD = CodeValues("loud", "[b]{text}[/b]", example="[loud]Stop![/loud]")


def test_a_code_is_good_from_the_next_post_on_and_older_ones_follow(world, root, lines):
    before = world.reply("[loud]Hi[/loud]")
    other = world.reply("Nothing of it.")
    run_all()
    assert "[loud]" in before.html

    add_code(root, LOUD)
    after = world.reply("[LOUD]Ho[/loud]")
    run_all()

    before.refresh_from_db()
    assert (before.html, after.html) == ("<p><b>Hi</b></p>", "<p><b>Ho</b></p>")
    assert Rerendering.objects.get().seen_count == 2, other
    assert lines() == [("add code", "[loud]")]


def test_changed_and_deleted_codes_are_followed_too(world, root, lines):
    loud = add_code(root, LOUD)
    post = world.reply("[loud]Hi[/loud] and [soft]Ho[/soft]")

    change_code(root, loud, LOUD)
    change_code(root, loud, CodeValues("soft", "[i]{text}[/i]"))
    run_all()
    post.refresh_from_db()
    assert post.html == "<p>[loud]Hi[/loud] and <i>Ho</i></p>"

    delete_code(root, loud)
    with pytest.raises(NotFound):
        delete_code(root, loud)
    run_all()
    post.refresh_from_db()
    assert post.html == "<p>[loud]Hi[/loud] and [soft]Ho[/soft]</p>"
    assert [verb for verb, _ in lines()] == ["add code", "change code", "delete code"]


def test_several_changes_are_one_way_through_the_posts(world, root):
    world.reply("[loud]Hi[/loud] [wiki]Chain ring[/wiki]")
    run_all()

    add_code(root, LOUD)
    add_code(root, WIKI)

    assert Rerendering.objects.get().words == ["[loud", "[wiki"]


def test_very_many_changes_render_everything(world, root, monkeypatch):
    monkeypatch.setattr(rerender, "MOST_WORDS", 1)
    world.reply("Nothing of either.")
    run_all()

    add_code(root, LOUD)
    add_code(root, WIKI)

    assert Rerendering.objects.get().words == []


def test_the_words_of_a_post_are_found_as_the_code_shows_them(world, root, bo):
    add_code(root, CodeValues("pump", "[b]tyres need air[/b]"))
    world.reply("[pump]")
    run_all()

    assert finds_any(bo, read_query("tyres"), Scope())


def test_the_list_shows_what_each_becomes_in_its_order(root):
    add_code(root, WIKI)
    loud = add_code(root, LOUD)
    move_code(root, loud, "up")

    shown = [line.shown for line in load_codes(root)]

    assert shown[0] == "<p><b>Stop!</b></p>"
    assert 'href="https://wiki.example/Example"' in shown[1]


def test_a_code_can_be_tried_and_nothing_is_kept(root):
    assert try_code(root, LOUD) == "<p><b>Stop!</b></p>"
    assert load_codes(root) == ()


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("name", CodeValues("", "{text}")),
        ("name", CodeValues("b", "{text}")),
        ("name", CodeValues("ä", "{text}")),
        ("template", CodeValues("x", "")),
        ("template", CodeValues("x", "[b]{text}")),
        ("template", CodeValues("x", "{html}")),
        ("example", CodeValues("x", "{text}", "x" * 201)),
        ("name", CodeValues("loud", "{text}")),
    ],
)
def test_what_cannot_work_is_refused_with_a_sentence(root, field, values):
    add_code(root, LOUD)

    with pytest.raises(Invalid) as refusal:
        add_code(root, values)

    assert refusal.value.field == field


def test_queries_do_not_grow_with_codes_and_none_are_asked_for_without_any(world, root, queries):
    world.reply("Before.")
    none, _ = queries(world.reply, "Nothing.")
    add_code(root, LOUD)
    add_code(root, WIKI)
    world.reply("[loud]x[/loud]")
    some, _ = queries(world.reply, "[loud]x[/loud]")

    assert some == none


def test_only_administrators_know_of_them(ada, bo):
    for viewer in (ada, bo):
        with pytest.raises(NotFound):
            load_codes(viewer)
        with pytest.raises(NotFound):
            add_code(viewer, LOUD)

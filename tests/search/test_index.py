"""What is in the index follows what is visible, in the same transaction."""

import pytest
from django.db import transaction

from paceline.forum import counters
from paceline.forum.models import Post, State, Thread
from paceline.jobs.worker import run_all
from paceline.posting.publish import publish_thread
from paceline.search import index
from paceline.search.engine import engine
from paceline.search.rebuild import find_missing, rebuild_index


def test_a_post_is_found_as_soon_as_it_is_sent_and_not_where_it_was_taken_back(
    world, nobody, found
):
    assert world.thread
    with transaction.atomic():
        world.reply("puncture")
        assert found(nobody, "puncture") == ["puncture"]
        transaction.set_rollback(True)

    assert found(nobody, "puncture") == []
    assert find_missing() == []


def test_only_own_words_are_found_not_those_of_a_quote(world, nobody, found):
    world.reply("[quote=Bo]puncture[/quote]Use a [b]boot[/b].")

    assert found(nobody, "puncture") == []
    assert found(nobody, "boot") != []
    assert found(nobody, "quote") == []


def test_a_held_post_is_found_once_it_is_approved(world, nobody, found):
    post = world.reply("puncture")
    Post.objects.filter(id=post.pk).update(state=State.HELD)
    index.refresh_post(post.pk)
    assert found(nobody, "puncture") == []
    assert find_missing() == []

    Post.objects.filter(id=post.pk).update(state=State.VISIBLE)
    index.refresh_post(post.pk)
    index.refresh_post(post.pk)
    assert found(nobody, "puncture") == ["puncture"]


def test_a_held_thread_is_found_once_it_is_approved(world, nobody, found):
    thread = world.start_thread("Tubes", "puncture")
    counters.remove_thread(thread)
    Thread.objects.filter(id=thread.pk).update(state=State.HELD)
    index.reindex_thread(thread.pk)
    world.reply("boot", thread=thread, author=world.ada)
    assert found(nobody, "puncture") == found(nobody, "boot") == []

    publish_thread(Thread.objects.get(id=thread.pk))
    assert found(nobody, "puncture") == ["puncture"]
    assert found(nobody, "boot") == ["boot"]
    assert find_missing() == []


def test_a_post_that_is_gone_or_hidden_is_forgotten_twice(world, nobody, found):
    hidden, gone = world.reply("puncture"), world.reply("puncture")
    world.hide(hidden)
    for _ in range(2):
        index.forget_post(hidden.pk)
    Post.objects.filter(id=gone.pk).delete()
    for forget in (index.refresh_post, index.forget_post):
        forget(gone.pk)

    assert found(nobody, "puncture") == []
    assert find_missing() == []


def test_an_edited_post_is_found_by_its_new_words_alone(world, nobody, found):
    post = world.reply("puncture")
    Post.objects.filter(id=post.pk).update(source="boot")
    index.refresh_post(post.pk)

    assert found(nobody, "puncture") == []
    assert found(nobody, "boot") == ["boot"]


@pytest.mark.parametrize("forget", [index.forget_post, index.refresh_post])
def test_the_title_goes_to_the_next_post_and_comes_back(world, nobody, found, forget):
    thread = world.start_thread("Psoas", "opening")
    world.reply("second", thread=thread)
    world.reply("third", thread=thread)
    opening = Post.objects.get(thread=thread, number=1)
    assert found(nobody, "psoas") == ["opening"]

    world.hide(opening)
    forget(opening.pk)
    assert found(nobody, "psoas") == ["second"]

    opening.state = State.VISIBLE
    opening.save(update_fields=["state"])
    counters.add_post(Thread.objects.get(id=thread.pk), opening)
    index.index_post(opening.pk, "opening")
    assert found(nobody, "psoas") == ["opening"]


def test_a_thread_with_another_title_or_board_is_found_there(world, found):
    repairs = world.board("Repairs")
    nobody = world.viewer(None)
    thread = world.start_thread("Psoas", "opening")
    world.reply("reply", thread=thread)
    Thread.objects.filter(id=thread.pk).update(title="Hip flexor", board=repairs)
    index.reindex_thread(thread.pk)

    assert found(nobody, "psoas") == []
    assert found(nobody, '"hip flexor"') == ["opening"]
    assert found(nobody, "reply", board_id=repairs.pk) == ["reply"]
    assert found(nobody, "reply", board_id=world.training.pk) == []


def test_a_thread_that_is_hidden_or_gone_is_forgotten_whole(world, nobody, found):
    hidden, gone = world.start_thread("One", "psoas"), world.start_thread("Two", "psoas")
    Thread.objects.filter(id=hidden.pk).update(state=State.HIDDEN)
    Thread.objects.filter(id=gone.pk).delete()
    index.reindex_thread(hidden.pk)
    index.reindex_thread(gone.pk)

    assert found(nobody, "psoas") == []
    assert find_missing() == []


def test_a_long_thread_is_indexed_part_by_part_after_the_commit(world, found, monkeypatch):
    repairs = world.board("Repairs")
    nobody = world.viewer(None)
    monkeypatch.setattr("paceline.search.index.AT_ONCE", 2)
    monkeypatch.setattr("paceline.search.tasks.AT_ONCE", 2)
    thread = world.start_thread("Psoas", "opening")
    for n in range(4):
        world.reply(f"reply {n}", thread=thread)
    run_all()
    Thread.objects.filter(id=thread.pk).update(board=repairs)

    index.reindex_thread(thread.pk)
    assert found(nobody, "reply", board_id=repairs.pk) == []
    run_all()
    assert len(found(nobody, "reply", board_id=repairs.pk)) == 4
    assert found(nobody, "psoas", board_id=repairs.pk) == ["opening"]


def test_posts_that_moved_to_another_thread_are_found_there(world, nobody, found):
    one, two = world.start_thread("One", "opening"), world.start_thread("Two", "opening")
    post = world.reply("psoas", thread=one)
    Post.objects.filter(id=post.pk).update(thread=two)
    index.reindex_thread(two.pk)
    index.reindex_thread(one.pk)

    assert found(nobody, "psoas", thread_id=two.pk) == ["psoas"]
    assert found(nobody, "psoas", thread_id=one.pk) == []
    assert find_missing() == []


def test_a_post_costs_the_same_queries_in_a_long_thread(world, queries):
    post = world.reply("psoas")
    few, _ = queries(index.index_post, post.pk, "psoas")
    world.posts(10)
    post = world.reply("psoas")
    many, _ = queries(index.index_post, post.pk, "psoas")

    assert few == many <= 3


def test_what_the_index_lacks_is_listed_and_rebuilding_mends_it(world, nobody, found):
    lost, extra = world.reply("psoas"), world.reply("flexor")
    engine().drop([lost.pk])
    Post.objects.filter(id=extra.pk).update(state=State.HIDDEN)
    assert {str(one) for one in find_missing()} == {
        f"post {lost.pk}: visible, but not found by its words",
        f"post {extra.pk}: still in the index, though not visible",
    }

    seen: list[tuple[int, int]] = []
    rebuild_index(lambda done, highest: seen.append((done, highest)))
    assert find_missing() == []
    assert found(nobody, "psoas") == ["psoas"]
    assert seen[-1] == (extra.pk, extra.pk)


def test_a_rebuilding_that_was_broken_off_goes_on(world, nobody, found):
    first, second = world.reply("psoas"), world.reply("psoas again")
    rebuild_index(lambda *_: None)
    engine().drop([second.pk])

    rebuild_index(lambda *_: None, after_id=first.pk)
    assert found(nobody, "psoas") == ["psoas again", "psoas"]


def test_a_library_that_cannot_forget_without_the_text_keeps_it(world, nobody, found, monkeypatch):
    monkeypatch.setattr("paceline.search.sqlite.FORGETS_SINCE", (99, 0, 0))
    kept, gone = world.reply("psoas"), world.reply("psoas again")
    rebuild_index(lambda *_: None)
    index.forget_post(gone.pk)
    index.refresh_post(kept.pk)

    assert found(nobody, "psoas") == ["psoas"]
    assert [one.post_id for one in find_missing()] == [gone.pk]

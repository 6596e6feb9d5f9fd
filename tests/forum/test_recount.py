"""Counters follow their facts."""

from paceline.forum.models import Board, Thread
from paceline.forum.recount import find_drift, mend_drift


def test_counters_follow_replies_and_threads(world):
    world.posts(3)
    world.start_thread("Another", author=world.cy)

    board = Board.objects.get(id=world.training.id)
    assert (board.thread_count, board.post_count) == (2, 5)
    world.cy.refresh_from_db()
    assert (world.cy.post_count, world.cy.thread_count) == (4, 1)
    assert find_drift() == []


def test_a_mention_and_a_quote_count_for_whom_they_name(world):
    reply = world.reply("Well.", author=world.cy)
    world.reply(f"@Cy see [quote=Cy;{reply.id}]Well.[/quote] indeed", author=world.bo)

    world.cy.refresh_from_db()
    assert (world.cy.mentioned_count, world.cy.quoted_count) == (1, 1)
    assert find_drift() == []


def test_hidden_posts_count_for_nobody(world):
    reply = world.reply("@Bo hello", author=world.cy)
    world.hide(reply)

    world.bo.refresh_from_db()
    world.cy.refresh_from_db()
    assert (world.bo.mentioned_count, world.cy.post_count) == (0, 0)
    last = Thread.objects.get(id=world.thread.id).last_post
    assert last is not None
    assert last.number == 1
    assert find_drift() == []


def test_drift_is_found_and_mended(world):
    world.posts(2)
    Board.objects.update(post_count=99)
    Thread.objects.update(post_count=7, last_post=None)

    found = find_drift()

    assert {(d.what, d.counter) for d in found} == {
        ("board", "post_count"),
        ("thread", "post_count"),
        ("thread", "last_post"),
    }
    mend_drift(found)
    assert find_drift() == []

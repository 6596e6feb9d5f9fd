"""Counters say what their facts say, whichever way a post becomes visible."""

from paceline.forum import counters
from paceline.forum.models import Post, State, Thread
from paceline.forum.recount import find_drift
from paceline.permissions.rights import Right
from paceline.posting.publish import publish, publish_thread


def test_a_started_thread_and_a_reply_count_once(world):
    opening = world.start_thread("Saddles", "Has @Cy tried one?")
    world.reply(f"[quote=Bo;{opening.last_post_id}]tried one[/quote] Not yet, @Bo.", thread=opening)

    for member in (world.bo, world.cy):
        member.refresh_from_db()
    assert (world.bo.post_count, world.bo.thread_count) == (1, 1)
    assert (world.bo.mentioned_count, world.bo.quoted_count) == (1, 1)
    assert (world.cy.post_count, world.cy.mentioned_count) == (1, 1)
    assert find_drift() == []


def test_what_is_held_counts_for_nobody_until_it_is_approved(world):
    world.rights("members", world.training, deny=Right.UNHELD)
    held = world.start_thread("Saddles", "Has @Cy tried one?")
    world.bo.refresh_from_db()
    assert held.state == State.HELD
    assert world.bo.post_count == world.bo.thread_count == 0
    assert find_drift() == []

    publish_thread(held)

    world.bo.refresh_from_db()
    assert (world.bo.post_count, world.bo.thread_count) == (1, 1)
    assert find_drift() == []

    reply = world.reply("@Bo, yes.", thread=held)
    assert reply.state == State.HELD
    assert find_drift() == []
    reply.state = State.VISIBLE
    reply.save(update_fields=["state"])
    publish(Thread.objects.get(id=held.pk), reply, "yes")
    assert find_drift() == []


def test_an_edit_replaces_what_a_post_said_of_others(world):
    post = world.reply("@Bo and @Mal")
    thread = Thread.objects.get(id=post.thread_id)
    counters.set_mentions_and_quotes(thread, post, [world.mal.pk, world.ada.pk], [])

    for member, count in ((world.bo, 0), (world.mal, 1), (world.ada, 1)):
        member.refresh_from_db()
        assert member.mentioned_count == count
    assert find_drift() == []


def test_an_edit_of_a_hidden_post_counts_for_nobody(world):
    post = world.reply("@Bo")
    world.hide(post)
    thread = Thread.objects.get(id=post.thread_id)
    counters.set_mentions_and_quotes(thread, Post.objects.get(id=post.pk), [world.ada.pk], [])

    assert find_drift() == []

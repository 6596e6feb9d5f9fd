"""Posts and threads are hidden and restored; nothing is ever deleted."""

import pytest

from paceline.forum.models import Post, StaffAction, State
from paceline.forum.recount import find_drift
from paceline.jobs.models import Job
from paceline.lib.errors import NotAllowed
from paceline.moderation.hide import hide_post, hide_thread, restore_post, restore_thread
from paceline.permissions.posts import visible_posts
from paceline.permissions.threads import visible_threads


def verbs():
    return list(StaffAction.objects.order_by("id").values_list("verb", flat=True))


def test_a_hidden_post_is_gone_for_readers_and_comes_back_untold(world, ada, bo):
    post = world.reply("@Bo, look")
    Job.objects.all().delete()
    for _ in range(2):
        hide_post(ada, post.pk, reason="Advertising")

    seen_by_bo = Post.objects.filter(visible_posts(world.viewer(world.bo)))
    assert not seen_by_bo.filter(id=post.pk).exists()
    assert Post.objects.get(id=post.pk).state_reason == "Advertising"
    world.cy.refresh_from_db()
    assert (world.cy.post_count, world.thread.post_count) == (0, 1)
    assert find_drift() == []

    for _ in range(2):
        restore_post(ada, post.pk)
    assert seen_by_bo.filter(id=post.pk).exists()
    assert Post.objects.get(id=post.pk).state_reason == ""
    assert verbs() == ["hide post", "restore post"]
    assert not Job.objects.filter(name__startswith="tell").exists()
    assert find_drift() == []


def test_the_last_visible_post_takes_its_thread_along(world, ada, bo):
    post = Post.objects.get(thread=world.thread)
    hide_post(ada, post.pk, reason="Advertising")

    assert world.thread.state == State.HIDDEN
    assert verbs() == ["hide thread"]
    restore_thread(ada, world.thread.pk)
    assert world.thread.state == State.VISIBLE
    assert Post.objects.get(id=post.pk).state == State.VISIBLE
    assert find_drift() == []


def test_a_hidden_thread_is_gone_for_readers_even_its_author(world, ada, bo):
    thread = world.thread
    world.posts(2)
    for _ in range(2):
        hide_thread(ada, thread.pk)

    assert not type(thread).objects.filter(visible_threads(bo), id=thread.pk).exists()
    world.bo.refresh_from_db()
    world.training.refresh_from_db()
    assert (world.bo.post_count, world.bo.thread_count) == (0, 0)
    assert (world.training.post_count, world.training.last_thread) == (0, None)

    for _ in range(2):
        restore_thread(ada, thread.pk)
    world.training.refresh_from_db()
    assert (world.training.post_count, world.training.last_thread) == (3, thread)
    assert verbs() == ["hide thread", "restore thread"]
    assert find_drift() == []


def test_what_an_author_deleted_can_be_hidden_but_not_restored(world, ada):
    post = world.reply()
    world.hide(post)
    Post.objects.filter(id=post.pk).update(state=State.DELETED)
    with pytest.raises(NotAllowed, match="author"):
        restore_post(ada, post.pk)

    hide_post(ada, post.pk)
    assert Post.objects.get(id=post.pk).state == State.HIDDEN
    assert find_drift() == []


def test_a_thread_with_nothing_to_show_stays_hidden(world, ada):
    reply = world.reply()
    hide_post(ada, reply.pk)
    hide_thread(ada, world.thread.pk)
    opening = Post.objects.get(thread=world.thread, number=1)
    hide_post(ada, opening.pk)
    with pytest.raises(NotAllowed):
        restore_thread(ada, world.thread.pk)

    restore_post(ada, reply.pk)
    restore_thread(ada, world.thread.pk)
    assert world.thread.first_number == reply.number
    assert find_drift() == []

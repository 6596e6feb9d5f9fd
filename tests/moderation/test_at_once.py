"""Moderators act while members write: nothing is lost, nothing drifts, nobody waits for ever."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from paceline.forum.models import Like, Post, Thread
from paceline.forum.recount import find_drift
from paceline.lib.errors import Refusal
from paceline.moderation.hide import hide_post, hide_thread, restore_post, restore_thread
from paceline.moderation.merge import merge_threads
from paceline.moderation.move import move_thread
from paceline.moderation.split import split_thread
from paceline.permissions.models import BoardModerator
from paceline.posting.like import like_post
from paceline.posting.reply import post_reply

ROUNDS = 8


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.slow
def test_what_everybody_does_at_once_adds_up(world):
    bikes = world.board("Bikes")
    BoardModerator.objects.create(board=bikes, member=world.ada)
    world.set(posts_per_minute=0)
    threads = [world.start_thread(f"Thread {n}", author=world.cy) for n in range(3)]
    ids = [thread.pk for thread in threads]
    first = {t: Post.objects.get(thread_id=t).pk for t in ids}
    ada, bo, cy = (world.viewer(m) for m in (world.ada, world.bo, world.cy))
    boards = (world.training.pk, bikes.pk)

    def write(viewer, other):
        for n in range(ROUNDS * 2):
            where = ids[n % 3]
            source = f"[quote={other};{first[where]}]So[/quote] says @{other} in round {n}."
            attempt(post_reply, viewer, where, source)
            attempt(like_post, viewer, first[ids[(n + 1) % 3]])

    def moderate_threads():
        for n in range(ROUNDS):
            attempt(move_thread, ada, ids[n % 2], boards[n % 2])
            attempt(hide_thread, ada, ids[1])
            attempt(restore_thread, ada, ids[1])

    def moderate_posts():
        for n in range(ROUNDS):
            posts = list(Post.objects.filter(thread_id__in=ids).order_by("-id")[:2])
            for post in posts:
                attempt(hide_post, ada, post.pk)
                attempt(restore_post, ada, post.pk)
            attempt(split_thread, ada, posts[0].thread_id, [posts[0].pk], f"Split off {n}")
        newest = Thread.objects.order_by("-id")[0].pk
        attempt(merge_threads, ada, newest, ids[0])

    work = [(write, bo, "Cy"), (write, cy, "Bo"), (moderate_threads,), (moderate_posts,)]
    with ThreadPoolExecutor(len(work)) as pool:
        for done in [pool.submit(in_a_connection, *each) for each in work]:
            done.result()

    assert find_drift() == []
    assert Like.objects.count() > 0
    for thread in Thread.objects.all():
        numbers = list(thread.posts.order_by("number").values_list("number", flat=True))
        assert len(set(numbers)) == len(numbers)
        assert not numbers or numbers[-1] <= thread.last_number


def attempt(deed, *arguments):
    """A refusal is an answer; anything else that is raised ends the test."""
    try:
        deed(*arguments)
    except Refusal:
        return


def in_a_connection(function, *arguments):
    try:
        function(*arguments)
    finally:
        connection.close()

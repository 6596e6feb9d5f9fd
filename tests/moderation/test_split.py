"""Posts are split off into a thread of their own."""

import pytest

from paceline.forum.models import Post, StaffAction, State, Thread
from paceline.forum.recount import find_drift
from paceline.lib.errors import Invalid
from paceline.moderation.hide import hide_post
from paceline.moderation.split import split_thread
from paceline.unread.marks import mark_thread_read
from paceline.unread.models import ThreadMark, Watch
from paceline.unread.watching import watch_thread


def numbers(thread):
    return list(thread.posts.order_by("number").values_list("number", flat=True))


def test_posts_get_new_numbers_in_their_order_and_the_old_thread_keeps_its_gaps(world, ada):
    thread, posts = world.thread, world.posts(5)
    chosen = [posts[3], posts[0], posts[2]]

    new = split_thread(ada, thread.pk, [p.pk for p in chosen], "Saddles", reason="Off the subject")

    assert numbers(thread) == [1, 3, 6]
    assert list(new.posts.order_by("number").values_list("id", flat=True)) == sorted(
        post.pk for post in chosen
    )
    assert numbers(new) == [1, 2, 3]
    new.refresh_from_db()
    assert (new.title, new.author, new.board) == ("Saddles", world.cy, world.training)
    assert (new.post_count, new.last_number, new.started_at) == (3, 3, posts[0].posted_at)
    assert world.thread.post_count == 3
    assert world.reply().number == 7
    assert world.reply(thread=new).number == 4
    line = StaffAction.objects.get()
    assert (line.verb, line.thread, line.reason) == ("split", thread, "Off the subject")
    assert line.detail == {"to": new.pk, "posts": 3}
    assert find_drift() == []


def test_a_split_may_go_to_another_board(world, ada):
    bikes, post = world.board("Bikes"), world.reply()

    new = split_thread(ada, world.thread.pk, [post.pk], "Saddles", board_id=bikes.pk)

    bikes.refresh_from_db()
    world.training.refresh_from_db()
    assert new.board == bikes
    assert (bikes.thread_count, bikes.post_count, bikes.last_thread) == (1, 1, new)
    assert (world.training.thread_count, world.training.post_count) == (1, 1)
    assert find_drift() == []


def test_both_threads_keep_a_visible_post(world, ada):
    first, hidden = world.reply(), world.reply()
    hide_post(ada, hidden.pk)
    opening = Post.objects.get(thread=world.thread, number=1)
    elsewhere = Post.objects.get(thread=world.start_thread("Other"))

    for chosen in ([], [hidden.pk], [opening.pk, first.pk], [first.pk, elsewhere.pk], [999_999]):
        with pytest.raises(Invalid) as refusal:
            split_thread(ada, world.thread.pk, chosen, "Saddles")
        assert refusal.value.field == "posts"
    assert Thread.objects.count() == 2

    new = split_thread(ada, world.thread.pk, [first.pk, hidden.pk], "Saddles")
    assert numbers(new) == [1, 2]
    assert new.posts.get(number=2).state == State.HIDDEN
    assert find_drift() == []


def test_the_opening_post_may_go_too(world, ada):
    opening, reply = Post.objects.get(thread=world.thread), world.reply()

    new = split_thread(ada, world.thread.pk, [opening.pk], "Saddles")

    assert world.thread.first_number == reply.number == 2
    assert new.author == world.bo
    assert find_drift() == []


def test_what_was_read_stays_read_and_watchers_watch_both(world, ada, cy):
    posts = world.posts(4, author=world.bo)
    mark_thread_read(cy, world.thread.pk, posts[2].number)
    watch_thread(world.cy.pk, world.thread.pk)

    new = split_thread(ada, world.thread.pk, [p.pk for p in posts[1:]], "Saddles")

    assert ThreadMark.objects.get(member=world.cy, thread=new).number == 2
    assert Watch.objects.filter(member=world.cy).count() == 2

"""One verb for many: each is done or refused by itself."""

import pytest

from paceline.forum.models import Post, StaffAction, State, Thread
from paceline.forum.recount import find_drift
from paceline.lib.errors import Invalid, NotFound
from paceline.moderation.bulk import MOST_AT_ONCE, for_posts, for_threads, move_threads


def test_each_post_is_done_or_refused_by_itself(world, ada):
    posts = world.posts(3)
    secret = world.start_thread("Secret", board=world.hidden_board(), author=world.root)
    other = Post.objects.get(thread=secret)

    outcome = for_posts(ada, "hide", [p.pk for p in posts] + [other.pk, 999_999], reason="Spam")

    assert outcome.done == 3
    assert outcome.refusals == ("There is no such post.",)
    assert Post.objects.filter(state=State.HIDDEN).count() == 3
    assert StaffAction.objects.filter(verb="hide post", reason="Spam").count() == 3
    assert find_drift() == []


def test_threads_are_locked_and_moved_together(world, ada):
    threads = [world.start_thread(f"No. {n}") for n in range(3)]
    ids = [thread.pk for thread in threads]
    bikes = world.board("Bikes")

    assert for_threads(ada, "lock", ids).done == 3
    ada = world.viewer(world.ada)
    assert move_threads(ada, ids, bikes.pk, leaves_stub=True).done == 3
    assert Thread.objects.filter(board=bikes, is_locked=True).count() == 3
    assert find_drift() == []
    with pytest.raises(NotFound):
        move_threads(ada, ids, 4242)


@pytest.mark.parametrize(
    ("deed", "count", "reason", "field"),
    [
        ("burn", 1, "", "deed"),
        ("hide", 0, "", "chosen"),
        ("hide", MOST_AT_ONCE + 1, "", "chosen"),
        ("hide", 1, "x" * 501, "reason"),
        ("refuse", 1, "", "reason"),
    ],
)
def test_what_makes_no_sense_is_refused_as_a_whole(world, ada, deed, count, reason, field):
    post = world.reply()
    with pytest.raises(Invalid) as refusal:
        for_posts(ada, deed, range(post.pk, post.pk + count), reason=reason)
    assert refusal.value.field == field
    assert Post.objects.filter(state=State.VISIBLE).count() == 2

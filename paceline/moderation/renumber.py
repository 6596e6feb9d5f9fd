"""Giving posts a new thread and new numbers there: what splitting and merging share."""

from bisect import bisect_right
from collections.abc import Sequence

from paceline.forum import numbers
from paceline.forum.models import Post, Thread
from paceline.notifications.models import Alert

_BATCH = 200


def carry_posts(posts: Sequence[Post], target: Thread) -> int:
    """Put posts, in the order given, behind all others of `target`; answers the first number.

    The caller holds both threads. Counters are for the caller. Alerts of these posts lead to
    their new thread. One query for 200 posts and two more.
    """
    first = numbers.take_numbers(target, len(posts))
    for number, post in enumerate(posts, first):
        post.thread, post.number = target, number
    Post.objects.bulk_update(posts, ["thread", "number"], batch_size=_BATCH)
    for start in range(0, len(posts), _BATCH):
        ids = [post.pk for post in posts[start : start + _BATCH]]
        Alert.objects.filter(post_id__in=ids, thread__isnull=False).update(thread=target)
    return first


def read_of(numbers_before: Sequence[int], read_number: int) -> int:
    """How many of the posts that had these ascending numbers were read up to `read_number`."""
    return bisect_right(numbers_before, read_number)

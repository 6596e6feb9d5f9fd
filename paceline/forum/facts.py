"""What threads and posts add up to, by member, and the counters changed by such sums."""

from collections import Counter
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from paceline.accounts.models import Member
from paceline.forum.conditions import through
from paceline.forum.models import Board, Like, MemberTag, Mention, Post, Quote, State, Thread

# The counters of a member, by column.
MEMBER_COUNTERS = (
    "post_count",
    "thread_count",
    "mentioned_count",
    "tagged_count",
    "quoted_count",
    "likes_given_count",
    "liked_count",
    "liked_post_count",
)

# By member or board, what is to be added to each counter.
Changes = dict[int, Counter[str]]


def facts_of_threads(threads: Q) -> dict[str, dict[int, int]]:
    """By counter and member, what some threads and their visible posts add up to.

    Whether the threads are visible and count for members is for the caller's condition to say.
    Eight queries.
    """
    started = Thread.objects.filter(threads, moved_to__isnull=True, author__isnull=False)
    tags = MemberTag.objects.filter(through("thread", threads))
    return {
        **facts_of_posts(through("thread", threads)),
        "thread_count": sums("author_id", started),
        "tagged_count": sums("member_id", tags),
    }


def facts_of_posts(of_post: Q) -> dict[str, dict[int, int]]:
    """By counter and member, what those of some posts that are visible add up to. Six queries."""
    of_row = through("post", of_post)
    posts = Post.objects.filter(of_post, state=State.VISIBLE, author__isnull=False)
    likes = Like.objects.filter(of_row, post__state=State.VISIBLE)
    authors_liked = likes.filter(post__author__isnull=False)
    return {
        "post_count": sums("author_id", posts),
        "mentioned_count": sums(
            "member_id", Mention.objects.filter(of_row, post__state=State.VISIBLE)
        ),
        "quoted_count": sums("member_id", Quote.objects.filter(of_row, post__state=State.VISIBLE)),
        "likes_given_count": sums("member_id", likes),
        "liked_count": sums("post__author_id", authors_liked),
        "liked_post_count": sums("post__author_id", authors_liked, distinct="post_id"),
    }


def facts_in_post(post: Post, sign: int) -> Changes:
    """What one post says of others: members that it names or quotes, each `sign`. Two queries."""
    changes: Changes = {}
    for member_id in Mention.objects.filter(post=post).values_list("member_id", flat=True):
        changes.setdefault(member_id, Counter())["mentioned_count"] += sign
    for member_id in Quote.objects.filter(post=post).values_list("member_id", flat=True):
        changes.setdefault(member_id, Counter())["quoted_count"] += sign
    return changes


def changes_of(facts: dict[str, dict[int, int]], sign: int) -> Changes:
    """What facts by counter and member change, where they come (`sign` 1) or go (-1)."""
    changes: Changes = {}
    for column, counted in facts.items():
        for member_id, number in counted.items():
            changes.setdefault(member_id, Counter())[column] += sign * number
    return changes


def add_changes(changes: Changes, more: Changes) -> None:
    """Add to changes in place."""
    for member_id, facts in more.items():
        changes.setdefault(member_id, Counter()).update(facts)


def change_members(changes: Changes) -> None:
    """Write changes to members, by ascending id. One query for each that really changes."""
    for member_id in sorted(changes):
        added = {name: F(name) + n for name, n in changes[member_id].items() if n}
        if added:
            Member.objects.filter(id=member_id).update(**added)


def change_boards(changes: Changes) -> None:
    """Write changes to boards, by ascending id. One query for each that really changes."""
    for board_id in sorted(changes):
        added = {name: F(name) + n for name, n in changes[board_id].items() if n}
        if added:
            Board.objects.filter(id=board_id).update(**added)


def sums(column: str, rows: QuerySet[Any], *, distinct: str = "") -> dict[int, int]:
    """How many rows there are, or distinct values of a column, by another column. One query."""
    counted = Count(distinct, distinct=True) if distinct else Count("pk")
    found = rows.order_by().values_list(column).annotate(n=counted)
    return {int(member_id): int(number) for member_id, number in found}

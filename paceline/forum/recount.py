"""Counts every counter anew and lists where what is kept differs. `paceline check` prints it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, F, Max, Q

from paceline.accounts.models import Member
from paceline.forum.facts import MEMBER_COUNTERS, facts_of_threads
from paceline.forum.last_posts import refresh_board_last, refresh_last
from paceline.forum.models import Board, Like, Post, State, Thread


@dataclass(frozen=True, slots=True)
class Drift:
    """A counter that says something else than its facts."""

    what: str
    id: int
    counter: str
    kept: int
    counted: int

    def __str__(self) -> str:
        return f"{self.what} {self.id}: {self.counter} is {self.kept:,}, counted {self.counted:,}"


def find_drift() -> list[Drift]:
    """Every counter that has drifted, by table and id. About twenty-five queries over whole tables.

    All are of one moment, and nobody waits: it can run while members post.
    """
    with _one_moment():
        return [*_threads(), *_posts(), *_boards(), *_members()]


@contextmanager
def _one_moment() -> Iterator[None]:
    """A transaction whose queries all see the board as it was at the first of them."""
    if connection.in_atomic_block:  # the caller's transaction, which has begun already
        yield
        return
    database: Any = connection
    if connection.vendor == "sqlite":
        # A reader of the log; an immediate transaction would keep every writer waiting.
        connection.ensure_connection()
        mode, database.transaction_mode = database.transaction_mode, "DEFERRED"
        try:
            with transaction.atomic():
                yield
        finally:
            database.transaction_mode = mode
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


def mend_drift(drifts: list[Drift]) -> None:
    """Write the counted values. One query or a few per drift."""
    tables = {"thread": Thread, "post": Post, "board": Board, "member": Member}
    with transaction.atomic():
        for drift in drifts:
            if drift.counter == "last_post":
                refresh_last(Thread.objects.get(id=drift.id))
            elif drift.counter == "last_thread":
                refresh_board_last(drift.id)
            else:
                rows = tables[drift.what]._default_manager.filter(id=drift.id)
                rows.update(**{drift.counter: drift.counted})


def _compare(what: str, counter: str, kept: dict[int, int], counted: dict[int, int]) -> list[Drift]:
    return [
        Drift(what, row_id, counter, value, counted.get(row_id, 0))
        for row_id, value in sorted(kept.items())
        if value != counted.get(row_id, 0)
    ]


def _threads() -> list[Drift]:
    visible = Post.objects.filter(state=State.VISIBLE).order_by()
    counted = dict(visible.values_list("thread_id").annotate(n=Count("pk")))
    last = dict(visible.values_list("thread_id").annotate(n=Max("number")))
    highest = dict(Post.objects.order_by().values_list("thread_id").annotate(n=Max("number")))
    kept = dict(Thread.objects.values_list("id", "post_count"))
    kept_last = dict(
        Thread.objects.filter(last_post__isnull=False).values_list("id", "last_post__number")
    )
    numbers = dict(Thread.objects.values_list("id", "last_number"))
    too_low = [
        Drift("thread", thread_id, "last_number", numbers[thread_id], number)
        for thread_id, number in highest.items()
        if numbers[thread_id] < number
    ]
    wrong_last = [
        Drift("thread", thread_id, "last_post", kept_last.get(thread_id, 0), number)
        for thread_id, number in sorted(last.items())
        if kept_last.get(thread_id, 0) != number
    ]
    flags = Thread.objects.exclude(counts_for_members=F("board__counts_for_members"))
    wrong_flag = [
        Drift("thread", thread_id, "counts_for_members", int(kept_flag), int(not kept_flag))
        for thread_id, kept_flag in flags.order_by("id").values_list("id", "counts_for_members")
    ]
    return _compare("thread", "post_count", kept, counted) + too_low + wrong_last + wrong_flag


def _posts() -> list[Drift]:
    counted = dict(Like.objects.order_by().values_list("post_id").annotate(n=Count("pk")))
    kept = dict(Post.objects.filter(like_count__gt=0).values_list("id", "like_count"))
    for post_id in counted:
        kept.setdefault(post_id, 0)
    return _compare("post", "like_count", kept, counted)


def _boards() -> list[Drift]:
    visible = Thread.objects.filter(state=State.VISIBLE, moved_to__isnull=True).order_by()
    threads = dict(visible.values_list("board_id").annotate(n=Count("pk")))
    posts = dict(
        Post.objects.filter(state=State.VISIBLE, thread__state=State.VISIBLE)
        .order_by()
        .values_list("thread__board_id")
        .annotate(n=Count("pk"))
    )
    kept = dict(Board.objects.values_list("id", "thread_count"))
    kept_posts = dict(Board.objects.values_list("id", "post_count"))
    newest = dict(visible.values_list("board_id").annotate(n=Max("last_posted_at")))
    wrong_last = [
        Drift("board", board_id, "last_thread", kept_id or 0, 0)
        for board_id, kept_id, at in Board.objects.annotate(
            at=F("last_thread__last_posted_at")
        ).values_list("id", "last_thread_id", "at")
        if at != newest.get(board_id)
    ]
    return (
        _compare("board", "thread_count", kept, threads)
        + _compare("board", "post_count", kept_posts, posts)
        + wrong_last
    )


def _members() -> list[Drift]:
    # By the boards' own flags: where a thread's differs, both are mended in one go.
    counted = facts_of_threads(Q(state=State.VISIBLE, board__counts_for_members=True))
    found: list[Drift] = []
    for row in Member.objects.order_by("id").values("id", "carried", *MEMBER_COUNTERS):
        for counter in MEMBER_COUNTERS:
            total = counted[counter].get(row["id"], 0) + int(row["carried"].get(counter, 0))
            if row[counter] != total:
                found.append(Drift("member", row["id"], counter, row[counter], total))
    return found

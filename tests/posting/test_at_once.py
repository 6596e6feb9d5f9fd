"""Many members at the same moment: real threads, each with a connection of its own."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connections

from paceline.accounts.models import Member
from paceline.forum.models import Board, Like, MemberTag, Post, Revision, State
from paceline.forum.models import Thread as BoardThread
from paceline.forum.recount import find_drift
from paceline.posting.delete_own import delete_own, undelete_own
from paceline.posting.drafts import save_draft
from paceline.posting.edit import Edit, EditedMeanwhile, edit_post
from paceline.posting.like import like_post, unlike_post
from paceline.posting.reply import post_reply
from paceline.posting.report import report_post
from paceline.posting.start_thread import start_thread
from paceline.posting.tag import tag_member, untag_member

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def at_once(count: int, deed: Callable[[int], Any]) -> list[Any]:
    """What `deed(0)` to `deed(count - 1)` returned or raised, all begun at the same moment."""
    gate = Barrier(count)
    outcomes: list[Any] = [None] * count

    def run(number: int) -> None:
        gate.wait()
        try:
            outcomes[number] = deed(number)
        except Exception as error:
            outcomes[number] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not any(thread.is_alive() for thread in threads), "some wait for each other"
    return outcomes


def _do(deeds: list[Callable[[], Any]], number: int) -> Any:
    return deeds[number]()


def failures(outcomes: list[Any]) -> list[Any]:
    return [outcome for outcome in outcomes if isinstance(outcome, Exception)]


@pytest.fixture
def busy(world):
    """The board without a limit on how much one may post in a minute."""
    world.set(posts_per_minute=0)
    return world


@pytest.mark.slow
def test_two_hundred_replies_from_sixteen_members_are_numbered_without_gap_or_double(busy):
    thread = busy.thread
    viewers = [busy.viewer(busy.member(f"Rider {n}")) for n in range(16)]

    def deed(number: int) -> list[int]:
        share = range(number, 200, 16)
        name = f'@Ada and @"Rider {(number + 1) % 16}"'
        return [post_reply(viewers[number], thread.pk, f"{n}: {name}").number for n in share]

    outcomes = at_once(16, deed)

    assert not failures(outcomes)
    given = [number for numbers in outcomes for number in numbers]
    assert sorted(given) == list(range(2, 202))
    posts = Post.objects.filter(thread=thread).order_by("number")
    assert [post.number for post in posts] == list(range(1, 202))
    moments = [post.posted_at for post in posts]
    assert moments == sorted(moments)
    thread.refresh_from_db()
    assert (thread.post_count, thread.last_number) == (201, 201)
    assert Board.objects.get(id=busy.training.pk).post_count == 201
    assert Member.objects.get(name="Ada").mentioned_count == 200
    assert not find_drift()


def test_one_form_sent_eight_times_at_once_posts_once(busy):
    cy, thread = busy.viewer(busy.cy), busy.thread

    outcomes = at_once(8, lambda _: post_reply(cy, thread.pk, "Once.", once_key="k").pk)

    assert not failures(outcomes)
    assert len(set(outcomes)) == 1
    assert Post.objects.filter(author=busy.cy).count() == 1
    assert not find_drift()


def test_one_form_sent_eight_times_at_once_starts_one_thread(busy):
    cy, board = busy.viewer(busy.cy), busy.training.pk

    outcomes = at_once(8, lambda _: start_thread(cy, board, "Once", "Text.", once_key="k").pk)

    assert not failures(outcomes)
    assert len(set(outcomes)) == 1
    assert BoardThread.objects.count() == 1
    assert not find_drift()


def test_threads_started_at_once_are_all_counted(busy):
    viewers = [busy.viewer(member) for member in (busy.bo, busy.cy, busy.ada, busy.root)]

    outcomes = at_once(
        4,
        lambda n: [
            start_thread(viewers[n], busy.training.pk, f"Thread {n} {i}", "@Ada @Bo @Cy").pk
            for i in range(5)
        ],
    )

    assert not failures(outcomes)
    assert Board.objects.get(id=busy.training.pk).thread_count == 20
    assert not find_drift()


def test_a_storm_of_likes_is_counted(busy):
    posts = [busy.reply(), busy.reply(author=busy.bo)]
    viewers = [busy.viewer(busy.member(f"Rider {n}")) for n in range(8)]

    def deed(number: int) -> None:
        for post in posts if number % 2 else posts[::-1]:
            like_post(viewers[number], post.pk)
            like_post(viewers[number], post.pk)
            if number % 3 == 0:
                unlike_post(viewers[number], post.pk)

    assert not failures(at_once(8, deed))

    assert Counter(Like.objects.values_list("post_id", flat=True)) == {
        posts[0].pk: 5,
        posts[1].pk: 5,
    }
    assert not find_drift()


def test_of_edits_at_once_one_wins_and_the_others_are_told(busy):
    post = busy.reply("One")
    viewers = [busy.viewer(busy.ada), busy.viewer(busy.cy), busy.viewer(busy.root)] * 2

    outcomes = at_once(6, lambda n: edit_post(viewers[n], post.pk, Edit(f"By {n} @Bo", 0)))

    assert Counter(type(outcome) for outcome in outcomes) == {Post: 1, EditedMeanwhile: 5}
    post.refresh_from_db()
    assert post.revision_count == 1
    assert list(Revision.objects.values_list("number", "source")) == [(0, "One"), (1, post.source)]
    assert not find_drift()


@pytest.mark.slow
def test_members_who_quote_and_like_each_other_in_two_threads_never_wait_for_each_other(busy):
    """Locks are taken in one order, thread, boards, members: otherwise PostgreSQL ends one."""
    other = busy.board("Racing")
    people = [busy.bo, busy.cy, busy.ada, busy.root]
    threads = [
        busy.start_thread(f"Thread {n}", author=member, board=other if n % 2 else busy.training)
        for n, member in enumerate(people)
    ]
    openings = [Post.objects.get(thread=thread) for thread in threads]
    viewers = [busy.viewer(member) for member in people]

    def deed(number: int) -> None:
        me, viewer = number % 4, viewers[number % 4]
        for turn in range(4):
            target = (me + turn + 1) % 4
            quotes = "".join(
                f'[quote="x;{openings[n].pk}"]x[/quote]'
                for n in (target, (target + 1) % 4, (target + 2) % 4)
            )
            post = post_reply(viewer, threads[target].pk, f"{quotes} @Bo @Cy @Ada @Root {number}")
            if target != me:
                like_post(viewer, openings[target].pk)
                tag_member(viewer, threads[target].pk, people[me].name)
            edit_post(viewer, post.pk, Edit(f"{quotes} @Root @Mal {number}", 0))
            delete_own(viewer, post.pk)
            undelete_own(viewer, post.pk)
            if target != me:
                unlike_post(viewer, openings[target].pk)
                untag_member(viewer, threads[target].pk, people[me].pk)

    assert not failures(at_once(8, deed))
    assert not find_drift()


def test_deleting_while_others_reply_leaves_the_last_post_right(busy):
    thread = busy.thread
    mine = [busy.reply(f"{n}", author=busy.bo) for n in range(8)]
    viewers = [busy.viewer(busy.bo), busy.viewer(busy.cy), busy.viewer(busy.ada)]

    def deed(number: int) -> None:
        for n in range(8):
            if number == 0:
                delete_own(viewers[0], mine[n].pk)
            else:
                post = post_reply(viewers[number], thread.pk, "Meanwhile.")
                delete_own(viewers[number], post.pk)

    assert not failures(at_once(3, deed))

    thread.refresh_from_db()
    assert (thread.post_count, thread.last_number) == (1, 25)
    assert Post.objects.filter(state=State.DELETED).count() == 24
    assert not find_drift()


def test_a_reply_to_a_thread_that_its_author_deletes_at_that_moment(busy):
    """Either the reply was first, and the thread stays; or the thread is gone."""
    bo, cy = busy.viewer(busy.bo), busy.viewer(busy.cy)
    for _ in range(5):
        thread = busy.start_thread("Now or never")
        opening = Post.objects.get(thread=thread)

        deeds: list[Callable[[], Any]] = [
            partial(delete_own, bo, opening.pk),
            partial(post_reply, cy, thread.pk, "First!"),
        ]
        gone, reply = at_once(2, partial(_do, deeds))

        assert isinstance(gone, Exception) != isinstance(reply, Exception)
        assert not find_drift()


def test_tags_reports_and_drafts_at_once_are_one(busy):
    post = busy.reply()
    bo = busy.viewer(busy.bo)

    assert not failures(at_once(4, lambda _: tag_member(bo, busy.thread.pk, "Ada")))
    assert not failures(at_once(4, lambda n: report_post(bo, post.pk, f"Spam {n}").pk))
    assert not failures(at_once(4, lambda n: save_draft(bo, "reply:1", f"Half {n}")))

    assert MemberTag.objects.count() == 1
    assert busy.bo.drafts.count() == 1
    assert post.reports.count() == 1
    assert not find_drift()


def test_the_recount_sees_one_moment_while_others_post(busy):
    thread, cy = busy.thread, busy.viewer(busy.cy)

    def deed(number: int) -> Any:
        if number:
            return [find_drift() for _ in range(10)]
        return [post_reply(cy, thread.pk, f"{n} @Ada") for n in range(25)]

    outcomes = at_once(2, deed)

    assert not failures(outcomes)
    assert outcomes[1] == [[]] * 10

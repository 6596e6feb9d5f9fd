"""Whatever moderators do, in whatever order: counters stay true, no post is lost, all is logged."""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.db.models import Min
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paceline.forum import counters
from paceline.forum.counting import set_counting
from paceline.forum.models import Like, MemberTag, Post, StaffAction, State, Thread
from paceline.forum.recount import find_drift
from paceline.lib.errors import Refusal
from paceline.lib.kept import forget_everything
from paceline.moderation import approve, hide, marks, merge, move, split
from paceline.permissions.models import BoardModerator
from paceline.permissions.rights import Right
from paceline.posting.reply import post_reply
from tests.conftest import World


class Play:
    """A World in which Ada moderates three boards: one holds what Cy writes, one is hidden."""

    def __init__(self) -> None:
        forget_everything()
        self.world = World()
        self.bikes = self.world.board("Bikes")
        BoardModerator.objects.create(board=self.bikes, member=self.world.ada)
        self.world.rights("members", self.bikes, deny=Right.UNHELD)
        self.room = self.world.hidden_board()
        for member in (self.world.ada, self.world.cy):
            BoardModerator.objects.create(board=self.room, member=member)
        first = self.world.start_thread("First", "Hello @Cy")
        second = self.world.start_thread("Second", "Hello @Bo", author=self.world.cy)
        self.world.start_thread("Third", "Held", board=self.bikes, author=self.world.cy)
        self.world.start_thread("Fourth", "Psst, @Bo", board=self.room, author=self.world.cy)
        for thread in (first, second):
            self.world.posts(2, thread=thread)
            self._like(Post.objects.filter(thread=thread).order_by("number")[1])
        for thread in (first, second):
            MemberTag.objects.create(thread=thread, member=self.world.mal)
            counters.add_tag(thread, self.world.mal.pk)
        self.ada = self.world.viewer(self.world.ada)

    def _like(self, post: Post) -> None:
        like = Like.objects.create(post=post, member=self.world.bo)
        counters.add_like(post, like)

    def thread(self, choice: int) -> int:
        ids = list(Thread.objects.order_by("id").values_list("id", flat=True))
        return ids[choice % len(ids)]

    def post(self, choice: int) -> Post:
        posts = list(Post.objects.order_by("id"))
        return posts[choice % len(posts)]

    def board(self, choice: int) -> int:
        return (self.world.training.pk, self.bikes.pk, self.room.pk)[choice % 3]

    def split(self, a: int, b: int) -> None:
        thread_id = self.post(a).thread_id
        ids = list(Post.objects.filter(thread_id=thread_id).values_list("id", flat=True))
        chosen = [post_id for post_id in ids if post_id % (2 + b % 2)]
        split.split_thread(self.ada, thread_id, chosen, "Split off", board_id=self.board(b))

    def flip(self, a: int, b: int) -> None:
        """The rights change: what stands on a board counts for members, or does no longer."""
        set_counting({self.board(a): bool(b % 2), self.board(b): bool(a % 2)})

    def reply(self, a: int, b: int) -> None:
        quoted = self.post(b)
        text = f"[quote={quoted.author_name};{quoted.pk}]So[/quote] And @Bo? @Mal?"
        post_reply(self.world.viewer(self.world.cy), self.thread(a), text)


DEEDS: dict[str, Callable[[Play, int, int], object]] = {
    "lock": lambda p, a, b: marks.lock_thread(p.ada, p.thread(a)),
    "rename": lambda p, a, b: marks.rename_thread(p.ada, p.thread(a), f"Title {b}"),
    "move": lambda p, a, b: move.move_thread(
        p.ada, p.thread(a), p.board(b), leaves_stub=bool(b % 3)
    ),
    "split": Play.split,
    "merge": lambda p, a, b: merge.merge_threads(p.ada, p.thread(a), p.thread(b)),
    "hide post": lambda p, a, b: hide.hide_post(p.ada, p.post(a).pk),
    "restore post": lambda p, a, b: hide.restore_post(p.ada, p.post(a).pk),
    "hide thread": lambda p, a, b: hide.hide_thread(p.ada, p.thread(a)),
    "restore thread": lambda p, a, b: hide.restore_thread(p.ada, p.thread(a)),
    "approve post": lambda p, a, b: approve.approve_post(p.ada, p.post(a).pk),
    "refuse post": lambda p, a, b: approve.refuse_post(p.ada, p.post(a).pk, reason="No."),
    "approve thread": lambda p, a, b: approve.approve_thread(p.ada, p.thread(a)),
    "refuse thread": lambda p, a, b: approve.refuse_thread(p.ada, p.thread(a), reason="No."),
    "reply": Play.reply,
    "flip": Play.flip,
}
SMALL = st.integers(min_value=0, max_value=11)


@pytest.mark.slow
@pytest.mark.django_db
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(deeds=st.lists(st.tuples(st.sampled_from(sorted(DEEDS)), SMALL, SMALL), max_size=12))
def test_no_sequence_of_deeds_makes_a_counter_drift_or_loses_a_post(deeds, cheap_passwords):
    with transaction.atomic():
        play = Play()
        for name, a, b in deeds:
            posts, lines = Post.objects.count(), StaffAction.objects.count()
            try:
                with transaction.atomic():
                    DEEDS[name](play, a, b)
            except Refusal:
                assert StaffAction.objects.count() == lines
            assert find_drift() == [], name
            assert StaffAction.objects.count() - lines <= (name not in ("reply", "flip"))
            assert Post.objects.count() == posts + (
                name == "reply" and Post.objects.count() > posts
            )
            check_places()
        transaction.set_rollback(True)


def check_places() -> None:
    """What no deed may break, beside the counters."""
    for thread in Thread.objects.select_related("moved_to"):
        lowest = thread.posts.filter(state=State.VISIBLE).aggregate(n=Min("number"))["n"]
        assert thread.first_number == (lowest or 1)
        if thread.moved_to is not None:
            assert not thread.posts.exists()
            assert thread.moved_to.moved_to_id is None, "a stub points to a stub"
        elif thread.state == State.VISIBLE:
            assert thread.post_count > 0, "a visible thread shows nothing"


@pytest.fixture
def cheap_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

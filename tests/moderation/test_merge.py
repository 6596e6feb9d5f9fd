"""A thread is merged into another."""

import pytest

from paceline.forum import counters
from paceline.forum.models import Draft, MemberTag, Post, StaffAction, Thread
from paceline.forum.recount import find_drift
from paceline.lib.errors import Invalid, NotAllowed
from paceline.moderation.hide import hide_thread
from paceline.moderation.merge import merge_threads
from paceline.moderation.move import move_thread
from paceline.notifications.models import Alert
from paceline.unread.marks import mark_thread_read
from paceline.unread.models import ThreadMark, Watch
from paceline.unread.watching import watch_thread


@pytest.fixture
def source(world):
    """Three posts about the same."""
    made = world.start_thread("The same again", author=world.cy, view_count=7)
    world.posts(2, thread=made)
    return made


@pytest.fixture
def target(world):
    """Two posts."""
    world.posts(1)
    return world.thread


def test_posts_get_the_next_numbers_and_a_stub_stays(world, ada, source, target):
    before = list(source.posts.order_by("number").values_list("id", flat=True))
    merge_threads(ada, source.pk, target.pk, reason="Twice")

    target.refresh_from_db()
    source.refresh_from_db()
    moved = Post.objects.filter(thread=target, number__gt=2).order_by("number")
    assert [(p.number, p.pk) for p in moved] == list(zip((3, 4, 5), before, strict=True))
    assert (target.post_count, target.last_number, target.view_count) == (5, 5, 7)
    assert (source.moved_to, source.post_count) == (target, 0)
    assert world.reply(thread=target).number == 6
    with pytest.raises(NotAllowed, match="moved"):
        world.reply(thread=source)
    line = StaffAction.objects.get()
    assert (line.verb, line.thread, line.detail) == ("merge", source, {"to": target.pk})
    world.cy.refresh_from_db()
    assert world.cy.thread_count == 0
    assert find_drift() == []


def test_boards_count_what_they_hold_then(world, target):
    bikes = world.board("Bikes")
    source = world.start_thread("The same", board=bikes)
    merge_threads(world.viewer(world.root), source.pk, target.pk)

    bikes.refresh_from_db()
    assert (bikes.thread_count, bikes.post_count, bikes.last_thread) == (0, 0, None)
    assert find_drift() == []


def test_older_stubs_point_to_where_the_posts_are(world, source, target):
    bikes = world.board("Bikes")
    root = world.viewer(world.root)
    move_thread(root, source.pk, bikes.pk, leaves_stub=True)
    stub = Thread.objects.get(moved_to=source)

    merge_threads(root, source.pk, target.pk)

    stub.refresh_from_db()
    assert stub.moved_to == target
    assert find_drift() == []


def test_tags_watches_drafts_and_alerts_go_along_once(world, ada, source, target):
    for thread in (source, target):
        MemberTag.objects.create(thread=thread, member=world.mal)
        counters.add_tag(thread, world.mal.pk)
        watch_thread(world.root.pk, thread.pk)
    MemberTag.objects.create(thread=source, member=world.ada)
    counters.add_tag(source, world.ada.pk)
    Draft.objects.create(member=world.bo, place=f"reply:{source.pk}", source="I think")
    alert = Alert.objects.create(member=world.bo, kind=Alert.Kind.TAG, thread=source)

    merge_threads(ada, source.pk, target.pk)

    tagged = MemberTag.objects.order_by("member_id").values_list("thread_id", "member_id")
    assert list(tagged) == [(target.pk, world.ada.pk), (target.pk, world.mal.pk)]
    world.mal.refresh_from_db()
    assert world.mal.tagged_count == 1
    assert Watch.objects.get(member=world.root).thread == target
    assert Draft.objects.get().place == f"reply:{target.pk}"
    alert.refresh_from_db()
    assert alert.thread == target
    assert find_drift() == []


def test_marks_move_on_only_for_those_who_had_read_the_target(world, ada, source, target):
    Watch.objects.all().delete()
    ThreadMark.objects.all().delete()
    cy, bo, root = (world.viewer(m) for m in (world.cy, world.bo, world.root))
    mark_thread_read(cy, target.pk, 2)
    mark_thread_read(cy, source.pk, 2)
    mark_thread_read(bo, target.pk, 1)
    mark_thread_read(bo, source.pk, 3)
    mark_thread_read(root, target.pk, 2)

    merge_threads(ada, source.pk, target.pk)

    marks = {mark.member: mark.number for mark in ThreadMark.objects.filter(thread=target)}
    assert marks == {world.cy: 4, world.bo: 1, world.root: 2}


def test_a_thread_does_not_merge_into_itself_or_into_the_dark(world, ada, source, target):
    hide_thread(ada, target.pk)
    for one, other in ((source, source), (source, target), (target, source)):
        with pytest.raises(Invalid) as refusal:
            merge_threads(ada, one.pk, other.pk)
        assert refusal.value.field == "target"
    assert find_drift() == []

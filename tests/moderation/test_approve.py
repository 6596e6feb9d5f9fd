"""What is held is approved, as if it had just been sent, or refused, and its author told why."""

import pytest

from paceline.forum.models import Post, StaffAction, State
from paceline.forum.recount import find_drift
from paceline.jobs.models import Job
from paceline.lib.errors import Invalid, NotAllowed
from paceline.moderation.approve import approve_post, approve_thread, refuse_post, refuse_thread
from paceline.moderation.hide import restore_post, restore_thread
from paceline.permissions.rights import Right


@pytest.fixture
def held(world):
    """On Training, what members write waits."""
    world.rights("members", world.training, deny=Right.UNHELD)
    return world


def jobs(name):
    return [job.arguments for job in Job.objects.filter(name=name)]


def test_an_approved_post_counts_and_is_told_as_if_just_sent(world, ada):
    opening = world.thread
    world.rights("members", world.training, deny=Right.UNHELD)
    post = world.reply("@Bo, look")
    Job.objects.all().delete()
    assert find_drift() == []

    for _ in range(2):
        approve_post(ada, post.pk)

    opening.refresh_from_db()
    assert (opening.post_count, opening.last_post) == (2, post)
    assert jobs("tell_of_post") == [{"post_id": post.pk}]
    assert StaffAction.objects.get().verb == "approve post"
    assert find_drift() == []


def test_a_refused_post_stays_hidden_and_its_author_reads_why(world, ada):
    thread = world.thread
    world.rights("members", world.training, deny=Right.UNHELD)
    post = world.reply("Buy watches")
    with pytest.raises(Invalid) as refusal:
        refuse_post(ada, post.pk, reason=" ")
    assert refusal.value.field == "reason"

    for _ in range(2):
        refuse_post(ada, post.pk, reason="No trade here.")

    post.refresh_from_db()
    assert (post.state, post.state_reason) == (State.HIDDEN, "No trade here.")
    (told,) = jobs("tell_of_staff")
    assert told["member_id"] == world.cy.pk
    assert "No trade here." in told["text"]
    with pytest.raises(NotAllowed):
        approve_post(ada, post.pk)
    thread.refresh_from_db()
    assert thread.post_count == 1
    assert find_drift() == []


def test_an_approved_thread_is_there_with_its_opening_post(held, ada):
    thread = held.thread
    assert thread.state == State.HELD
    Job.objects.all().delete()

    for _ in range(2):
        approve_thread(ada, thread.pk)

    held.training.refresh_from_db()
    assert (held.training.thread_count, held.training.post_count) == (1, 1)
    assert jobs("tell_of_post") == [{"post_id": Post.objects.get().pk}]
    assert StaffAction.objects.get().verb == "approve thread"
    assert find_drift() == []


def test_a_refused_thread_may_be_restored_later(held, ada):
    refuse_thread(ada, held.thread.pk, reason="No trade here.")
    with pytest.raises(NotAllowed):
        approve_thread(ada, held.thread.pk)
    assert held.thread.state == State.HIDDEN
    assert len(jobs("tell_of_staff")) == 1

    restore_thread(ada, held.thread.pk)
    assert held.thread.state == State.VISIBLE
    assert find_drift() == []


def test_what_waits_is_approved_rather_than_restored(held, ada):
    approve_thread(ada, held.thread.pk)
    post = held.reply()
    with pytest.raises(NotAllowed, match="approve"):
        restore_post(ada, post.pk)
    with pytest.raises(NotAllowed, match="approve"):
        restore_thread(ada, held.start_thread("Another").pk)

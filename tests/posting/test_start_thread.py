import pytest

from paceline.accounts.models import Member
from paceline.forum.models import Board, Post, Prefix, State, Thread
from paceline.forum.recount import find_drift
from paceline.jobs.models import Job
from paceline.lib.errors import Invalid, NotAllowed, NotFound, SignInFirst
from paceline.permissions.rights import Right
from paceline.posting.drafts import load_draft, save_draft
from paceline.posting.start_thread import start_thread
from paceline.unread.models import Watch


def test_a_thread_begins_with_post_number_one_and_is_counted_once(world, bo):
    post = start_thread(bo, world.training.pk, "  Back   pain? ", "Thanks, @Cy.")

    thread = Thread.objects.get(id=post.thread_id)
    board = Board.objects.get(id=world.training.pk)
    assert (thread.title, thread.slug, thread.state) == ("Back pain?", "back-pain", State.VISIBLE)
    assert (post.number, thread.post_count, thread.last_post_id) == (1, 1, post.pk)
    assert (board.thread_count, board.post_count, board.last_thread) == (1, 1, thread)
    bo_now = Member.objects.get(name="Bo")
    assert (bo_now.post_count, bo_now.thread_count) == (1, 1)
    assert Member.objects.get(name="Cy").mentioned_count == 1
    assert not find_drift()


def test_those_who_want_to_hear_of_a_thread_are_told_once(world, bo):
    post = start_thread(bo, world.training.pk, "New shoes", "They are blue.")

    assert [job.arguments for job in Job.objects.filter(name="tell_of_post")] == [
        {"post_id": post.pk}
    ]


def test_a_thread_waits_for_approval_where_its_author_s_posts_do(world):
    world.rights("members", world.training, deny=Right.UNHELD)

    post = start_thread(world.viewer(world.bo), world.training.pk, "Hello", "I am new, @Cy.")

    thread = Thread.objects.get(id=post.thread_id)
    assert (thread.state, thread.post_count) == (State.HELD, 1)
    assert Post.objects.get(id=post.pk).state == State.VISIBLE
    assert Board.objects.get(id=world.training.pk).thread_count == 0
    assert Member.objects.get(name="Bo").thread_count == 0
    assert not Job.objects.exists()
    assert not find_drift()


def test_who_may_start_threads_where(world, bo, nobody, mal):
    heading = world.board("Everything", takes_threads=False)
    closed = world.board("News")
    world.rights("members", closed, deny=Right.START)

    with pytest.raises(NotAllowed, match="only holds other boards"):
        start_thread(world.viewer(world.bo), heading.pk, "Hello", "Hello")
    with pytest.raises(NotAllowed, match="You may not post new threads here"):
        start_thread(world.viewer(world.bo), closed.pk, "Hello", "Hello")
    with pytest.raises(NotFound):
        start_thread(world.viewer(world.bo), world.hidden_board().pk, "Hello", "Hello")
    with pytest.raises(SignInFirst):
        start_thread(nobody, world.training.pk, "Hello", "Hello")
    with pytest.raises(NotAllowed, match="banned"):
        start_thread(mal, world.training.pk, "Hello", "Hello")
    assert not Thread.objects.exists()


@pytest.mark.parametrize("title", ["", "   ", "???", "\u200b\u202e", "x" * 121])
def test_a_title_says_something_and_is_not_endless(world, bo, title):
    with pytest.raises(Invalid) as refused:
        start_thread(bo, world.training.pk, title, "Text.")
    assert refused.value.field == "title"


def test_a_prefix_is_one_of_the_board_s_own(world, bo):
    solved = Prefix.objects.create(board=world.training, label="Solved")
    elsewhere = Prefix.objects.create(board=world.board("Racing"), label="Result")

    post = start_thread(bo, world.training.pk, "Done", "Text.", prefix_id=solved.pk)
    assert Thread.objects.get(id=post.thread_id).prefix == solved

    for prefix_id in (elsewhere.pk, 2**62):
        with pytest.raises(Invalid) as refused:
            start_thread(bo, world.training.pk, "Done", "Text.", prefix_id=prefix_id)
        assert refused.value.field == "prefix"


def test_the_same_form_sent_twice_starts_one_thread(world, bo):
    first = start_thread(bo, world.training.pk, "Once", "Text.", once_key="k1")

    assert start_thread(bo, world.training.pk, "Once", "Text.", once_key="k1") == first
    assert start_thread(bo, world.training.pk, "Twice", "Text.", once_key="k1") != first


def test_authors_watch_their_threads_unless_they_wish_otherwise(world, bo, cy):
    Member.objects.filter(id=world.cy.pk).update(watches_own_threads=False)

    mine = start_thread(bo, world.training.pk, "Mine", "Text.")
    start_thread(world.viewer(world.cy), world.training.pk, "Theirs", "Text.")

    assert [w.thread_id for w in Watch.objects.all()] == [mine.thread_id]


def test_starting_a_thread_forgets_its_draft(world, bo):
    save_draft(bo, f"thread:{world.training.pk}", "Half a thought", title="Hm")

    start_thread(bo, world.training.pk, "Hm", "A thought.")

    assert load_draft(bo, f"thread:{world.training.pk}") is None

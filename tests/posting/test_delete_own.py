import pytest

from paceline.accounts.models import Member
from paceline.forum.models import Board, Post, State, Thread
from paceline.forum.recount import find_drift
from paceline.lib.errors import NotAllowed, NotFound, SignInFirst
from paceline.permissions.posts import visible_posts
from paceline.permissions.rights import Right
from paceline.posting.delete_own import delete_own, undelete_own
from paceline.posting.like import like_post
from paceline.posting.reply import post_reply


def sees(viewer, post):
    return Post.objects.filter(visible_posts(viewer), id=post.pk).exists()


def test_a_deleted_post_is_there_for_its_author_and_moderators_only(world, ada, bo, cy):
    post = world.reply("Ask @Ada.")
    like_post(bo, post.pk)

    delete_own(cy, post.pk)

    assert Post.objects.get(id=post.pk).state == State.DELETED
    assert (sees(cy, post), sees(ada, post), sees(bo, post)) == (True, True, False)
    assert Thread.objects.get(id=world.thread.pk).post_count == 1
    assert Member.objects.get(name="Ada").mentioned_count == 0
    assert not find_drift()


def test_taking_it_back_restores_everything(world, bo, cy):
    post = world.reply("Ask @Ada.")
    like_post(bo, post.pk)
    before = list(Member.objects.order_by("id").values())

    delete_own(cy, post.pk)
    undelete_own(cy, post.pk)

    assert list(Member.objects.order_by("id").values()) == before
    assert Thread.objects.get(id=world.thread.pk).last_post == post
    assert not find_drift()


def test_twice_is_once(world, cy):
    post = world.reply()

    for _ in range(2):
        delete_own(cy, post.pk)
    assert not find_drift()
    for _ in range(2):
        undelete_own(cy, post.pk)
    assert Post.objects.get(id=post.pk).state == State.VISIBLE
    assert not find_drift()


def test_the_opening_post_goes_with_its_thread_while_nobody_has_replied(world, bo, cy):
    opening = Post.objects.get(thread=world.thread)

    assert delete_own(bo, opening.pk).is_thread

    assert Thread.objects.get(id=world.thread.pk).state == State.DELETED
    assert Board.objects.get(id=world.training.pk).thread_count == 0
    assert (sees(bo, opening), sees(cy, opening)) == (True, False)
    assert not find_drift()

    assert undelete_own(bo, opening.pk).is_thread
    assert sees(cy, opening)
    assert Board.objects.get(id=world.training.pk).last_thread == world.thread
    assert not find_drift()


def test_the_opening_post_of_others_posts_stays(world, bo, cy):
    opening = Post.objects.get(thread=world.thread)
    reply = world.reply()

    with pytest.raises(NotAllowed, match="Others have replied"):
        delete_own(bo, opening.pk)

    delete_own(cy, reply.pk)
    assert delete_own(bo, opening.pk).is_thread


def test_nobody_replies_to_a_deleted_thread(world, bo):
    opening = Post.objects.get(thread=world.thread)
    delete_own(bo, opening.pk)

    with pytest.raises(NotAllowed, match="not open"):
        post_reply(bo, world.thread.pk, "Hello, me.")


def test_whose_and_which_posts_cannot_be_deleted(world, ada, bo, cy, nobody, mal):
    post = world.reply()
    hidden = world.reply("Hidden")
    world.hide(hidden)

    with pytest.raises(NotAllowed, match="somebody else's"):
        delete_own(bo, post.pk)
    with pytest.raises(NotAllowed, match="somebody else's"):
        delete_own(ada, post.pk)
    with pytest.raises(SignInFirst):
        delete_own(nobody, post.pk)
    with pytest.raises(NotAllowed, match="banned"):
        delete_own(mal, post.pk)
    with pytest.raises(NotFound):
        delete_own(cy, hidden.pk)
    with pytest.raises(NotFound):
        undelete_own(bo, 2**62)
    world.rights("members", world.training, deny=Right.DELETE_OWN)
    with pytest.raises(NotAllowed, match="You may not delete your posts here"):
        delete_own(world.viewer(world.cy), post.pk)


def test_deleting_and_taking_back_does_not_slip_past_approval(world, ada):
    world.rights("members", world.training, deny=Right.UNHELD)
    thread = world.start_thread("By Ada", author=world.ada)
    held = world.reply("Buy!", thread=thread)
    opening = Post.objects.get(thread=world.start_thread("Buy!", author=world.cy))
    cy = world.viewer(world.cy)

    for post in (held, opening):
        delete_own(cy, post.pk)
        assert not find_drift()
        undelete_own(cy, post.pk)

    assert Post.objects.get(id=held.pk).state == State.HELD
    assert Thread.objects.get(id=opening.thread_id).state == State.HELD
    assert not find_drift()

import pytest

from paceline.accounts.models import Member
from paceline.forum.models import Like, Post, State, Thread
from paceline.forum.recount import find_drift
from paceline.jobs.models import Job
from paceline.lib.errors import NotAllowed, NotFound, SignInFirst
from paceline.permissions.rights import Right
from paceline.posting.like import like_post, unlike_post


def counters_of(name):
    member = Member.objects.get(name=name)
    return (member.likes_given_count, member.liked_count, member.liked_post_count)


def test_a_like_is_counted_for_the_post_and_for_both_members(world, ada, bo):
    post = world.reply()

    assert like_post(ada, post.pk).count == 1
    assert like_post(bo, post.pk).count == 2

    assert counters_of("Ada") == (1, 0, 0)
    assert counters_of("Cy") == (0, 2, 1)
    assert not find_drift()


def test_liking_twice_is_liking_once(world, bo):
    post = world.reply()

    for _ in range(2):
        liked = like_post(bo, post.pk)
    assert (liked.count, liked.is_liked) == (1, True)
    assert Job.objects.filter(name="tell_of_like").count() == 1

    for _ in range(2):
        liked = unlike_post(bo, post.pk)
    assert (liked.count, liked.is_liked) == (0, False)
    assert counters_of("Cy") == (0, 0, 0)
    assert not find_drift()


def test_nobody_likes_their_own_posts(world, cy):
    with pytest.raises(NotAllowed, match="their own"):
        like_post(cy, world.reply().pk)


def test_only_what_everybody_sees_is_liked(world, ada):
    held, hidden = world.reply("Held"), world.reply("Hidden")
    world.hide(held)
    Post.objects.filter(id=held.pk).update(state=State.HELD)
    world.hide(hidden)
    for post in (held, hidden):
        with pytest.raises(NotAllowed, match="everybody can see"):
            like_post(ada, post.pk)
    post = world.reply("In a hidden thread")
    Thread.objects.filter(id=world.thread.pk).update(state=State.HIDDEN)
    with pytest.raises(NotAllowed, match="everybody can see"):
        like_post(ada, post.pk)
    assert not Like.objects.exists()


def test_who_may_not_like(world, nobody, mal, bo):
    post = world.reply()
    secret = Post.objects.get(
        thread=world.start_thread("Plans", board=world.hidden_board(), author=world.root)
    )

    for verb in (like_post, unlike_post):
        with pytest.raises(SignInFirst):
            verb(nobody, post.pk)
        with pytest.raises(NotAllowed, match="banned"):
            verb(mal, post.pk)
        with pytest.raises(NotFound):
            verb(bo, secret.pk)
    world.rights("members", world.training, deny=Right.LIKE)
    with pytest.raises(NotAllowed, match="You may not like posts here"):
        like_post(world.viewer(world.bo), post.pk)


def test_rights_given_to_visitors_let_nobody_act_without_a_name(world, nobody):
    world.rights("guests", None, allow=Right(4095))

    with pytest.raises(SignInFirst):
        like_post(world.viewer(None), world.reply().pk)


def test_a_guest_s_post_from_an_old_board_can_be_liked(world, bo):
    post = world.reply()
    Member.objects.filter(id=world.cy.pk).update(post_count=0)
    Post.objects.filter(id=post.pk).update(author=None)

    assert like_post(bo, post.pk).count == 1
    assert not Job.objects.filter(name="tell_of_like").exists()
    assert not find_drift()

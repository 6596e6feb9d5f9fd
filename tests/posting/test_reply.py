import pytest

from paceline.accounts.models import Member
from paceline.forum.models import Mention, Post, Quote, State, Thread
from paceline.forum.recount import find_drift
from paceline.jobs.models import Job
from paceline.lib.errors import Invalid, NotAllowed, NotFound, SignInFirst, TooMany
from paceline.permissions.rights import Right
from paceline.posting.drafts import load_draft, save_draft
from paceline.posting.reply import post_reply


def test_a_reply_takes_the_next_number_and_becomes_the_last_post(world, cy):
    thread = world.thread

    post = post_reply(cy, thread.pk, "I shall look into this.")

    thread.refresh_from_db()
    assert (post.number, post.author_name, post.state) == (2, "Cy", State.VISIBLE)
    assert (thread.post_count, thread.last_number, thread.last_author_name) == (2, 2, "Cy")
    assert thread.last_posted_at == post.posted_at
    assert not find_drift()


def test_who_is_named_and_quoted_is_counted_once(world, bo, cy):
    opening = Post.objects.get(thread=world.thread)

    post = post_reply(
        cy, world.thread.pk, f'[quote="Bo;{opening.pk}"]Ow.[/quote] @Ada knows. @ada does. @Nobody'
    )

    assert [m.member for m in Mention.objects.filter(post=post)] == [world.ada]
    assert [q.quoted for q in Quote.objects.filter(post=post)] == [opening]
    assert Member.objects.get(name="Ada").mentioned_count == 1
    assert Member.objects.get(name="Bo").quoted_count == 1
    assert not find_drift()


def test_nobody_is_counted_for_naming_or_quoting_themselves(world, bo):
    opening = Post.objects.get(thread=world.thread)

    post_reply(bo, world.thread.pk, f'[quote="Bo;{opening.pk}"]Ow.[/quote] said I, @Bo')

    bo_now = Member.objects.get(name="Bo")
    assert (bo_now.mentioned_count, bo_now.quoted_count) == (0, 0)


def test_a_post_that_its_writer_cannot_see_is_not_quoted(world, cy):
    secret = Post.objects.get(
        thread=world.start_thread("Plans", board=world.hidden_board(), author=world.root)
    )

    post = post_reply(cy, world.thread.pk, f'[quote="Root;{secret.pk}"]?[/quote] What was that?')

    assert not Quote.objects.filter(post=post).exists()
    assert not find_drift()


def test_a_locked_thread_takes_replies_from_moderators_only(world, ada, bo):
    locked = world.start_thread("Rules", is_locked=True)

    with pytest.raises(NotAllowed, match="locked"):
        post_reply(bo, locked.pk, "But why?")
    assert Post.objects.filter(thread=locked).count() == 1

    assert post_reply(ada, locked.pk, "Updated today.").number == 2


def test_visitors_and_banned_members_are_told_why_they_cannot_reply(world, nobody, mal):
    with pytest.raises(SignInFirst):
        post_reply(nobody, world.thread.pk, "Me too")
    with pytest.raises(NotAllowed, match="Sold watches"):
        post_reply(mal, world.thread.pk, "Watches!")
    assert Post.objects.count() == 1


def test_a_thread_on_a_hidden_board_is_not_there(world, bo):
    plans = world.start_thread("Plans", board=world.hidden_board(), author=world.root)

    for thread_id in (plans.pk, 2**62):
        with pytest.raises(NotFound):
            post_reply(bo, thread_id, "Hello?")


def test_a_moved_thread_s_stub_takes_no_replies(world, bo):
    stub = world.start_thread("Moved away", moved_to=world.thread)

    with pytest.raises(NotAllowed, match="new place"):
        post_reply(bo, stub.pk, "Still here?")


@pytest.mark.parametrize("source", ["", "  \n ", "\x00\x01", "[quote][/quote]"])
def test_a_post_says_something(world, bo, source):
    with pytest.raises(Invalid, match="Write something") as refused:
        post_reply(bo, world.thread.pk, source)
    assert refused.value.field == "source"


def test_a_post_is_no_longer_than_the_board_allows(world, bo):
    world.set(post_length=100)

    with pytest.raises(Invalid, match="101 characters"):
        post_reply(world.viewer(world.bo), world.thread.pk, "x" * 101)
    assert post_reply(world.viewer(world.bo), world.thread.pk, "x" * 100).number == 2


def test_the_same_form_sent_twice_posts_once(world, bo):
    first = post_reply(bo, world.thread.pk, "Once.", once_key="k1")

    assert post_reply(bo, world.thread.pk, " Once.\r\n", once_key="k1") == first
    assert Thread.objects.get(id=world.thread.pk).post_count == 2


def test_the_same_form_with_another_text_is_another_post(world, bo):
    post_reply(bo, world.thread.pk, "Once.", once_key="k1")

    assert post_reply(bo, world.thread.pk, "After the Back button.", once_key="k1").number == 3


def test_keys_are_each_member_s_own(world, bo, cy):
    post_reply(bo, world.thread.pk, "Yes.", once_key="k1")

    assert post_reply(cy, world.thread.pk, "Yes.", once_key="k1").number == 3


def test_posts_of_those_who_wait_for_approval_are_held_and_not_counted(world, bo):
    world.rights("members", world.training, deny=Right.UNHELD)
    thread = world.start_thread("By Ada", author=world.ada)

    post = post_reply(world.viewer(world.bo), thread.pk, "Am I seen, @Ada?")

    assert post.state == State.HELD
    assert Thread.objects.get(id=thread.pk).post_count == 1
    assert Member.objects.get(name="Ada").mentioned_count == 0
    assert not Job.objects.filter(name="tell_of_post", arguments={"post_id": post.pk}).exists()
    assert not find_drift()


def test_members_have_a_pace_and_moderators_none(world, ada, bo):
    world.set(posts_per_minute=3)
    thread = world.thread  # Bo's first

    for n in range(2):
        post_reply(world.viewer(world.bo), thread.pk, f"{n}")
    with pytest.raises(TooMany, match="3 posts in a minute") as refused:
        post_reply(world.viewer(world.bo), thread.pk, "And another thing")
    assert refused.value.retry_after_s > 0

    for n in range(5):
        post_reply(world.viewer(world.ada), thread.pk, f"{n}")


def test_sending_a_reply_forgets_its_draft(world, bo):
    save_draft(bo, f"reply:{world.thread.pk}", "Half a thought")

    post_reply(bo, world.thread.pk, "The whole thought.")

    assert load_draft(bo, f"reply:{world.thread.pk}") is None


def test_a_refused_reply_keeps_its_draft(world, bo):
    locked = world.start_thread("Rules", is_locked=True)
    save_draft(bo, f"reply:{locked.pk}", "But why?")

    with pytest.raises(NotAllowed):
        post_reply(bo, locked.pk, "But why?")

    draft = load_draft(bo, f"reply:{locked.pk}")
    assert draft
    assert draft.source == "But why?"


def test_the_price_of_a_reply_does_not_grow_with_the_thread(world, cy, queries):
    few, _ = queries(post_reply, cy, world.thread.pk, "Early.")
    world.posts(20, author=world.bo)
    many, post = queries(post_reply, cy, world.thread.pk, "Late.")

    assert post.number == 23  # the test means nothing if the thread did not grow
    assert many <= few

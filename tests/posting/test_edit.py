from datetime import timedelta

import pytest

from paceline.accounts.models import Member
from paceline.forum.models import Mention, Post, Prefix, Quote, Revision, StaffAction, State, Thread
from paceline.forum.recount import find_drift
from paceline.lib.errors import Invalid, NotAllowed, NotFound, SignInFirst, TooMany
from paceline.moderation.approve import approve_post, approve_thread
from paceline.permissions.posts import visible_posts
from paceline.permissions.rights import Right
from paceline.permissions.threads import visible_threads
from paceline.posting.drafts import load_draft, save_draft
from paceline.posting.edit import Edit, EditedMeanwhile, edit_post


def edit(viewer, post, source, **more):
    post.refresh_from_db()
    return edit_post(viewer, post.pk, Edit(source, post.revision_count, **more))


def revisions(post):
    return list(Revision.objects.filter(post=post).values_list("number", "source", "reason"))


def test_an_edit_keeps_what_the_post_said(world, cy):
    post = world.reply("My back hurst.")

    edited = edit(cy, post, "My back hurts.", reason="spelling")
    edit(cy, post, "My back hurts a lot.")

    assert (edited.source, edited.html) == ("My back hurts.", "<p>My back hurts.</p>")
    assert (edited.edited_by_name, edited.edit_reason) == ("Cy", "spelling")
    assert edited.edited_at == cy.now
    assert revisions(post) == [
        (0, "My back hurst.", ""),
        (1, "My back hurts.", "spelling"),
        (2, "My back hurts a lot.", ""),
    ]
    assert Post.objects.get(id=post.pk).revision_count == 2


def test_a_slip_mended_at_once_is_kept_but_not_noted(world, cy):
    post = world.reply("Teh")

    edited = edit(cy, post, "The")

    assert edited.edited_at is None
    assert revisions(post) == [(0, "Teh", ""), (1, "The", "")]


@pytest.mark.parametrize("how", ["with a reason", "late", "after a reply", "by a moderator"])
def test_any_other_edit_is_noted(world, cy, ada, how):
    post = world.reply("Teh")
    if how == "late":
        Post.objects.filter(id=post.pk).update(posted_at=post.posted_at - timedelta(minutes=3))
    if how == "after a reply":
        world.reply("Teh?", author=world.bo)

    reason = "spelling" if how == "with a reason" else ""
    edited = edit(ada if how == "by a moderator" else cy, post, "The", reason=reason)

    assert edited.edited_at is not None


def test_the_same_text_is_no_edit(world, cy):
    post = world.reply("As it is.")

    edited = edit(cy, post, "  As it is.\r\n", reason="none")

    assert (edited.revision_count, edited.edited_at) == (0, None)
    assert revisions(post) == []


def test_mentions_and_quotes_follow_the_text(world, cy):
    opening = Post.objects.get(thread=world.thread)
    post = world.reply("Ask @Ada.")

    edit(cy, post, f'[quote="Bo;{opening.pk}"]Ow[/quote] Ask @Root.')

    assert [m.member for m in Mention.objects.filter(post=post)] == [world.root]
    assert [q.quoted for q in Quote.objects.filter(post=post)] == [opening]
    assert Member.objects.get(name="Ada").mentioned_count == 0
    assert Member.objects.get(name="Root").mentioned_count == 1
    assert Member.objects.get(name="Bo").quoted_count == 1
    assert not find_drift()


def test_nobody_overwrites_what_they_have_not_seen(world, cy, ada):
    post = world.reply("One")
    edit(ada, post, "Two")

    with pytest.raises(EditedMeanwhile, match="Ada edited this post") as refused:
        edit_post(cy, post.pk, Edit("Three", seen_revision=0))
    assert (refused.value.source, refused.value.revision) == ("Two", 1)
    assert Post.objects.get(id=post.pk).source == "Two"

    edit_post(cy, post.pk, Edit("Three", seen_revision=1))
    assert Post.objects.get(id=post.pk).source == "Three"


def test_the_opening_post_carries_the_thread_s_title_and_prefix(world, bo):
    solved = Prefix.objects.create(board=world.training, label="Solved")
    opening = Post.objects.get(thread=world.thread)

    edit(bo, opening, "It was the saddle.", title="Back pain: gone", prefix_id=solved.pk)

    thread = Thread.objects.get(id=world.thread.pk)
    assert (thread.title, thread.slug, thread.prefix) == (
        "Back pain: gone",
        "back-pain-gone",
        solved,
    )
    assert list(Revision.objects.values_list("title", flat=True)) == [
        "Back pain on long rides",
        "Back pain: gone",
    ]

    edit(bo, opening, "It was the saddle.", prefix_id=0)
    thread.refresh_from_db()
    assert (thread.title, thread.prefix) == ("Back pain: gone", None)


def test_a_reply_carries_no_title(world, cy):
    post = world.reply("A reply.")

    edit(cy, post, "Another.", title="Mine now")

    assert Thread.objects.get(id=world.thread.pk).title == "Back pain on long rides"


def test_another_title_alone_is_an_edit(world, bo):
    opening = Post.objects.get(thread=world.thread)

    edited = edit(bo, opening, opening.source, title="Better said")

    assert edited.revision_count == 1


def test_a_prefix_of_another_board_is_refused(world, bo):
    elsewhere = Prefix.objects.create(board=world.board("Racing"), label="Result")
    opening = Post.objects.get(thread=world.thread)

    with pytest.raises(Invalid) as refused:
        edit(bo, opening, "Text.", prefix_id=elsewhere.pk)
    assert refused.value.field == "prefix"
    assert Post.objects.get(id=opening.pk).revision_count == 0


def test_moderators_edit_others_posts_and_leave_a_line_in_the_log(world, ada, bo):
    post = world.reply("Rude.")

    with pytest.raises(NotAllowed, match="somebody else's"):
        edit(bo, post, "Ruder.")
    edit(ada, post, "Kind.", reason="Be kind.")

    line = StaffAction.objects.get()
    assert (line.actor_name, line.verb, line.post, line.member) == (
        "Ada",
        "edit post",
        post,
        world.cy,
    )
    assert line.reason == "Be kind."


def test_moderators_can_hide_what_a_post_said(world, ada, cy):
    post = world.reply("Call me: 555 0100.")

    edit(ada, post, "Call me.", hides_before=True)

    assert list(Revision.objects.values_list("number", "is_hidden")) == [(0, True), (1, False)]
    assert StaffAction.objects.get().detail["hides_before"] is True

    edit(cy, post, "Write to me.", hides_before=True)
    assert Revision.objects.filter(is_hidden=True).count() == 1


def test_who_may_not_edit(world, nobody, mal, bo, cy):
    post = world.reply("Mine.")
    hidden = world.reply("Hidden.")
    world.hide(hidden)
    gone = world.reply("Gone.")
    Post.objects.filter(id=gone.pk).update(state=State.DELETED)

    with pytest.raises(SignInFirst):
        edit(nobody, post, "Yours.")
    with pytest.raises(NotAllowed, match="banned"):
        edit(mal, post, "Yours.")
    with pytest.raises(NotFound):
        edit(cy, hidden, "Back again.")
    with pytest.raises(NotAllowed, match="not shown"):
        edit(cy, gone, "Back again.")
    Thread.objects.filter(id=world.thread.pk).update(is_locked=True)
    with pytest.raises(NotAllowed, match="locked"):
        edit(cy, post, "Later.")
    with pytest.raises(NotFound):
        edit_post(cy, 2**62, Edit("?", 0))


def test_the_time_to_edit_can_end(world, cy):
    world.set(edit_minutes=5)
    post = world.reply("Mine.")
    Post.objects.filter(id=post.pk).update(posted_at=post.posted_at - timedelta(minutes=6))

    with pytest.raises(NotAllowed, match="5 minutes"):
        edit(world.viewer(world.cy), post, "Too late.")


def test_an_edit_says_something_and_has_a_short_reason(world, cy):
    post = world.reply("Mine.")

    for source, reason, field in (("", "", "source"), ("Text.", "x" * 201, "reason")):
        with pytest.raises(Invalid) as refused:
            edit(cy, post, source, reason=reason)
        assert refused.value.field == field


def test_edits_have_a_pace(world):
    world.set(posts_per_minute=2)
    post = world.reply("0")
    viewer = world.viewer(world.cy)

    edit(viewer, post, "1")
    edit(viewer, post, "2")
    with pytest.raises(TooMany):
        edit(viewer, post, "3")


def test_a_held_post_stays_held_when_it_is_edited(world):
    world.rights("members", world.training, deny=Right.UNHELD)
    thread = world.start_thread("By Ada", author=world.ada)
    post = world.reply("Buy @Ada!", thread=thread)

    edited = edit(world.viewer(world.cy), post, "Sell @Bo!")

    assert edited.state == State.HELD
    assert not find_drift()


def test_an_edit_forgets_its_draft(world, cy):
    post = world.reply("Mine.")
    save_draft(cy, f"edit:{post.pk}", "Mine, still")

    edit(cy, post, "Mine, done.")

    assert load_draft(cy, f"edit:{post.pk}") is None


def test_an_edit_by_somebody_whose_posts_wait_makes_the_post_wait_again(world, ada, nobody, client):
    post = world.reply("A good word.")
    world.reply("Indeed.", author=world.bo)
    world.rights("members", world.training, deny=Right.UNHELD)
    cy = world.viewer(world.cy)

    edited = edit(cy, post, "Cheap watches, @Ada.")

    assert edited.state == State.HELD
    assert not Post.objects.filter(visible_posts(nobody), id=post.pk).exists()
    assert Post.objects.filter(visible_posts(cy), id=post.pk).exists()
    page = client.get(f"/t/{world.thread.pk}/{world.thread.slug}/")
    assert "watches" not in page.content.decode()
    assert Thread.objects.get(id=world.thread.pk).post_count == 2
    assert Member.objects.get(name="Ada").mentioned_count == 0
    assert not find_drift()

    approve_post(ada, post.pk)
    assert Post.objects.filter(visible_posts(nobody), id=post.pk).exists()
    assert Member.objects.get(name="Ada").mentioned_count == 1
    assert not find_drift()


def test_the_only_post_of_a_thread_waits_with_the_thread_and_its_new_title(world, ada, nobody):
    thread = world.start_thread("Honest title", author=world.cy)
    world.rights("members", world.training, deny=Right.UNHELD)
    cy = world.viewer(world.cy)

    edit(cy, Post.objects.get(thread=thread), "Cheap watches.", title="Watches")

    thread.refresh_from_db()
    assert (thread.state, thread.title) == (State.HELD, "Watches")
    assert not Thread.objects.filter(visible_threads(nobody), id=thread.pk).exists()
    assert not find_drift()

    approve_thread(ada, thread.pk)
    assert Thread.objects.filter(visible_threads(nobody), id=thread.pk).exists()
    assert not find_drift()


def test_a_title_that_others_replied_under_is_not_changed_unread(world):
    thread = world.start_thread("Honest title", author=world.cy)
    world.reply(author=world.bo, thread=thread)
    world.rights("members", world.training, deny=Right.UNHELD)
    cy = world.viewer(world.cy)
    opening = Post.objects.get(thread=thread, number=1)

    with pytest.raises(Invalid, match="ask a moderator") as refused:
        edit(cy, opening, "Cheap watches.", title="Watches")
    assert refused.value.field == "title"

    assert edit(cy, opening, "Better words.", title="Honest title").state == State.HELD
    assert Thread.objects.get(id=thread.pk).title == "Honest title"
    assert not find_drift()


def test_a_moderator_s_edit_shows_or_holds_nothing(world, ada):
    post = world.reply("A good word.")
    world.rights("members", world.training, deny=Right.UNHELD)

    assert edit(ada, post, "A better word.").state == State.VISIBLE


def test_an_edit_sent_again_says_so_already(world):
    post = world.reply("Mine")
    viewer = world.viewer(world.cy)
    edit_post(viewer, post.pk, Edit("Mine, better", 0))

    edit_post(viewer, post.pk, Edit("Mine, better", 0))

    assert Post.objects.get(pk=post.pk).revision_count == 1

"""Who hears of a post, a like, a tag: those whom it concerns, once, if they may know of it."""

import pytest
from django.utils import timezone

from paceline.accounts.models import Ban, Ignore
from paceline.forum.models import Like, MemberTag, Post, State, Thread
from paceline.forum.recount import mend_drift
from paceline.jobs.worker import run_all
from paceline.notifications.alerts import find_alert_drift
from paceline.notifications.models import Alert
from paceline.notifications.read import mark_all_alerts_read, note_thread_read, write_opened
from paceline.notifications.tasks import tell_of_like, tell_of_post, tell_of_staff, tell_of_tag
from paceline.notifications.tell import tell_of_like as put_like
from paceline.notifications.tell import tell_of_staff as put_staff
from paceline.notifications.tell import tell_of_tag as put_tag
from paceline.permissions.rights import Right
from paceline.posting.edit import Edit, edit_post
from paceline.unread.marks import mark_thread_read
from paceline.unread.watching import watch_board, watch_thread


def unread(member):
    member.refresh_from_db()
    return member.unread_alert_count


def test_who_watches_a_thread_hears_of_a_reply_and_its_author_does_not(world, heard):
    watch_thread(world.cy.pk, world.thread.pk)
    world.reply("A reply.", author=world.cy)

    assert heard(world.bo) == ["reply x1 by Cy #2"]
    assert heard(world.cy) == []
    assert (unread(world.bo), unread(world.cy)) == (1, 0)


def test_replies_gather_in_one_row_until_it_is_read(world, bo, heard):
    first, _, _ = world.posts(3)
    assert heard(world.bo) == ["reply x3 by Cy #2"]
    assert Alert.objects.get().post == first

    note_thread_read(world.viewer(world.bo), world.thread.pk)
    write_opened()
    assert unread(world.bo) == 0
    world.reply("Another.", author=world.ada)
    assert heard(world.bo) == ["reply x3 by Cy #2", "reply x1 by Ada #5"]
    assert unread(world.bo) == 1


def test_who_watches_a_board_hears_of_new_threads_and_not_of_replies(world, heard):
    watch_board(world.cy.pk, world.training.pk)
    thread = world.start_thread("Saddles")
    world.reply("A reply.", thread=thread, author=world.ada)

    assert heard(world.cy) == ["thread x1 by Bo #1"]


def test_a_post_tells_each_member_once_and_what_concerns_them_most(world, heard):
    opening = Post.objects.get(thread=world.thread)
    world.reply(f"[quote=Bo;{opening.pk}]The opening post.[/quote]Hello @Ada.", author=world.cy)
    assert heard(world.ada) == ["mention x1 by Cy #2"]
    assert heard(world.bo) == ["quote x1 by Cy #2"]

    world.reply(f"[quote=Bo;{opening.pk}]The opening post.[/quote]@Bo?", author=world.ada)
    assert heard(world.bo) == ["quote x1 by Cy #2", "mention x1 by Ada #3"]


def test_who_has_seen_the_post_already_is_not_told(world, heard):
    post = world.reply("A reply.")
    mark_thread_read(world.viewer(world.bo), world.thread.pk, post.number)

    assert heard(world.bo) == []


def test_nobody_hears_of_what_they_may_not_read(world, heard):
    secret = world.hidden_board()
    thread = world.start_thread("Plans", board=secret, author=world.root)
    watch_board(world.bo.pk, secret.pk)
    watch_thread(world.bo.pk, thread.pk)
    world.reply("Hello @Bo.", thread=thread, author=world.root)
    world.start_thread("More", "For @Bo.", board=secret, author=world.root)

    assert heard(world.bo) == []


def test_rights_taken_away_after_the_watch_count(world, heard):
    assert world.thread
    world.rights("members", world.training, deny=Right.READ)
    world.reply("A reply.", author=world.ada)

    assert heard(world.bo) == []


@pytest.mark.parametrize("reason", ["ignores", "banned", "erased"])
def test_some_members_hear_nothing(world, heard, reason):
    assert world.thread
    if reason == "ignores":
        Ignore.objects.create(member=world.bo, ignored=world.cy)
    elif reason == "banned":
        Ban.objects.create(member=world.bo)
    else:
        world.bo.is_active = False
        world.bo.save(update_fields=["is_active"])
    world.reply("A reply to @Bo.", author=world.cy)

    assert heard(world.bo) == []
    assert heard(world.ada) == []


def test_replies_of_somebody_ignored_are_not_counted(world, heard):
    Ignore.objects.create(member=world.bo, ignored=world.cy)
    world.reply("One.", author=world.ada)
    world.reply("Two.", author=world.cy)
    world.reply("Three.", author=world.ada)

    assert heard(world.bo) == ["reply x2 by Ada #2"]


def test_replies_that_name_the_member_are_counted_once_as_that(world, heard):
    world.reply("One.", author=world.ada)
    world.reply("Two, @Bo.", author=world.cy)

    assert heard(world.bo) == ["reply x1 by Ada #2", "mention x1 by Cy #3"]


def test_who_is_named_by_an_edit_hears_of_it_though_they_read_the_post_before(world, heard, cy):
    post = world.reply("Who knows?")
    mark_thread_read(world.viewer(world.ada), world.thread.pk, post.number)
    for revision, source in enumerate(("Who knows? @Ada?", "Who knows? @Ada or @Bo?")):
        edit_post(cy, post.pk, Edit(source, revision))

    assert heard(world.ada) == ["mention x1 by Cy #2"]
    assert "mention x1 by Cy #2" in heard(world.bo)


def test_a_post_that_is_hidden_before_the_telling_is_not_told(world, heard):
    world.hide(world.reply("A reply."))
    thread = world.start_thread("Held", "For @Cy.")
    Thread.objects.filter(id=thread.pk).update(state=State.HELD)

    assert heard(world.bo) == []
    assert heard(world.cy) == []


def test_a_job_that_is_done_twice_tells_the_same(world, heard):
    opening = Post.objects.get(thread=world.thread)
    world.reply("One.", author=world.cy)
    mention = world.reply("Two, @Ada.", author=world.cy)
    Like.objects.create(post=opening, member=world.cy)
    MemberTag.objects.create(thread=world.thread, member=world.ada, tagged_by=world.cy)
    run_all()
    for _ in range(2):
        tell_of_post(mention.pk)
        tell_of_like(opening.pk, world.cy.pk)
        tell_of_tag(world.thread.pk, world.ada.pk)
        tell_of_staff(world.ada.pk, "Well done.", None, "2026-01-02T03:04:05+00:00")

    assert heard(world.bo) == ["reply x2 by Cy #2", "like x1 by Cy #1"]
    assert heard(world.ada) == ["mention x1 by Cy #3", "tag x1 by Cy", "staff x1 by "]
    assert (unread(world.bo), unread(world.ada)) == (2, 3)


def test_jobs_done_in_the_wrong_order_tell_the_same(world, heard):
    one, two = world.reply("One."), world.reply("Two.", author=world.ada)
    tell_of_post(two.pk)
    tell_of_post(one.pk)

    assert heard(world.bo) == ["reply x2 by Ada #2"]


def test_a_like_is_told_unless_it_was_taken_back(world, heard):
    opening = Post.objects.get(thread=world.thread)
    Like.objects.create(post=opening, member=world.cy)
    put_like(opening.pk, world.cy.pk)
    put_like(opening.pk, world.ada.pk)

    assert heard(world.bo) == ["like x1 by Cy #1"]


def test_likes_of_a_post_gather_until_they_are_read(world, bo, heard):
    opening = Post.objects.get(thread=world.thread)
    for member in (world.cy, world.ada):
        Like.objects.create(post=opening, member=member, liked_at=timezone.now())
        put_like(opening.pk, member.pk)
    assert heard(world.bo) == ["like x2 by Ada #1"]

    mark_all_alerts_read(bo)
    Like.objects.create(post=opening, member=world.root, liked_at=timezone.now())
    put_like(opening.pk, world.root.pk)
    assert heard(world.bo) == ["like x2 by Ada #1", "like x1 by Root #1"]
    assert unread(world.bo) == 1


def test_a_tag_is_told_to_who_may_read_the_thread(world, heard):
    secret = world.start_thread("Plans", board=world.hidden_board(), author=world.root)
    for thread in (world.thread, secret):
        MemberTag.objects.create(thread=thread, member=world.cy, tagged_by=world.root)
        put_tag(thread.pk, world.cy.pk)
    put_tag(world.thread.pk, world.ada.pk)

    assert heard(world.cy) == ["tag x1 by Root"]
    assert heard(world.ada) == []


def test_a_word_from_the_staff_reaches_banned_members_too(world, heard):
    put_staff(world.mal.pk, "Your ban has been shortened.", thread_id=world.thread.pk)

    assert heard(world.mal) == ["staff x1 by "]
    assert Alert.objects.get(member=world.mal).text == "Your ban has been shortened."


def test_an_opened_thread_is_read_wherever_its_post_stands_now(world, heard):
    post = world.reply("A reply.")
    other = world.start_thread("Another")
    assert heard(world.bo) == ["reply x1 by Cy #2"]
    Post.objects.filter(id=post.pk).update(thread=other, number=2)

    note_thread_read(world.viewer(world.bo), other.pk)
    write_opened()
    assert unread(world.bo) == 0


def test_opening_a_thread_asks_nothing_of_the_database(world, queries, heard):
    world.reply("A reply.")
    run_all()
    viewer = world.viewer(world.bo)
    spent, _ = queries(note_thread_read, viewer, world.thread.pk)
    assert spent == 0


def test_the_count_of_unread_alerts_is_checked_and_mended(world, heard):
    world.reply("A reply.")
    run_all()
    assert find_alert_drift() == []

    world.bo.unread_alert_count = 7
    world.bo.save(update_fields=["unread_alert_count"])
    drift = find_alert_drift()
    assert [str(one) for one in drift] == [
        f"member {world.bo.pk}: unread_alert_count is 7, counted 1"
    ]
    mend_drift(drift)
    assert find_alert_drift() == []
    assert unread(world.bo) == 1


def test_telling_many_costs_the_same_for_each(world, queries):
    few = world.reply("One.")
    run_all()
    one, _ = queries(tell_of_post, few.pk)
    for n in range(10):
        watch_thread(world.member(f"Rider {n}").pk, world.thread.pk)
    many, _ = queries(tell_of_post, world.reply("Two.").pk)

    assert Alert.objects.filter(kind="reply").count() == 11
    assert (many - one) / 10 < 14

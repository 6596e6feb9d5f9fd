"""The moderators' own pages over HTTP: queues, reports, log, members; each sees their boards."""

import pytest
from django.urls import reverse

from paceline.accounts.models import Ban
from paceline.forum.models import Post, Report, StaffAction, State, Thread
from paceline.moderation.marks import lock_thread
from paceline.permissions.models import BoardModerator
from paceline.permissions.rights import Right

PAGES = ["/mod/", "/mod/held/", "/mod/reports/", "/mod/reports/?show=handled", "/mod/log/"]


@pytest.fixture
def busy(world):
    """Training, which Ada moderates, and a staff room that she does not know: each with a held
    thread, a held post, a report, and a line in the log."""
    secret = world.hidden_board("Staff room")
    world.rights("members", world.training, deny=Right.UNHELD)
    world.secret = secret
    world.at = {}
    for board, word, author in (
        (world.training, "open", world.bo),
        (secret, "secret", world.root),
    ):
        thread = world.start_thread(f"{word} thread", board=board, author=world.root)
        post = world.reply(f"{word} reply", thread=thread, author=world.root)
        Post.objects.filter(id=post.pk).update(state=State.HELD, author=author)
        waiting = world.start_thread(f"{word} waiting", board=board, author=world.root)
        Thread.objects.filter(id=waiting.pk).update(state=State.HELD)
        opening = Post.objects.get(thread=thread, number=1)
        report = Report.objects.create(post=opening, reporter=world.cy, reason=f"{word} report")
        lock_thread(world.viewer(world.root), thread.pk, reason=f"{word} reason")
        world.at[word] = (thread, post, waiting, report)
    return world


@pytest.mark.parametrize("address", PAGES)
def test_staff_pages_are_not_there_for_others(busy, client, address):
    for member in (None, busy.bo, busy.mal):
        if member:
            client.force_login(member)
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", [*PAGES, "/mod/log/?verb=lock&actor=Root&board=1"])
def test_a_moderator_sees_nothing_of_other_boards(busy, client, address):
    client.force_login(busy.ada)
    page = client.get(address)
    assert page.status_code == 200
    assert b"secret" not in page.content
    assert b"Staff room" not in page.content
    client.force_login(busy.root)
    assert client.get(address).status_code == 200


def test_counts_are_those_of_the_moderators_boards(busy, client):
    client.force_login(busy.ada)
    page = client.get("/mod/").content.decode()
    assert "1 thread, 1 post" in page
    client.force_login(busy.root)
    page = client.get("/mod/").content.decode()
    assert "2 threads, 2 posts" in page


def test_what_waits_is_shown_with_what_it_answers_and_decided_together(busy, client):
    _, post, waiting, _ = busy.at["open"]
    client.force_login(busy.ada)
    page = client.get("/mod/held/").content.decode()
    assert "open reply" in page
    assert "The opening post." in page

    page = client.post("/mod/held/", {"deed": "refuse", "thread": waiting.pk, "post": post.pk})
    assert page.status_code == 422
    assert f'value="{post.pk}" checked' in page.content.decode()
    answer = client.post("/mod/held/", {"deed": "approve", "thread": waiting.pk, "post": post.pk})
    assert answer["Location"] == "/mod/held/"
    assert Thread.objects.get(id=waiting.pk).state == State.VISIBLE
    assert Post.objects.get(id=post.pk).state == State.VISIBLE
    page = client.get("/mod/held/").content.decode()
    assert "Done for 1 thread. Done for 1 post." in page
    assert "Nothing waits" in page


def test_an_edit_that_waits_says_so_to_its_author_and_leads_moderators_to_the_difference(
    world, client
):
    post = world.reply("Wide tyres.")
    world.reply("Indeed.", author=world.bo)
    world.rights("members", world.training, deny=Right.UNHELD)
    client.force_login(world.cy)
    form = client.get(f"/p/{post.pk}/edit").content.decode()
    assert "What you save waits for a moderator&#39;s approval" in form.replace("'", "&#39;")

    fields = {"source": "Cheap watches.", "revision": 0}
    answer = client.post(f"/p/{post.pk}/edit", fields, follow=True).content.decode()
    assert "only you and the moderators see it" in answer
    client.logout()
    assert "Cheap watches" not in client.get(thread_of(world)).content.decode()

    client.force_login(world.ada)
    queue = client.get("/mod/held/").content.decode()
    assert f'href="/p/{post.pk}/history">Edited: see what was changed</a>' in queue
    history = client.get(f"/p/{post.pk}/history").content.decode()
    assert "watches" in history
    assert "Wide" in history


def thread_of(world):
    return f"/t/{world.thread.pk}/{world.thread.slug}/"


def test_nothing_of_another_board_is_decided(busy, client):
    _, post, waiting, report = busy.at["secret"]
    client.force_login(busy.ada)
    client.post("/mod/held/", {"deed": "approve", "thread": waiting.pk, "post": post.pk})
    assert Thread.objects.get(id=waiting.pk).state == State.HELD
    assert Post.objects.get(id=post.pk).state == State.HELD
    answer = client.post(f"/mod/reports/{report.pk}", {"outcome": "Mine"})
    assert answer.status_code == 404
    assert client.get(f"/mod/boards/{busy.secret.pk}/").status_code == 404
    assert client.get(f"/mod/split/{waiting.pk}/").status_code == 404


@pytest.mark.parametrize("form", [{}, {"deed": "approve"}, {"deed": "burn", "post": 1}])
def test_a_decision_about_nothing_is_refused_in_words(busy, client, form):
    client.force_login(busy.ada)
    page = client.post("/mod/held/", form)
    assert page.status_code == 422
    assert b'role="alert"' in page.content


def test_a_report_is_closed_with_what_came_of_it(busy, client):
    report = busy.at["open"][3]
    client.force_login(busy.ada)
    page = client.post(f"/mod/reports/{report.pk}", {"outcome": "x" * 600})
    assert page.status_code == 422
    assert "x" * 600 in page.content.decode()

    client.post(f"/mod/reports/{report.pk}", {"outcome": "It may stay."})
    assert "open report" not in client.get("/mod/reports/").content.decode()
    assert "It may stay." in client.get("/mod/reports/?show=handled").content.decode()


def test_a_boards_threads_are_changed_together(world, client):
    threads = [world.start_thread(f"No. {n}") for n in range(3)]
    bikes = world.board("Bikes")
    address = reverse("mod_board", args=[world.training.pk])
    client.force_login(world.ada)
    ids = [thread.pk for thread in threads]

    assert client.get(address).content.count(b'name="thread"') == 3
    client.post(address, {"deed": "pin", "thread": ids[:2]})
    assert Thread.objects.filter(is_pinned=True).count() == 2
    page = client.post(address, {"deed": "move", "thread": ids, "board": "77"})
    assert page.status_code == 422
    client.post(address, {"deed": "move", "thread": ids, "board": bikes.pk})
    assert Thread.objects.filter(board=bikes).count() == 3
    assert client.get(reverse("mod_board", args=[bikes.pk])).status_code == 403


def test_the_log_goes_on_page_by_page(world, client):
    viewer = world.viewer(world.root)
    for n in range(60):
        StaffAction.objects.create(
            actor=world.root,
            actor_name="Root",
            verb="lock",
            about=f"Line {n}.",
            board=world.training,
            at=viewer.now,
        )
    client.force_login(world.ada)
    first = client.get("/mod/log/?verb=lock")
    assert first.content.count(b"Line ") == 50
    older = first.content.decode().split('rel="next" href="')[1].split('"')[0]
    second = client.get("/mod/log/" + older.replace("&amp;", "&"))
    assert second.content.count(b"Line ") == 10
    assert client.get("/mod/log/?after=forged").status_code == 404
    assert client.get("/mod/log/?actor=bo").content.count(b"Line ") == 0
    assert client.get("/mod/log/?actor=ROOT").content.count(b"Line ") == 50


def test_a_member_is_warned_banned_and_heard_of_no_more(world, client):
    post = world.reply("Buy watches", author=world.bo)
    client.force_login(world.ada)
    here = f"/mod/members/{world.bo.pk}/"

    assert "Buy watches" in client.get(here).content.decode()
    refused = [{"days": 7}, {"days": 5, "reason": "So"}, {"days": 2**31, "reason": "So"}]
    for verb, form in (("warn", {}), *(("ban", form) for form in refused)):
        assert client.get(f"{here}{verb}").status_code == 200
        assert client.post(f"{here}{verb}", form).status_code == 422
    client.post(f"{here}warn", {"reason": "No trade here."})
    client.post(f"{here}ban", {"reason": "Sold watches.", "days": 7})
    ban = Ban.objects.get(member=world.bo)
    assert ban.until is not None
    page = client.get(here).content.decode()
    assert "No trade here." in page
    assert "Sold watches." in page

    client.post(f"{here}posts", {"post": post.pk, "reason": "Trade"})
    assert Post.objects.get(id=post.pk).state == State.HIDDEN
    assert client.post(f"{here}posts", {}).status_code == 422
    client.post(f"{here}lift", {"reason": "Said sorry"})
    assert not world.viewer(world.bo).is_banned


def test_staff_is_left_to_administrators(world, client):
    client.force_login(world.ada)
    here = f"/mod/members/{world.root.pk}/"
    assert "belongs to the staff" in client.get(here).content.decode()
    assert client.post(f"{here}ban", {"reason": "So", "days": 1}).status_code == 403
    client.force_login(world.bo)
    for verb in ("", "warn", "ban", "lift"):
        assert client.get(f"{here}{verb}").status_code == 404
    assert not Ban.objects.filter(member=world.root).exists()


def test_a_moderator_of_one_board_sees_a_members_visible_posts_elsewhere_only(busy, client):
    dan = busy.member("Dan")
    BoardModerator.objects.create(board=busy.board("Bikes"), member=dan)
    client.force_login(dan)
    page = client.get(f"/mod/members/{busy.bo.pk}/").content.decode()
    assert "open reply" not in page  # it waits on a board that Dan does not moderate
    assert "secret" not in page

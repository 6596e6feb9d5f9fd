"""Whole visits of somebody who writes, without script."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session

from paceline.forum.models import Post, Prefix, Thread
from paceline.forum.recount import find_drift
from tests.journeys.visit import Visit


@pytest.fixture
def bo_visits(world):
    for member in (world.bo, world.cy):
        EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    return sign_in(Visit(), "Bo")


def sign_in(visit: Visit, name: str) -> Visit:
    visit.open("/account/login/")
    return visit.press("Sign in", within="main", login=name, password="open sesame")


def test_from_signing_in_to_a_thread_with_replies(world, bo_visits):
    Prefix.objects.create(board=world.training, label="Solved")
    visit = bo_visits
    assert visit.status == 200

    visit.open("/").follow("Training").follow("New thread")
    visit.press("Preview", title="Back pain?", source="Which [b]saddle[/b]?")
    assert "Preview Which saddle ?" in visit.text
    assert visit.value("#title") == "Back pain?"
    visit.press("Start the thread", source="Which [b]saddle[/b] do you ride, @Cy?")
    thread = Thread.objects.get()
    assert visit.address == f"/t/{thread.pk}/back-pain/"

    # The quick reply beneath the thread.
    visit.press("Post reply", source="I ride on a plank.\r\n\r\nIt creaks.")
    assert Post.objects.get(number=2).source == "I ride on a plank.\n\nIt creaks."

    # Cy quotes two posts in one reply, likes one, and watches.
    cy = sign_in(Visit(), "Cy").open(visit.address)
    for post in ("1", "2"):
        cy.press(f"Collect post {post} to quote it", within=f"#p{post}")
    cy.follow("Full form")
    assert cy.value("#source").count("[/quote]") == 2
    cy.press("Post reply", source=cy.value("#source") + "Both creak.")
    assert "Both creak." in cy.text
    cy.press("Like", within="#p2")
    assert "Like · 1" in cy.text
    cy.press("Like · 1", within="#p2")
    cy.press("Tag", name="ada")
    assert "Ada is tagged in this thread." in cy.text
    cy.press("Take the tag of Ada back")
    assert not cy.has("button[name=member]")
    cy.press("Watch")
    assert "You will hear of replies" in cy.text

    # Bo mends a post, reads its history, deletes it and thinks again.
    visit.open(visit.address)
    visit.open(f"/p/{Post.objects.get(number=2).pk}/edit")
    visit.press("Save", source="I ride on a board.", reason="It is no plank")
    assert "Last edited by Bo" in visit.text
    visit.follow("All versions")
    assert "Reason: It is no plank" in visit.text
    visit.open(f"/p/{Post.objects.get(number=2).pk}/delete").press("Delete")
    assert "You can take that back." in visit.text
    visit.follow("Take the deletion back").press("Show it again")
    assert "It is back." in visit.text

    assert [post.number for post in Post.objects.order_by("number")] == [1, 2, 3]
    assert not find_drift()


def test_a_thread_is_deleted_by_its_author_and_taken_back(world, bo_visits):
    visit = bo_visits.open(f"/t/{world.thread.pk}/back-pain-on-long-rides/")

    visit.follow("Delete").press("Delete")
    assert "The thread is deleted. You can take that back." in visit.text
    assert "Deleted" in visit.text

    visit.follow("Take the deletion back").press("Show it again")
    assert "Deleted" not in visit.text
    assert not find_drift()


def test_a_draft_survives_leaving_and_is_thrown_away(world, bo_visits):
    visit = bo_visits.open(f"/t/{world.thread.pk}/reply")
    visit.press("Save draft", source="Half a thought")
    assert "The draft is saved." in visit.text

    visit.open("/drafts/").follow("Go on writing")
    assert visit.value("#source") == "Half a thought"
    visit.press("Discard it")
    assert visit.value("#source") == ""


def test_a_session_that_ends_while_writing_costs_nothing(world, bo_visits):
    visit = bo_visits.open(f"/t/{world.thread.pk}/reply")
    Session.objects.all().delete()

    visit.press("Post reply", source="An hour's work.\r\nAll of it.")
    assert visit.status == 403
    assert "Sign in first" in visit.text
    assert visit.value("[name=source]") == "An hour's work.\r\nAll of it."

    # Signing in happens in another tab: the cookies change, the page stays.
    other = Visit(client=visit.client)
    sign_in(other, "Bo")
    visit.press("Send it again")
    assert visit.status == 403
    assert "no longer valid" in visit.text
    visit.press("Send it again")

    assert visit.status == 200
    assert Post.objects.get(number=2).source == "An hour's work.\nAll of it."


def test_a_thread_that_is_locked_while_writing_gives_the_text_back(world, bo_visits):
    visit = bo_visits.open(f"/t/{world.thread.pk}/reply")
    Thread.objects.update(is_locked=True)

    visit.press("Post reply", source="An hour's work.")

    assert visit.status == 403
    assert "This thread is locked" in visit.text
    assert visit.value("#source") == "An hour's work."
    assert visit.open("/drafts/").value("main textarea") == "An hour's work."


def test_a_report_from_the_thread(world, bo_visits):
    post = world.reply("Buy watches!")
    visit = bo_visits.open(f"/t/{world.thread.pk}/back-pain-on-long-rides/")

    visit.follow("Report").press("Report", reason="Spam")

    assert "The moderators will look at this post." in visit.text
    assert post.reports.count() == 1

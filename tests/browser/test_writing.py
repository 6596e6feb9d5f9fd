"""The composer: nothing typed is lost, quotes go in, a form is sent once."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ADMINISTRATOR, MEMBER, OTHER

pytestmark = pytest.mark.browser


@pytest.fixture
def own(site):
    """A new thread of tom_k's with two posts; its address."""
    made = site.machine.script(
        """
import json
from paceline.accounts.models import Member
from paceline.accounts.viewer import load_viewer
from paceline.conf.site import load_site
from paceline.forum.models import Board
from paceline.posting.reply import post_reply
from paceline.posting.start_thread import start_thread
who = lambda name: load_viewer(load_site(), Member.objects.get(name=name))
board = Board.objects.get(name="Workshop")
post = start_thread(who("tom_k"), board.pk, "Which grease?", "White or yellow? I have both.")
post_reply(who("oldspokes"), post.thread_id, "Yellow for bearings, white for threads.")
print(json.dumps(post.thread_id))
"""
    )
    return f"/t/{made}/"


def box(page):
    return page.locator("textarea[data-composer]")


def test_a_draft_is_saved_and_found_on_another_device(visit, own):
    page = visit(own, by=MEMBER)
    box(page).fill("Half a thought")
    expect(page.locator(".composer-foot")).to_contain_text("Saved at")

    other = visit(own, by=MEMBER)
    assert box(other).input_value() == "Half a thought"
    expect(other.get_by_text("Restored from your draft")).to_be_visible()


def test_what_was_typed_comes_back_after_a_crash(visit, own, site):
    page = visit(own, by=MEMBER)
    page.route("**/drafts/save", lambda route: route.abort())
    box(page).fill("Typed just before the light went out")
    page.wait_for_timeout(100)
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert "the light went out" in kept
    again = page.context.new_page()
    again.goto(own)
    assert box(again).input_value() == "Typed just before the light went out"
    expect(again.get_by_text("What you had typed here is restored.")).to_be_visible()
    again.get_by_role("button", name="Throw it away").click()
    assert box(again).input_value() == ""


def test_a_reply_is_sent_by_keys_once_and_leaves_no_copy(visit, own):
    page = visit(own, by=MEMBER)
    box(page).fill("Yellow. Always yellow.")
    box(page).press("Control+Enter")
    box(page).press("Control+Enter")
    page.wait_for_url(re.compile(r"#p3$"))
    page.wait_for_load_state("load")
    expect(page.get_by_role("article")).to_have_count(3)
    assert box(page).input_value() == ""
    page.goto(own)
    expect(page.get_by_role("article")).to_have_count(3)
    assert box(page).input_value() == ""


def test_a_refusal_stands_beside_the_text(visit, own):
    page = visit(own, by=MEMBER)
    box(page).fill("x" * 30_001)
    page.get_by_role("button", name="Post reply").click()
    expect(page.get_by_role("alert")).to_contain_text("30,000")
    assert len(box(page).input_value()) == 30_001
    assert "30,001" in page.locator(".composer-foot").inner_text()
    box(page).fill("Short now.")
    page.get_by_role("button", name="Post reply").click()
    page.wait_for_url(re.compile(r"#p\d+$"))


def test_an_expired_session_loses_nothing(visit, own):
    page = visit(own, by=MEMBER)
    page.context.clear_cookies(name="paceline_session")
    box(page).fill("I was away for a month")
    page.get_by_role("button", name="Post reply").click()
    expect(page.get_by_role("alert").get_by_role("link", name="Sign in")).to_be_visible()
    assert box(page).input_value() == "I was away for a month"


def test_the_preview_is_what_the_post_becomes(visit, own):
    page = visit(own, by=MEMBER)
    box(page).fill("[b]Bold[/b] and https://example.com/ :)")
    page.get_by_role("button", name="Preview").click()
    shown = page.locator(".preview .text")
    expect(shown).to_be_visible()
    promised = shown.inner_html()
    page.get_by_role("button", name="Post reply").click()
    page.wait_for_url(re.compile(r"#p\d+$"))
    page.wait_for_load_state("load")
    assert page.get_by_role("article").last.locator(".text").inner_html() == promised


def test_quotes_go_into_the_box_whole_or_as_selected(visit, own):
    page = visit(own, by=MEMBER)
    page.locator("#p2").get_by_role("link", name="Quote").click()
    expect(box(page)).to_have_value(re.compile(r'^\[quote="oldspokes;\d+"\]Yellow for bearings'))
    box(page).fill("")
    page.evaluate(
        """() => {
          const words = document.querySelector("#p1 .text p").firstChild;
          const range = document.createRange();
          range.setStart(words, 0);
          range.setEnd(words, 16);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }"""
    )
    page.locator("#p1").get_by_role("link", name="Quote").click()
    expect(box(page)).to_have_value(
        re.compile(r'^\[quote="tom_k;\d+"\]White or yellow\?\[/quote\]')
    )


def test_posts_are_collected_and_quoted_together(visit, own):
    page = visit(own, by=MEMBER)
    for number in (2, 1):
        page.locator(f"#p{number} .post-actions summary").click()
        page.locator(f"#p{number}").get_by_role("button", name="Collect for a reply").click()
    page.get_by_role("button", name="Quote the 2 collected posts").click()
    expect(box(page)).to_have_value(re.compile(r"oldspokes;.*tom_k;", re.S))


def test_the_toolbar_writes_codes_around_the_selection(visit, own):
    page = visit(own, by=MEMBER)
    box(page).fill("very")
    box(page).select_text()
    page.get_by_role("button", name="Bold").click()
    assert box(page).input_value() == "[b]very[/b]"
    box(page).press("Control+z")
    assert box(page).input_value() == "very"


def test_names_are_offered_after_an_at_sign(visit, own):
    page = visit(own, by=MEMBER)
    box(page).press_sequentially("Ask @mar")
    option = page.get_by_role("option", name="Marit Holm")
    expect(option).to_be_visible()
    assert box(page).get_attribute("aria-activedescendant")
    box(page).press("Enter")
    assert box(page).input_value() == 'Ask @"Marit Holm" '
    expect(option).to_be_hidden()


def test_leaving_with_unsaved_text_is_asked_about(visit, own):
    page = visit(own, by=MEMBER)
    asked = []

    def leave(dialog):
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    box(page).press_sequentially("Not yet s")
    with page.expect_event("close"):
        page.close(run_before_unload=True)
    assert asked == ["beforeunload"]


def test_new_posts_meanwhile_are_told_of(visit, own, site):
    page = visit(own, by=MEMBER)
    other = visit(own, by=OTHER)
    box(other).fill("Meanwhile, white.")
    other.get_by_role("button", name="Post reply").click()
    other.wait_for_url(re.compile(r"#p3$"))
    box(page).fill("What I meant to say")
    expect(page.locator(".composer-foot")).to_contain_text("1 new post")


def test_two_who_edit_at_once_both_see_both_texts(visit, own, site):
    page = visit(own, by=OTHER)
    page.goto(page.get_by_role("link", name="Edit").first.get_attribute("href"))
    moderator = visit(page.url, by=ADMINISTRATOR)
    box(moderator).fill("Neither white nor yellow.")
    moderator.get_by_role("button", name="Save", exact=True).click()
    moderator.wait_for_url(re.compile(r"#p1$"))

    box(page).fill("White or yellow? I have both, and red.")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("heading", name="What the post says now")).to_be_visible()
    assert page.locator("#theirs").input_value() == "Neither white nor yellow."
    assert box(page).input_value() == "White or yellow? I have both, and red."
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(re.compile(r"#p1$"))
    expect(page.get_by_role("article").first).to_contain_text("and red.")


def test_the_button_that_saves_a_draft_sends_nothing(visit, own):
    page = visit(f"{own}reply", by=MEMBER)
    box(page).fill("Not ready yet")
    page.get_by_role("button", name="Save draft").click()

    expect(page.get_by_text("The draft is saved.")).to_be_visible()
    assert box(page).input_value() == "Not ready yet"
    page.goto(own)
    expect(page.get_by_role("article")).to_have_count(2)

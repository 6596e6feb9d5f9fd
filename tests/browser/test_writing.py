"""The form to write in: nothing typed is lost, it is sent once, others are told of."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ADMINISTRATOR, MEMBER, OTHER
from tests.browser.pages import box

pytestmark = pytest.mark.browser


def test_a_draft_is_saved_and_found_on_another_device(visit, own):
    page = visit(own, by=MEMBER)
    box(page).fill("Half a thought")
    expect(page.locator(".composer-foot")).to_contain_text("Saved at")

    other = visit(own, by=MEMBER)
    assert box(other).input_value() == "Half a thought"
    expect(other.get_by_text("Restored from your draft")).to_be_visible()


def test_what_was_typed_comes_back_after_a_crash(visit, own, site):
    page = visit(own, by=MEMBER)
    page.route("**/drafts/save", lambda route: route.abort("aborted"))
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
    page.keyboard.press("Control+Enter")
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


def test_an_expired_session_loses_nothing(visit, own, site):
    page = visit(own, by=MEMBER)
    box(page)
    page.context.clear_cookies(name="paceline_session")
    box(page).fill("I was away for a month")
    page.get_by_role("button", name="Post reply").click()
    expect(page.get_by_role("alert").get_by_role("link", name="Sign in")).to_be_visible()
    assert box(page).input_value() == "I was away for a month"

    # Signed in again in another tab, which gives all forms another token.
    page.context.clear_cookies()
    session = {"name": "paceline_session", "value": site.keys[MEMBER], "url": site.address}
    page.context.add_cookies([session])
    tab = page.context.new_page()
    tab.goto("/account/mail/")
    tab.close()
    page.get_by_role("button", name="Post reply").click()
    page.wait_for_url(re.compile(r"#p3$"))
    expect(page.get_by_role("article").last).to_contain_text("I was away for a month")


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
    expect(page.locator(".meanwhile")).to_contain_text("1 new post since you began to write")
    page.get_by_role("link", name="Read from there on.").click()
    page.wait_for_url(re.compile(r"#p3$"))
    assert box(page).input_value() == "What I meant to say"


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
    page = visit(f"{own}reply", by=MEMBER, script=False)
    page.locator("textarea").fill("Not ready yet")
    page.get_by_role("button", name="Save draft").click()

    assert page.get_by_text("The draft is saved.").is_visible()
    assert page.locator("textarea").input_value() == "Not ready yet"
    page.goto(own)
    expect(page.get_by_role("article")).to_have_count(2)


@pytest.mark.parametrize("status", [500, 502, 413])
def test_a_failing_board_loses_nothing(visit, own, status):
    page = visit(own, by=MEMBER)
    box(page).fill("Nothing of this may go")
    expect(page.locator(".composer-foot")).to_contain_text("Saved at")
    page.route("**/replies", lambda route: route.fulfill(status=status, body="<h1>Oh</h1>"))
    page.get_by_role("button", name="Post reply").click()
    expect(page.get_by_role("alert")).to_contain_text("did not work")
    assert box(page).input_value() == "Nothing of this may go"
    page.unroute("**/replies")
    page.get_by_role("button", name="Post reply").click()
    page.wait_for_url(re.compile(r"#p3$"))


def test_without_a_connection_the_device_keeps_it_and_later_the_board(visit, own):
    page = visit(own, by=MEMBER)
    box(page)
    page.route("**/drafts/save", lambda route: route.abort("aborted"))
    box(page).fill("In the tunnel")
    expect(page.locator(".composer-foot")).to_contain_text("Kept on this device only.")
    page.unroute("**/drafts/save")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator(".composer-foot")).to_contain_text("Saved at")


def test_new_posts_are_asked_for_every_half_minute_while_one_writes(visit, own):
    page = visit(own, by=MEMBER)
    page.clock.install()
    page.reload()
    box(page).fill("What I meant to say")
    page.clock.run_for(3_000)
    expect(page.locator(".composer-foot")).to_contain_text("Saved at")
    other = visit(own, by=OTHER)
    box(other).fill("Meanwhile, white.")
    other.get_by_role("button", name="Post reply").click()
    other.wait_for_url(re.compile(r"#p3$"))
    assert page.locator(".meanwhile").count() == 0
    page.clock.run_for(31_000)
    expect(page.locator(".meanwhile")).to_contain_text("1 new post since you began to write")
    page.get_by_role("button", name="Post reply").click()
    page.wait_for_url(re.compile(r"#p4$"))


def test_without_script_one_is_told_when_sending(visit, own):
    page = visit(own, by=MEMBER, script=False)
    other = visit(own, by=OTHER)
    box(other).fill("Meanwhile, white.")
    other.get_by_role("button", name="Post reply").click()
    other.wait_for_url(re.compile(r"#p3$"))
    page.locator("textarea").fill("What I meant to say")
    page.get_by_role("button", name="Post reply").click()
    assert page.locator(".meanwhile").inner_text().startswith("1 new post since you began")
    assert page.locator("textarea").input_value() == "What I meant to say"
    page.get_by_role("button", name="Post reply").click()
    assert re.search(r"#p4$", page.url)


def test_a_draft_is_discarded_by_its_button_and_can_be_taken_back(visit, own):
    page = visit(own, by=MEMBER)
    box(page).fill("Half a thought")
    page.get_by_role("button", name="Discard").click()
    expect(page.locator(".composer-foot")).to_contain_text("Discarded.")
    assert box(page).input_value() == ""
    other = visit(own, by=MEMBER)
    assert box(other).input_value() == ""
    box(page).press("Control+z")
    assert box(page).input_value() == "Half a thought"


def test_discarding_the_draft_of_an_edit_gives_the_post_back(visit, own):
    page = visit(own, by=OTHER)
    page.goto(page.get_by_role("link", name="Edit").first.get_attribute("href"))
    box(page).fill("Something else")
    page.get_by_role("button", name="Discard").click()
    text = page.locator("textarea[data-composer]")
    expect(text).to_have_value("White or yellow? I have both.")


def test_another_member_on_the_same_device_sees_nothing_of_it(visit, own, site):
    page = visit(own, by=MEMBER)
    page.route("**/drafts/save", lambda route: route.abort("aborted"))
    box(page).fill("For my eyes only")
    page.wait_for_timeout(200)
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert "my eyes" in kept
    page.context.clear_cookies()
    session = {"name": "paceline_session", "value": site.keys[OTHER], "url": site.address}
    page.context.add_cookies([session])
    again = page.context.new_page()
    again.goto(own)
    assert box(again).input_value() == ""


def test_who_signs_out_leaves_no_text_on_the_device(visit, own, site):
    page = visit(own, by=MEMBER)
    box(page).fill("For my eyes only")
    expect(page.locator(".composer-foot")).to_contain_text("Saved at")
    assert "my eyes" in page.evaluate("JSON.stringify(localStorage)")
    # Held back: the session serves other tests too.
    page.route("**/account/logout/", lambda route: route.fulfill(body="Signed out"))
    page.locator("details.you summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("Signed out")).to_be_visible()
    assert "my eyes" not in page.evaluate("JSON.stringify(localStorage)")

"""Quotes go into the box: whole, as selected, collected on several pages."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import MEMBER
from tests.browser.pages import box

pytestmark = pytest.mark.browser

SELECT = """(selector) => {
  const words = document.querySelector(selector).firstChild;
  const range = document.createRange();
  range.setStart(words, 0);
  range.setEnd(words, 16);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""
WORDS = re.compile(r'^\[quote="tom_k;\d+"\]White or yellow\?\[/quote\]\n\n$')


def collect(page, number):
    page.locator(f"#p{number}").get_by_role("button", name="Collect post").click()


def test_quotes_go_into_the_box_whole_or_as_selected(visit, own):
    page = visit(own, by=MEMBER)
    page.locator("#p2").get_by_role("link", name="Quote").click()
    expect(box(page)).to_have_value(re.compile(r'^\[quote="oldspokes;\d+"\]Yellow for bearings'))
    box(page).fill("")
    page.evaluate(SELECT, "#p1 .text p")
    page.locator("#p1").get_by_role("link", name="Quote").click()
    expect(box(page)).to_have_value(WORDS)


def test_selected_words_have_a_button_of_their_own(visit, own):
    page = visit(own, by=MEMBER)
    page.evaluate(SELECT, "#p1 .text p")
    button = page.get_by_role("button", name="Quote these words")
    expect(button).to_be_visible()
    words = page.locator("#p1 .text p").bounding_box()
    assert 0 < button.bounding_box()["y"] - words["y"] < 60
    page.keyboard.press("Tab")
    assert button.evaluate("it => it === document.activeElement")
    page.keyboard.press("Enter")
    expect(box(page)).to_have_value(WORDS)
    expect(button).to_be_hidden()
    page.evaluate("getSelection().removeAllRanges()")
    expect(button).to_be_hidden()


def test_the_same_by_touch(visit, own):
    page = visit(own, by=MEMBER, width=390)
    page.evaluate(SELECT, "#p1 .text p")
    button = page.get_by_role("button", name="Quote these words")
    expect(button).to_be_visible()
    place = button.bounding_box()
    assert place["height"] >= 44
    assert place["x"] + place["width"] <= 390
    button.tap()
    expect(box(page)).to_have_value(WORDS)


def test_a_quote_joins_what_was_written(visit, own):
    page = visit(own, by=MEMBER)
    box(page).fill("Before.")
    page.locator("#p1").get_by_role("link", name="Quote").click()
    expect(box(page)).to_have_value(re.compile(r"^Before\.\n\n\[quote=.*\[/quote\]\n\n$", re.S))
    box(page).press("Control+z")
    assert box(page).input_value() == "Before."


def test_posts_are_collected_over_pages_and_quoted_together(visit, own, site):
    page = visit(site.thread(), by=MEMBER)
    collect(page, 2)
    page.goto(own)
    collect(page, 2)
    collect(page, 1)
    expect(page.locator("#p1 .collect")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".collected")).to_contain_text("3 posts collected")
    page.reload()
    expect(page.locator("#p1 .collect")).to_have_attribute("aria-pressed", "true")
    collect(page, 1)
    expect(page.locator(".collected")).to_contain_text("2 posts collected")
    collect(page, 1)
    page.get_by_role("button", name="Quote them").click()
    expect(box(page)).to_have_value(re.compile(r"\[quote=.*oldspokes;.*tom_k;", re.S))
    expect(page.locator(".collected")).to_have_count(0)
    page.reload()
    expect(page.locator("#p1 .collect")).to_have_attribute("aria-pressed", "false")


def test_the_full_form_has_what_was_collected(visit, own):
    page = visit(own, by=MEMBER)
    collect(page, 1)
    page.goto(f"{own}reply")
    assert "tom_k;" in box(page).input_value()


def test_posts_are_collected_without_script(visit, own):
    page = visit(own, by=MEMBER, script=False)
    collect(page, 2)
    assert page.get_by_text("1 post collected").is_visible()
    assert page.locator("#p2 .collect").get_attribute("aria-pressed") == "true"
    collect(page, 1)
    page.goto(f"{own}reply")
    assert re.search(r"oldspokes;.*tom_k;", page.locator("textarea").input_value(), re.S)


def test_in_markdown_a_quote_is_markdown_and_becomes_one(visit, own):
    page = visit(own, by=MEMBER)
    box(page)
    page.get_by_label("Written in").select_option("markdown")
    page.locator("#p2").get_by_role("link", name="Quote").click()
    expect(box(page)).to_have_value(re.compile(r"^> \*\*oldspokes\*\* \[wrote\]\(/p/\d+/\):"))
    expect(page.locator(".preview blockquote")).to_contain_text("Yellow for bearings")
    box(page).press("Control+End")
    box(page).press_sequentially("**Yes.**")
    page.get_by_role("button", name="Post reply").click()
    page.wait_for_url(re.compile(r"#p3$"))
    mine = page.get_by_role("article").last
    expect(mine.locator("blockquote")).to_contain_text("oldspokes")
    expect(mine.locator("strong")).to_have_text("Yes.")

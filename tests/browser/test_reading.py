"""A thread under script: likes, keys, menus, sharing; and on paper."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import MEMBER, OTHER

pytestmark = pytest.mark.browser


def test_a_like_is_counted_where_it_stands(visit, site):
    page = visit(site.thread(), by=OTHER)
    button = page.locator("#p3").get_by_role("button", name=re.compile("Like"))
    assert button.count() == 0  # it is their own post
    button = page.locator("#p4").get_by_role("button", name=re.compile("Like"))
    before = button.inner_text()
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert button.inner_text() != before
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(button).to_have_text(before)


def test_the_line_above_what_is_new_and_words_for_it(visit, site):
    page = visit("/new/", by=MEMBER)
    unread = page.locator(".row.unread").first
    assert unread.locator(".visually-hidden", has_text="New posts").count() == 1
    weight = "it => getComputedStyle(it).fontWeight"
    assert int(unread.locator(".row-title").evaluate(weight)) >= 600
    assert "/unread" in unread.locator(".row-title a").get_attribute("href")


def test_keys_move_through_a_thread_and_can_be_switched_off(visit, site):
    page = visit(site.thread(), by=MEMBER)
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") == "p2"
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.id") == "p1"
    page.keyboard.press("q")
    expect(page.locator("textarea[data-composer]")).to_have_value(re.compile("oldspokes"))
    page.keyboard.type("jk?")
    assert page.locator("textarea[data-composer]").input_value().endswith("jk?")
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.locator("h1").click()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"
    page.locator("h1").click()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("checkbox").check()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.locator("h1").click()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") != "find"


def test_a_member_can_do_it_all_by_keyboard(visit, site):
    page = visit("/", by=MEMBER)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/b/"))
    page.keyboard.press("j")
    while "Stiff lower back" not in page.evaluate("document.activeElement.innerText"):
        page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/t/"))
    page.keyboard.press("r")
    page.keyboard.type("Written without a mouse.")
    page.keyboard.press("Tab")
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    while "Post reply" not in page.evaluate("document.activeElement.innerText"):
        assert page.evaluate(outline) != "none"
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"#p\d+$"))
    expect(page.get_by_role("article").last).to_contain_text("Written without a mouse.")


def test_menus_close_on_escape_and_on_a_click_elsewhere(visit, site):
    page = visit(site.thread(), by=MEMBER)
    tools = page.locator("details", has=page.get_by_text("Tools", exact=True))
    tools.locator("summary").click()
    expect(tools).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(tools).not_to_have_attribute("open", "")
    assert page.evaluate("document.activeElement.innerText.trim()") == "Tools"
    tools.locator("summary").click()
    page.locator("#p2 .who summary").click()
    expect(tools).not_to_have_attribute("open", "")
    page.locator("h1").click()
    expect(page.locator("details.menu[open]")).to_have_count(0)


def test_sharing_copies_the_permanent_address(visit, site):
    page = visit(site.thread())
    page.locator("#p2").get_by_role("link", name="Share").click()
    expect(page.get_by_role("status").last).to_have_text("The address is copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(rf"{site.address}/p/\d+/", copied)


def test_a_long_quotation_folds_and_opens(visit, site):
    page = visit(site.thread("odd"))
    quote = page.locator("#p1 .quote").first
    folded = quote.bounding_box()["height"]
    page.get_by_role("button", name="Show all of this quote").click()
    assert quote.bounding_box()["height"] > folded * 1.5


def test_a_visitor_chooses_a_theme_that_lasts(visit):
    page = visit("/")
    page.get_by_role("button", name="Dark").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(19, 23, 26)"
    # Set before the page is drawn: the first script that could run sees it already.
    page.add_init_script(
        "document.addEventListener('readystatechange', () => {"
        " window.seen ??= document.documentElement.dataset.theme })"
    )
    page.reload()
    assert page.evaluate("window.seen") == "dark"
    page.get_by_role("button", name="As the device says").click()
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(251, 250, 246)"


def test_what_a_reader_asked_to_be_still_is_still(visit, site):
    page = visit(f"{site.thread()}#p3", reduced_motion="reduce")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    moving = "document.getAnimations().length"
    assert page.evaluate(moving) == 0


def test_on_paper_there_is_no_chrome_and_links_are_written_out(visit, site):
    page = visit(site.thread("odd"))
    page.emulate_media(media="print")
    for gone in (".find", ".main-nav", ".bar", ".beside", ".post-actions", "#reply"):
        assert page.locator(gone).first.is_hidden(), gone
    for kept in (".post-head time", ".post-facts", ".who summary"):
        assert page.locator(kept).first.is_visible(), kept
    written = page.locator('.text a[href="https://example.com/a/page"]').evaluate(
        "it => getComputedStyle(it, '::after').content"
    )
    assert "<" in written
    assert page.locator(".quote").first.evaluate("it => it.scrollHeight - it.clientHeight") <= 1


def test_the_print_view_shows_the_whole_thread(visit, site):
    page = visit(f"/t/{site.ids['long']}/print")
    assert page.locator("article").count() > 20
    assert page.locator("button").count() == 0


def test_right_to_left_pages_are_mirrored(visit, site):
    page = visit(site.thread())
    page.evaluate("document.documentElement.dir = 'rtl'")
    width = page.viewport_size["width"]
    rider = page.locator("#p1 .rider").bounding_box()
    text = page.locator("#p1 .text").bounding_box()
    assert rider["x"] > text["x"]
    assert page.locator(".brand").bounding_box()["x"] > width / 2
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_nothing_jumps_while_a_thread_loads(visit, site):
    page = visit("/")
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver((list) => {"
        " for (const entry of list.getEntries()) window.shift += entry.value;"
        "}).observe({ type: 'layout-shift', buffered: true })"
    )
    page.goto(site.thread())
    page.wait_for_timeout(500)
    assert page.evaluate("window.shift") < 0.02

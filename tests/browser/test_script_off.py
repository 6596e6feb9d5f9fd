"""With script switched off, everything can be read and written."""

import re

import pytest

from tests.browser.conftest import MEMBER, MODERATOR, PASSWORD

pytestmark = pytest.mark.browser


def test_a_visitor_reads_searches_and_signs_in(visit, site):
    page = visit("/", script=False)
    page.get_by_role("link", name="Body and training").first.click()
    page.get_by_role("link", name=re.compile("Stiff lower back")).first.click()
    assert page.get_by_role("article").count() >= 7
    page.get_by_text("Search this thread").click()
    page.get_by_label("Words in this thread").fill("physiotherapist")
    page.locator(".menu-body").get_by_role("button", name="Search").click()
    assert "1 post" in page.locator("main").inner_text()

    page.goto(site.thread())
    page.get_by_role("main").get_by_role("link", name="Sign in").click()
    page.get_by_label("Name or e-mail address").fill(MEMBER)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name=re.compile("^Sign in$", re.I)).click()
    assert site.thread() in page.url
    assert page.get_by_role("textbox", name="Reply").count() == 1


def test_a_member_replies_quotes_likes_and_edits(visit, site):
    page = visit(site.thread(), by=MEMBER, script=False)
    page.get_by_role("textbox", name="Reply").fill("Six weeks in: better, not gone.")
    page.get_by_role("button", name="Post reply").click()
    assert re.search(r"#p\d+$", page.url)
    mine = page.get_by_role("article").last
    assert "Six weeks in" in mine.inner_text()

    first = page.locator("#p5")
    before = first.get_by_role("button", name=re.compile("Like"))
    assert before.get_attribute("aria-pressed") == "false"
    before.click()
    assert (
        page.locator("#p5")
        .get_by_role("button", name=re.compile("Like"))
        .get_attribute("aria-pressed")
        == "true"
    )

    page.locator("#p5").get_by_role("link", name="Quote").click()
    assert page.locator("textarea[name=source]").input_value().startswith('[quote="Marit Holm;')
    page.get_by_role("button", name="Preview").click()
    assert page.locator(".preview blockquote").count() == 1
    page.get_by_role("button", name="Post reply").click()
    quoting = page.get_by_role("article").last
    assert quoting.locator("blockquote").count() == 1

    quoting.get_by_role("link", name="Edit").click()
    page.get_by_label("Text of the post").fill("Never mind.")
    page.get_by_role("button", name="Save", exact=True).click()
    assert "Never mind." in page.get_by_role("article").last.inner_text()


def test_names_and_menus_open(visit, site):
    page = visit(site.thread(), by=MODERATOR, script=False)
    page.locator("#p1 .who summary").click()
    card = page.locator("#p1 .who .menu-body")
    assert card.get_by_text("Mentioned:").is_visible()
    assert card.get_by_role("link", name="Profile and posts").is_visible()
    page.get_by_text("Moderate", exact=True).click()
    page.get_by_role("link", name="Lock", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Lock")


def test_a_theme_follows_the_device(visit):
    ground = "getComputedStyle(document.body).backgroundColor"
    light = visit("/")
    dark = visit("/", dark=True)
    assert light.evaluate(ground) == "rgb(251, 250, 246)"
    assert dark.evaluate(ground) == "rgb(19, 23, 26)"
    off = visit("/", dark=True, script=False)
    assert off.locator("[data-themes]").is_hidden()

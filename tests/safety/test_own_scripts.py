"""What our own scripts put into pages: names offered, previews, drafts, quotes, files."""

import json

import pytest

from tests.safety.attacks import attacks_for_the_browser
from tests.safety.test_in_browser import look
from tests.samples import picture

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NAMES = (
    '"><img src=x onerror=zq=1>.png',
    "<svg onload=zq=1>.png",
    "'`${zq=1}`](javascript:zq=1).png",
    'a.png"onerror="zq=1',
)


@pytest.fixture
def writing(watched, hostile_board):
    """The form to reply in, in the page of a thread full of attacks, without the policy."""
    page = watched(bypass_csp=True)
    page.page.goto(f"/t/{hostile_board.ids['everything']}/")
    box = page.page.locator("textarea[data-composer]")
    box.scroll_into_view_if_needed()
    box.focus()
    page.page.locator("textarea[data-composer][data-ready]").wait_for(timeout=30_000)
    return page, box


def test_names_that_are_offered(writing):
    page, box = writing
    for start in ("@1", "@2", "@30", "@41", "@5", "@77", "@9"):
        box.fill("")
        box.press_sequentially(start)
        page.page.locator(".suggestions:not([hidden]) li").first.wait_for()
        look(page, start)
        box.press("ArrowDown")
        box.press("Enter")
        look(page, start)


@pytest.mark.parametrize("language", ["bbcode", "markdown"])
def test_previews_of_all_attacks(writing, language):
    page, box = writing
    button = page.page.locator("button[value=preview]")
    select = page.page.locator("select[name=language]")
    if select.count():
        select.select_option(language)
    if button.get_attribute("aria-pressed") != "true":
        button.click()
    attacks = attacks_for_the_browser()
    for start in range(0, len(attacks), 250):
        source = "\n\n".join(attacks[start : start + 250])[:29_000]
        with page.page.expect_response("**/preview"):
            box.fill(source)
        page.page.locator(".preview .text").wait_for()
        look(page, f"attacks from {start}")


def test_a_draft_that_is_kept_on_the_device(writing):
    page, _ = writing
    for attack in attacks_for_the_browser()[::80]:
        kept = json.dumps({"source": attack, "title": attack, "language": attack, "at": 9e15})
        page.page.evaluate(
            """(kept) => {
              const box = document.querySelector("textarea[data-composer]");
              const whose = document.documentElement.dataset.member;
              localStorage.setItem(`paceline-draft:${whose}:${box.dataset.place}`, kept);
            }""",
            kept,
        )
        page.page.reload()
        page.page.locator("textarea[data-composer]").focus()
        page.page.locator("textarea[data-composer][data-ready]").wait_for(timeout=30_000)
        look(page, attack)


def test_quotes_of_posts_and_of_words_in_them(writing):
    page, box = writing
    for link in page.page.locator("[data-quote]").all()[::15]:
        before = box.input_value()
        link.click()
        page.page.wait_for_function(
            "(before) => document.querySelector('textarea[data-composer]').value !== before",
            arg=before,
        )
        look(page, "a quote")


def test_files_with_such_names(writing):
    page, _ = writing
    for name in NAMES:
        page.page.locator("input[type=file][name=file]").set_input_files(
            {"name": name, "mimeType": "image/png", "buffer": picture()}
        )
        page.page.locator(".attached li button:has-text('Remove')").last.wait_for()
        look(page, name)
    page.page.locator(".attached li:not([data-uploading])").nth(len(NAMES) - 1).wait_for()
    look(page, "all files")

"""What axe-core finds on every page: nothing serious, wide and light, dark and on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.pages import STOPS, Stop, name_of

pytestmark = pytest.mark.browser

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
CONTRAST = {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": ["violations"]}


def faults(page, rules):
    """Serious and critical findings, as lines that say where."""
    found = Axe().run(page, options=rules).response["violations"]
    return [
        f"{fault['id']} ({fault['impact']}): {node['html'][:160]} | {node['failureSummary'][:300]}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"][:3]
    ]


@pytest.mark.parametrize("stop", STOPS, ids=name_of)
def test_nothing_serious_on_a_page(visit, site, stop: Stop):
    page = visit(stop.path.format(**site.ids), by=stop.by, status=stop.status)
    assert faults(page, RULES) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 844})
    assert faults(page, RULES) == []


def test_nothing_serious_in_open_menus_and_dialogs(visit, site):
    page = visit(site.thread(), by="Marit Holm")
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
    assert faults(page, RULES) == []
    page.emulate_media(color_scheme="dark")
    assert faults(page, CONTRAST) == []
    page.reload()
    page.keyboard.press("?")
    page.get_by_role("dialog").wait_for()
    assert faults(page, RULES) == []


def test_every_page_has_one_heading_its_landmarks_and_a_way_past_the_header(site):
    for stop in STOPS:
        session = site.keys.get(stop.by, "")
        answer = site.machine.ask(stop.path.format(**site.ids), session=session)
        if answer.status == 301:
            answer = site.machine.ask(answer.headers["location"], session=session)
        page = answer.body.decode()
        assert answer.status == stop.status, stop
        assert page.count("<h1") == 1, stop
        assert page.count("<main") == 1, stop
        if not stop.path.startswith("/archive") and not stop.path.endswith("/print"):
            assert '<a class="skip" href="#content">' in page, stop
            assert 'id="content"' in page, stop


def test_the_first_key_reaches_the_way_past_the_header(visit, site):
    page = visit(site.thread())
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    assert skip.evaluate("it => it === document.activeElement")
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"

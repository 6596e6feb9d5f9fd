"""Nothing scrolls sideways but code and tables, targets are large, pages are light."""

import gzip
import re

import pytest

from tests.browser.conftest import MEMBER
from tests.browser.pages import STOPS, Stop, box, name_of

pytestmark = pytest.mark.browser

MOST_BYTES = 25_000
MOST_WRITING_BYTES = 22_000
WRITING = ("writing", "toolbar", "preview", "complete", "attach", "quoting")


def overflow(page):
    """What stands out at the end edge, outside of boxes that scroll by themselves."""
    return page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) return [];
          return [...document.querySelectorAll("body *")]
            .filter((it) => it.getBoundingClientRect().right > width + 1 && it.checkVisibility())
            .filter((it) => !it.closest("pre, .scroll"))
            .slice(0, 5)
            .map((it) => it.outerHTML.slice(0, 120));
        }"""
    )


@pytest.mark.parametrize("stop", STOPS, ids=name_of)
def test_nothing_scrolls_sideways(visit, site, stop: Stop):
    page = visit(stop.path.format(**site.ids), by=stop.by, status=stop.status, width=360)
    assert overflow(page) == []
    # A window of 1280 at 400 %.
    page.set_viewport_size({"width": 320, "height": 256})
    assert overflow(page) == []
    # Text alone at 200 %.
    page.set_viewport_size({"width": 640, "height": 800})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert overflow(page) == []


SMALL = """() => {
  const least = %d;
  const inText = (it) => it.matches("p a, li a, dd a, td a, cite a, label a, .facts a, h1 a");
  return [...document.querySelectorAll("a[href], button, summary, input, select, textarea")]
    .filter((it) => it.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }))
    .filter((it) => !inText(it) && !it.closest(".visually-hidden, .skip"))
    .map((it) => ({ it, box: it.getBoundingClientRect() }))
    .filter(({ it, box }) => box.width && (box.height < least || box.width < least))
    .map(({ it, box }) => `${box.width} x ${box.height}: ${it.outerHTML.slice(0, 90)}`);
}"""


def test_the_controls_of_a_thread_are_large_enough_for_thumbs(visit, site):
    page = visit(site.thread(), by=MEMBER, width=390)
    small = [line for line in page.evaluate(SMALL % 40) if "checkbox" not in line]
    bar = page.locator(".bar a").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert small == []
    assert len(bar) == 5
    assert min(bar) >= 44


def test_fields_do_not_make_a_phone_zoom_in(visit, site):
    for path in (site.thread(), "/account/login/", "/search/"):
        page = visit(path, by=MEMBER if "t/" in path else "", width=390)
        sizes = page.locator("input:not([type=hidden]), textarea, select").evaluate_all(
            "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
        )
        assert min(sizes) >= 16


def test_styles_and_scripts_of_a_page_are_small(visit, site):
    page = visit(site.thread(), by=MEMBER)
    files = page.locator("link[rel=stylesheet], script[src]").evaluate_all(
        "all => all.map(one => one.href || one.src)"
    )
    assert len(files) > 5
    raw, packed = 0, 0
    for address in files:
        body = page.request.get(address).body()
        raw += len(body)
        packed += len(gzip.compress(body, 6))
    assert packed < MOST_BYTES, f"{packed} bytes packed, {raw} raw"


def test_what_writing_adds_is_small_and_comes_only_when_it_is_needed(visit, site):
    page = visit(site.thread(), by=MEMBER)
    loaded = "performance.getEntriesByType('resource').map(one => one.name)"
    assert not any("/toolbar." in name for name in page.evaluate(loaded))
    box(page)
    added = [
        name
        for name in page.evaluate(loaded)
        if any(f"/{part}." in name for part in WRITING) and "/static/" in name
    ]
    assert len(added) == len(WRITING) + 1  # a script each, and the sheet
    packed = sum(len(gzip.compress(page.request.get(name).body(), 6)) for name in added)
    assert packed < MOST_WRITING_BYTES, packed


def test_files_come_compressed_and_may_be_kept_for_ever(site, visit):
    page = visit("/")
    sheet = page.locator("link[rel=stylesheet]").first.get_attribute("href")
    assert sheet is not None
    assert re.search(r"\.[0-9a-f]{12}\.css$", sheet)
    answer = site.machine.ask(sheet)
    assert "immutable" in answer.headers["cache-control"]


def test_nothing_is_asked_of_another_host(visit, site):
    asked = []
    page = visit("/", by=MEMBER)
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.thread("odd"))
    page.goto("/search/?q=back")
    assert asked
    assert [url for url in asked if not url.startswith(site.address)] == []

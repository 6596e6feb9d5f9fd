"""The page that the project starts from, imported: every fact on it stands on ours.

The saved page is read here line by line, by nothing of ours, so that a line which the import
forgot is missed.
"""

import re
from typing import Any

import pytest

from tests.browser.conftest import ADMINISTRATOR, MEMBER
from tests.conftest import SHARED

pytestmark = pytest.mark.browser

SEED = SHARED / "seed" / "000_ef1fa9217125307a.txt"
# The old board's own furniture between its posts: a rule above signatures, the word before an
# avatar that the text does not hold.
FURNITURE = re.compile(r"_{10,}|.*'s Avatar")
RULES = re.compile(r"(You may|BB code|Smilies|\[IMG\]|HTML|Trackbacks|Pingbacks|Refbacks).*")


def plain(text: str) -> str:
    """One case, one space, no colons: what is left is the fact."""
    text = text.replace("“", '"').replace("”", '"').replace(" at ", ", ")
    return " ".join(text.replace(":", " ").casefold().split())


@pytest.fixture(scope="module")
def lines() -> list[str]:
    """What the old page says from its first post to the last, without furniture."""
    if not SEED.is_file():
        pytest.skip("no ../shared folder here: the starting page is left out")
    text = SEED.read_text(encoding="utf-8")
    posts = text[text.index("\nOld ") : text.index("\nPosting Rules")]
    return [
        re.sub(r"^Old (?=\d)", "", line.strip())
        for line in posts.splitlines()
        if line.strip() and not FURNITURE.fullmatch(line.strip())
    ]


@pytest.fixture(scope="module")
def address(site, lines) -> str:
    """Where the starting page is served."""
    end = site.machine.run("import", str(SEED))
    assert end.returncode == 0, end.stderr
    found = re.search(r"/t/\d+/", end.stdout)
    assert found
    return found[0]


WAYS: dict[str, dict[str, Any]] = {
    "visitor": {},
    "visitor without script": {"script": False},
    "visitor on a phone": {"width": 390},
    "visitor in the dark": {"dark": True},
    "member": {"by": MEMBER},
    "member without script on a phone": {"by": MEMBER, "script": False, "width": 360},
    "administrator": {"by": ADMINISTRATOR},
}


@pytest.mark.parametrize("way", WAYS)
def test_every_line_of_the_starting_page_stands_on_ours(visit, address, lines, way):
    page = visit(address, **WAYS[way])
    shown = plain(page.evaluate("document.body.textContent"))

    missing = [line for line in lines if plain(line) not in shown]

    assert missing == []
    assert len(lines) > 60  # the test means nothing if the page was not read


def test_its_rules_are_what_a_visitor_may_do_here(visit, address, lines):
    text = SEED.read_text(encoding="utf-8")
    rules = [each for each in text.splitlines() if RULES.fullmatch(each.strip())]
    page = visit(address)

    box = plain(page.locator(".rules").inner_text())

    assert len(rules) == 11
    assert [rule for rule in rules if plain(rule) not in box] == []


def test_its_board_its_title_and_the_links_at_its_foot(visit, address):
    page = visit(address)
    head = SEED.read_text(encoding="utf-8")
    title = page.locator("h1").inner_text()
    board = page.locator(".crumbs li").last.inner_text()
    about = page.locator(".board-about").inner_text()

    assert head.splitlines().count(title) >= 2
    assert f"{board} {about}" in head
    foot = page.locator("footer").last.inner_text()
    for link in head[head.index("Contact Us -") :].splitlines()[0].split(" - "):
        assert link.strip(" -") in foot


def test_a_screen_reader_is_told_whose_post_is_which(visit, address):
    page = visit(address)

    names = page.get_by_role("article").evaluate_all(
        "all => all.map(one => document.getElementById("
        "one.getAttribute('aria-labelledby')).textContent.trim())"
    )

    assert [re.sub(r" by .*", "", name) for name in names] == [f"Post {n}" for n in range(1, 6)]
    assert page.get_by_role("heading", level=1).count() == 1


def test_the_staff_has_its_tools_without_script(visit, address):
    page = visit(address, by=ADMINISTRATOR, script=False)
    for deed in ("lock", "pin", "move", "hide"):
        assert page.locator(f'a[href="{address}{deed}"]').count() == 1, deed
    page.goto(f"{address}lock")
    page.locator("main form[method=post] button").last.click()
    assert page.get_by_text("Locked").count() >= 1
    page.goto(f"{address}unlock")
    page.locator("main form[method=post] button").last.click()


def test_the_keyboard_reaches_everything_in_a_post(visit, address):
    page = visit(address, by=MEMBER)
    names = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        names.add(
            page.evaluate(
                "document.activeElement.closest('article')"
                " ? document.activeElement.textContent.trim() : ''"
            )
        )
    assert {"Quote", "Share", "#1"} <= names
    assert any(name.startswith("Like") for name in names)

"""In a real browser, with script on: nothing that is written on the board does anything.

Each attack stands in every place that shows a member's words, on pages that hold hundreds. The
pages are read without the policy that the board sends, so that nothing but the pages themselves
holds an attack back; some are read again with it.
"""

from pathlib import Path

import pytest

from tests.safety.eyes import ELEMENTS
from tests.safety.filled_board import places

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LOOK = Path(__file__).with_name("look.js").read_text()
# What fires handlers and loads what is loaded late: everything is opened, passed over, pressed.
STIR = """
async () => {
  for (const one of document.querySelectorAll("details")) one.open = true;
  const kinds = ["mouseover", "mouseenter", "pointerover", "focus", "toggle", "animationend"];
  for (const element of document.querySelectorAll(".text *, .signature *, bdi, h1, h3, dd, li")) {
    for (const kind of kinds) element.dispatchEvent(new Event(kind, { bubbles: false }));
  }
  for (const image of document.images) image.loading = "eager";
  window.scrollTo(0, document.body.scrollHeight);
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 60)));
}
"""


def read(watched, address: str) -> None:
    """Open the page and look at it."""
    answer = watched.page.goto(address)
    assert answer is not None
    assert answer.status == 200, (address, answer.status)
    look(watched, address)


def look(watched, about: str) -> None:
    """Stir the page that is open, and fail with all that is odd in it or has happened."""
    watched.page.evaluate(STIR)
    found = watched.page.evaluate(LOOK, ELEMENTS)
    assert found == [], (about, found)
    assert watched.happened == [], (about, watched.happened[:20])


def test_without_the_policy_nothing_happens_anywhere(watched, hostile_board):
    page = watched(bypass_csp=True)
    for address in places(hostile_board.ids):
        read(page, address)


def test_with_the_policy_nothing_is_even_refused(watched, hostile_board):
    page = watched(bypass_csp=False)
    refused: list[str] = []
    page.page.on(
        "console",
        lambda said: (
            refused.append(said.text)
            if said.type in ("error", "warning") and "Failed to load resource" not in said.text
            else None
        ),
    )
    for address in list(places(hostile_board.ids))[::6]:
        read(page, address)
    assert refused == []

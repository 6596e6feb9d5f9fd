"""Whole visits are paid to a board on a machine of its own, or with a browser to one in here.

Where there is no browser, its tests are skipped and say so.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.machine import Machine, new_machine

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


@pytest.fixture(scope="session", autouse=True)
def _folder_of_static_files(tmp_path_factory: pytest.TempPathFactory) -> None:
    """There before the server starts, which is earlier than any test's own folders."""
    settings.STATIC_ROOT = tmp_path_factory.mktemp("static")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A headless Chromium: the system's, or the one that playwright has fetched."""
    sync_api = pytest.importorskip("playwright.sync_api")
    # The driver runs an event loop in this thread, in which Django would refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    system = next(filter(None, map(shutil.which, _NAMES)), None)
    with sync_api.sync_playwright() as driver:
        try:
            browser = driver.chromium.launch(
                executable_path=system,
                args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
            )
        except sync_api.Error as error:
            pytest.skip(f"no browser could be started: {error.message.splitlines()[0]}")
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any, live_server: Any) -> Iterator[Any]:
    """A page of a fresh browser at the server; fails where the page's policy was broken."""
    context = chromium.new_context(base_url=live_server.url.replace("127.0.0.1", "localhost"))
    shown = context.new_page()
    complaints: list[str] = []
    shown.on("console", lambda message: complaints.append(message.text))
    shown.on("pageerror", lambda error: complaints.append(str(error)))
    yield shown
    context.close()
    broken = [text for text in complaints if "Content Security Policy" in text or "Error" in text]
    assert not broken, broken


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    with new_machine(tmp_path) as made:
        yield made

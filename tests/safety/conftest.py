"""A real server with a board full of attacks, and a real browser that reads it."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.conftest import NAMES, SWITCHES
from tests.machine import Machine, new_machine
from tests.safety.attacks import attacks_for_the_browser

_ENTER = """
import json
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from paceline.accounts.models import Group, Member, MemberGroup
from tests.safety.filled_board import fill_from

reader = Member(name="Reader", email="reader@example.com")
reader.set_unusable_password()
reader.save()
MemberGroup.objects.create(member=reader, group=Group.objects.get(role="administrators"))
store = SessionStore()
store[SESSION_KEY] = str(reader.pk)
store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
store[HASH_SESSION_KEY] = reader.get_session_auth_hash()
store.create()
ids = fill_from({file!r}, "Reader")
print(json.dumps({{"ids": ids, "key": store.session_key}}))
"""


class HostileBoard:
    """The board that is served, full of attacks; `key` is the session of who reads it all."""

    def __init__(self, machine: Machine, facts: dict[str, Any]) -> None:
        self.address = f"http://127.0.0.1:{machine.port}"
        self.ids: dict[str, Any] = facts["ids"]
        self.key: str = facts["key"]


@pytest.fixture(scope="session")
def hostile_board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostileBoard]:
    folder = Path(tmp_path_factory.mktemp("hostile"))
    file = folder / "attacks.json"
    file.write_text(json.dumps(attacks_for_the_browser()))
    with new_machine(folder) as machine:
        end = machine.run("upgrade")
        assert end.returncode == 0, end.stderr
        facts = machine.script(_ENTER.format(file=str(file)))
        with machine.serving():
            yield HostileBoard(machine, facts)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; skips where there is none."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("no chromium here: tests in a browser are left out")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=SWITCHES)
        yield browser
        browser.close()


class Watched:
    """A page in which nothing may happen: what does is in `happened`."""

    def __init__(self, context: BrowserContext, board: HostileBoard) -> None:
        self.happened: list[str] = []
        self.page: Page = context.new_page()
        self._board = board
        self.page.on("dialog", self._see_dialog)
        self.page.on("popup", lambda popup: self.happened.append(f"a window: {popup.url}"))
        self.page.on("pageerror", lambda error: self.happened.append(f"an error: {error}"))
        self.page.on("download", lambda file: self.happened.append(f"a download: {file.url}"))
        self.page.on("framenavigated", self._see_frame)
        context.route("**/*", self._see_request)

    def _see_dialog(self, dialog: Any) -> None:
        if dialog.type == "beforeunload":
            # The board's own question before words are left that were not sent.
            dialog.accept()
            return
        self.happened.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def _see_frame(self, frame: Any) -> None:
        if frame.parent_frame or not frame.url.startswith((self._board.address, "about:blank")):
            self.happened.append(f"a frame: {frame.url}")

    def _see_request(self, route: Any) -> None:
        request = route.request
        if request.url.startswith(self._board.address + "/"):
            route.continue_()
            return
        self.happened.append(f"a request: {request.resource_type} {request.url}")
        route.abort()


@pytest.fixture
def watched(browser: Browser, hostile_board: HostileBoard) -> Iterator[Any]:
    """`watched(bypass_csp=True)`: a page signed in, with or without the policy of the board."""
    contexts: list[BrowserContext] = []

    def open_page(*, bypass_csp: bool) -> Watched:
        context = browser.new_context(
            base_url=hostile_board.address,
            bypass_csp=bypass_csp,
            viewport={"width": 1000, "height": 900},
        )
        contexts.append(context)
        context.set_default_timeout(60_000)
        context.add_init_script("window.zq = undefined")
        context.add_cookies(
            [{"name": "paceline_session", "value": hostile_board.key, "url": hostile_board.address}]
        )
        return Watched(context, hostile_board)

    yield open_page
    for context in contexts:
        context.close()

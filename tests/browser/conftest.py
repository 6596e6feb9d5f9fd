"""A real server with the demonstration board, and a real browser before it.

The browser is Chromium where one is installed. Whatever a page writes to the console as a
warning or an error, or blocks by the policy, fails the test that saw it.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.machine import Machine, new_machine

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PASSWORD = "open sesame now"
# Who looks: a visitor, two members, the moderator of two boards, an administrator.
MEMBER, OTHER, MODERATOR, ADMINISTRATOR = "lena", "tom_k", "Marit Holm", "Root"

# Beside the demonstration: what is rare, so that every kind of post and row is seen.
_MORE = f"""
import json
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from paceline.accounts.models import Group, Ignore, Member, MemberGroup
from paceline.accounts.viewer import load_viewer
from paceline.conf.site import load_site
from paceline.forum.models import Board, Post, Thread
from paceline.posting.delete_own import delete_own
from paceline.posting.edit import Edit, edit_post
from paceline.posting.reply import post_reply
from paceline.posting.start_thread import start_thread

root = Member(name="Root", email="root@example.com")
root.save()
MemberGroup.objects.create(member=root, group=Group.objects.get(role="administrators"))
for name in ("lena", "tom_k", "Marit Holm", "Root"):
    member = Member.objects.get(name=name)
    member.email = member.email or name.replace(" ", "") + "@example.com"
    member.must_change_password = False
    member.set_password("{PASSWORD}")
    member.save()
    EmailAddress.objects.update_or_create(
        user=member, email=member.email, defaults=dict(verified=True, primary=True)
    )

def who(name):
    return load_viewer(load_site(), Member.objects.get(name=name))

board = Board.objects.get(name="Body and training")
odd = start_thread(who("tom_k"), board.pk, "Odd things: عنوان " + "without-an-end-" * 6,
    "[quote=\\"lena\\"]" + "A long quotation that folds. " * 60 + "[/quote]\\n\\n"
    + "w" * 400 + "\\n\\n[code]" + "one line that never ends; " * 20 + "[/code]\\n\\n"
    + "[url=https://example.com/a/page]a link[/url] :)").thread
post_reply(who("Señor Cadena"), odd.pk, "سؤال: هل جربت ذلك لمدة ستة أسابيع؟")
gone = post_reply(who("lena"), odd.pk, "Said too much.")
delete_own(who("lena"), gone.pk)
seen = post_reply(who("lena"), odd.pk, "Said too litle.")
edit_post(who("lena"), seen.pk, Edit(source="Said too little.", seen_revision=0, reason="a letter"))
start_thread(who("W. Okafor"), board.pk, "New since lena was here", "Is anybody awake?")
Ignore.objects.create(
    member=Member.objects.get(name="lena"), ignored=Member.objects.get(name="Hartmut")
)

keys = {{}}
for name in ("lena", "tom_k", "Marit Holm", "Root"):
    member = Member.objects.get(name=name)
    store = SessionStore()
    store[SESSION_KEY] = str(member.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = member.get_session_auth_hash()
    store.create()
    UserSession.objects.create(
        user=member, session_key=store.session_key, user_agent="a test", ip="192.0.2.7"
    )
    keys[name] = store.session_key
print(json.dumps({{
    "keys": keys,
    "back": Thread.objects.get(title__startswith="Stiff lower back").pk,
    "odd": odd.pk,
    "edited": seen.pk,
    "long": Thread.objects.order_by("-post_count").first().pk,
    "board": board.pk,
    "member": Member.objects.get(name="oldspokes").pk,
}}))
"""


class Site:
    """The board that is served: its address, the ids that tests ask for, sessions by name."""

    def __init__(self, machine: Machine, facts: dict[str, Any]) -> None:
        self.machine = machine
        self.address = f"http://127.0.0.1:{machine.port}"
        self.keys: dict[str, str] = facts.pop("keys")
        self.ids: dict[str, int] = facts

    def thread(self, name: str = "back") -> str:
        return f"/t/{self.ids[name]}/"


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a browser; skips where there is none."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("no chromium here: tests in a browser are left out")
    return found


@pytest.fixture(scope="session")
def site(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration board on a server of its own, for all tests of this folder."""
    with new_machine(Path(tmp_path_factory.mktemp("site"))) as machine:
        for command in ("upgrade", "demo"):
            end = machine.run(command)
            assert end.returncode == 0, end.stderr
        facts = machine.script(_MORE)
        with machine.serving():
            yield Site(machine, facts)


@pytest.fixture
def own(site):
    """A new thread of tom_k's with two posts; its address."""
    made = site.machine.script(
        """
import json
from paceline.accounts.models import Member
from paceline.accounts.viewer import load_viewer
from paceline.conf.site import load_site
from paceline.forum.models import Board
from paceline.posting.reply import post_reply
from paceline.posting.start_thread import start_thread
who = lambda name: load_viewer(load_site(), Member.objects.get(name=name))
board = Board.objects.get(name="Workshop")
post = start_thread(who("tom_k"), board.pk, "Which grease?", "White or yellow? I have both.")
post_reply(who("oldspokes"), post.thread_id, "Yellow for bearings, white for threads.")
print(json.dumps(post.thread_id))
"""
    )
    return f"/t/{made}/"


# For one module at a time: while it runs, this thread has an event loop, and with one in the
# thread Django's tests of other folders would refuse to ask the database.
@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
        yield browser
        browser.close()


Visit = Callable[..., Page]


@pytest.fixture
def visit(site: Site, browser: Browser) -> Iterator[Visit]:
    """`visit(path, by=MEMBER, width=1280, ...)` opens a page; its complaints fail the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(
        path: str,
        *,
        by: str = "",
        width: int = 1280,
        height: int = 900,
        dark: bool = False,
        script: bool = True,
        status: int = 200,
        **more: Any,
    ) -> Page:
        context = browser.new_context(
            base_url=site.address,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            has_touch=width < 600,
            permissions=["clipboard-read", "clipboard-write"],
            **more,
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        if by:
            context.add_cookies(
                [{"name": "paceline_session", "value": site.keys[by], "url": site.address}]
            )
        page = context.new_page()
        page.on(
            "console",
            lambda said: (
                complaints.append(f"{page.url}: {said.text}")
                if said.type in ("error", "warning") and "Failed to load resource" not in said.text
                else None
            ),
        )
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        # What was still loading when the next page was asked for is not a fault.
        page.on(
            "requestfailed",
            lambda lost: (
                None
                if "ERR_ABORTED" in str(lost.failure)
                else complaints.append(f"{lost.url}: {lost.failure}")
            ),
        )
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == status, f"{path} answered {answer.status}"
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)

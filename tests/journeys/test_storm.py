"""Many write at once, and the server is killed: nothing that was said to be kept is lost."""

import http.client
import itertools
import os
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.machine import until

pytestmark = pytest.mark.slow

CLIENTS = 16
REPLIES = 200
# How often the server is killed; thirty times with KILLS=30, which takes some minutes.
KILLS = int(os.environ.get("KILLS", "4"))

MAKE_BOARD = f"""
import json
from django.conf import settings
from django.contrib.auth import login
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.utils import timezone
from paceline.accounts.models import Member
from paceline.accounts.viewer import load_viewer
from paceline.conf.site import change_settings, load_site, rights_changed
from paceline.forum.models import Board
from paceline.posting.start_thread import start_thread

change_settings({{"posts_per_minute": 0}})
board = Board.objects.create(name="Training", slug="training")
rights_changed()
sessions = []
for n in range({CLIENTS}):
    member = Member.objects.create(name=f"Rider {{n}}", email=f"rider{{n}}@example.com")
    request = HttpRequest()
    request.META = {{"REMOTE_ADDR": "127.0.0.1", "HTTP_USER_AGENT": "a test"}}
    request.session = SessionStore()
    login(request, member, settings.AUTHENTICATION_BACKENDS[0])
    request.session.save()
    sessions.append(request.session.session_key)
opening = start_thread(load_viewer(load_site(), member), board.pk, "Storm", "It begins.")
print(json.dumps({{"thread": opening.thread_id, "sessions": sessions}}))
"""

READ_POSTS = """
import json
from paceline.forum.models import Post, Thread
thread = Thread.objects.get()
posts = list(Post.objects.order_by("number").values_list("number", "source"))
print(json.dumps({"posts": posts, "count": thread.post_count}))
"""


@pytest.fixture
def board(machine):
    assert machine.run("upgrade").returncode == 0
    return machine.script(MAKE_BOARD)


def test_two_hundred_replies_at_once_are_two_hundred_posts_in_a_row(machine, board):
    def reply(n: int) -> int:
        session = board["sessions"][n % CLIENTS]
        return machine.ask(
            f"/t/{board['thread']}/replies", {"source": f"Reply {n}."}, session=session
        ).status

    with machine.serving(), ThreadPoolExecutor(CLIENTS) as clients:
        statuses = set(clients.map(reply, range(REPLIES)))

    assert statuses == {302}
    kept = machine.script(READ_POSTS)
    assert [number for number, _ in kept["posts"]] == list(range(1, REPLIES + 2))
    assert {source for _, source in kept["posts"][1:]} == {f"Reply {n}." for n in range(REPLIES)}
    assert kept["count"] == REPLIES + 1
    check = machine.run("check")
    assert check.returncode == 0, check.stdout


def test_what_was_answered_is_there_after_the_server_was_killed(machine, board):
    address = f"/t/{board['thread']}/replies"
    answered: set[str] = set()
    numbers = itertools.count()

    def write(session: str, over: threading.Event) -> None:
        while not over.is_set():
            text = f"Reply {next(numbers)}."
            try:
                answer = machine.ask(address, {"source": text}, session=session)
            except (OSError, http.client.HTTPException):
                return
            if answer.status == 302:
                answered.add(text)

    def write_until_killed() -> None:
        over, wanted = threading.Event(), len(answered) + 5
        with machine.serving(), ThreadPoolExecutor(4) as writers:
            for session in board["sessions"][:4]:
                writers.submit(write, session, over)
            try:
                until(lambda: len(answered) >= wanted)
                time.sleep(random.random() / 10)  # wherever in a reply it may be
                machine.kill()
            finally:
                over.set()

    for _ in range(KILLS):
        write_until_killed()
        check = machine.run("check")
        assert check.returncode == 0, check.stdout

    kept = machine.script(READ_POSTS)
    assert answered <= {source for _, source in kept["posts"]}
    assert [number for number, _ in kept["posts"]] == list(range(1, len(kept["posts"]) + 1))
    print(f"{KILLS} kills: {len(answered)} replies answered, {len(kept['posts']) - 1} kept")  # noqa: T201

"""Stored posts follow a new version in the background, whatever happens to whoever does it."""

import signal
import subprocess
import time

import pytest

from paceline.markup.render import RENDERER_VERSION
from tests.machine import ROOT, Machine, until

POSTS = 3_000
MAKE = f"""
from django.utils import timezone
from paceline.forum.models import Board, Post, Rerendering, Thread
from paceline.forum.recount import find_drift, mend_drift
from datetime import timedelta
board = Board.objects.create(name='Training', slug='training')
thread = Thread.objects.create(board=board, title='Old', slug='old', last_number={POSTS},
                               author_name='Bo')
then = timezone.now() - timedelta(days=5000)
Post.objects.bulk_create([
    Post(thread=thread, number=n, author_name='Bo', source=f'[b]post {{n}}[/b]', html='old',
         posted_at=then + timedelta(minutes=n), edited_at=then if n % 7 == 0 else None)
    for n in range(1, {POSTS} + 1)
])
mend_drift(find_drift())
Rerendering.objects.all().delete()
print(board.pk)
"""
PLACE = (
    "from paceline.forum.models import Post, Rerendering;"
    "import json;"
    "run = Rerendering.objects.last();"
    f"new = Post.objects.filter(renderer={RENDERER_VERSION}).count();"
    "print(json.dumps([new, run.after_id, run.finished_at is not None]))"
)
WELL = f"""
import json
from django.db.models import F
from paceline.forum.models import Post
from paceline.posting.rerender import begin_after_upgrade
posts = Post.objects.order_by('number')
print(json.dumps([
    posts.exclude(renderer={RENDERER_VERSION}).count(),
    posts.filter(html='old').count(),
    posts.exclude(edited_at=None).count(),
    posts.filter(edited_at__gt=F('posted_at')).count(),
    posts.get(number=7).html,
]))
"""


@pytest.fixture
def old_board(machine: Machine) -> Machine:
    """A board of many posts that an older version rendered."""
    machine.run("upgrade")
    machine.script(MAKE)
    return machine


def all_is_well(machine: Machine) -> bool:
    left = machine.script(WELL)
    checked = machine.run("check")
    return (left, checked.returncode) == (
        [0, 0, POSTS // 7, 0, "<p><b>post 7</b></p>"],
        0,
    )


@pytest.mark.slow
@pytest.mark.slow
def test_at_the_keyboard_it_says_how_far_it_is(old_board):
    end = old_board.run("upgrade", "--wait")

    assert (end.returncode, end.stderr) == (0, "")
    assert "rendered anew in the background" in end.stdout
    old_board.run("reindex")
    assert all_is_well(old_board)
    again = old_board.run("rerender")
    assert (again.returncode, "Nothing to do" in again.stdout) == (0, True)
    every = old_board.run("rerender", "--all", "--full-speed")
    assert "all posts: 100 %, at posts; 3," in every.stdout
    assert "0 changed" in every.stdout
    assert old_board.run("rerender", "--board", "99").returncode == 1


@pytest.mark.slow
def test_killed_again_and_again_it_comes_to_its_end(old_board):
    old_board.run("upgrade")
    old_board.run("reindex")
    places: list[int] = []
    ends: list[int] = []
    # Before its first step, in the midst of them, or after the last, as fast as the machine is.
    for after_s in (0.8, 1.0, 1.25, 1.5, 2.0):
        with subprocess.Popen(
            old_board.command("rerender"),
            cwd=ROOT,
            env=old_board.variables(),
            stdout=subprocess.DEVNULL,
        ) as running:
            time.sleep(after_s)
            running.send_signal(signal.SIGKILL)
        ends.append(running.returncode)
        new, after_id, is_done = old_board.script(PLACE)
        # Never a post without the place, never the place without the post.
        assert new >= min(after_id, POSTS)
        places.append(after_id)
        if is_done:
            break
        old_board.script(
            "from paceline.forum.models import Rerendering;"
            "print(Rerendering.objects.update(held_until=None))"
        )

    assert ends[0] == -signal.SIGKILL
    assert places == sorted(places)
    assert old_board.run("rerender").returncode == 0
    assert all_is_well(old_board)


@pytest.mark.slow
def test_the_server_does_it_while_it_answers_and_after_it_was_killed(old_board):
    assert "in the background" in old_board.run("upgrade").stdout
    old_board.run("reindex")
    with old_board.serving("--workers", "1"):
        until(lambda: old_board.script(PLACE)[0] > 0)
        assert old_board.ask("/").status == 200
    between = old_board.script(PLACE)
    with old_board.serving("--workers", "1"):
        # The holder that was killed is waited for, and nobody else.
        until(lambda: old_board.script(PLACE)[2], timeout_s=60)
    assert between[0] <= POSTS
    assert all_is_well(old_board)

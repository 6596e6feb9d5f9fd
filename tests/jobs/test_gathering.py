"""The thread that writes, tried in processes of its own."""

import subprocess
import sys

import pytest

SCRIPT = """
import multiprocessing, os, time
os.environ["DJANGO_SETTINGS_MODULE"] = "paceline.conf.settings"
import paceline, django
django.setup()
from django.conf import settings
from paceline.jobs import gathering

written = []

@gathering.written_in_batches
def write():
    written.append(True)
    print("written", flush=True)

def visit(pause, batches):
    settings.GATHERING_SECONDS = pause
    gathering.wake()
    gathering.wake()
    deadline = time.monotonic() + 40
    while len(written) < batches and time.monotonic() < deadline:
        time.sleep(0.01)
    settings.GATHERING_SECONDS = 3600
    print("leaving", flush=True)
"""
CHILD = """
child = multiprocessing.get_context("fork").Process(target=visit, args=(60, 0))
child.start()
child.join()
"""


@pytest.fixture
def run(tmp_path):
    def lines(code: str) -> list[str]:
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT + code],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
            env={"PACELINE_DATA": str(tmp_path), "PYTHONPATH": "."},
        )
        return done.stdout.split()

    return lines


def test_what_was_gathered_is_written_again_and_again_by_one_thread(run):
    lines = run("visit(0.05, 3)")

    assert lines[:3] == ["written", "written", "written"]
    assert "leaving" in lines


def test_what_was_gathered_is_written_when_the_process_ends(run):
    assert run("visit(60, 0)") == ["leaving", "written"]


def test_what_a_worker_process_gathered_is_written_when_it_ends(run):
    assert run(CHILD) == ["leaving", "written"]


def test_nothing_is_started_where_batches_are_turned_off(run):
    assert run("visit(0, 0)") == ["leaving"]

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

gathering.written_in_batches(lambda: print("written", flush=True))

def visit(pause, stay):
    settings.GATHERING_SECONDS = pause
    gathering.wake()
    gathering.wake()
    time.sleep(stay)
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
    lines = run("visit(0.2, 0.5)")

    assert lines[:3] == ["written", "written", "leaving"]


def test_what_was_gathered_is_written_when_the_process_ends(run):
    assert run("visit(60, 0)") == ["leaving", "written"]


def test_what_a_worker_process_gathered_is_written_when_it_ends(run):
    assert run(CHILD) == ["leaving", "written"]


def test_nothing_is_started_where_batches_are_turned_off(run):
    assert run("visit(0, 0.1)") == ["leaving"]

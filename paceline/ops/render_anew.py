"""Rendering stored posts anew at the keyboard: done here, with lines that say how far it is."""

import time
from collections.abc import Callable
from uuid import uuid4

from paceline.administration.rerendering import RunLine, unfinished_runs
from paceline.posting.rerender import do_step, is_unfinished, release

SAY_S = 2.0
WAIT_S = 0.5


def render_anew(say: Callable[[str], None], *, full_speed: bool = False) -> None:
    """Go through all runs to their end, here or, where the server has one in hand, watching it.

    Without `full_speed` a pause as long as a quarter of the work leaves room for a board that is
    being read. Broken off at any moment, the server or another call goes on from there.
    """
    holder, said = uuid4().hex, time.monotonic()
    try:
        while is_unfinished():
            began = time.monotonic()
            if not do_step(holder):
                time.sleep(WAIT_S)
            elif not full_speed:
                time.sleep((time.monotonic() - began) / 4)
            if time.monotonic() - said > SAY_S:
                said = time.monotonic()
                for run in unfinished_runs()[:1]:
                    say(in_words(run))
    finally:
        release(holder)


def in_words(run: RunLine) -> str:
    """A run's place as one line."""
    left = f", about {run.left_s:,.0f} s left" if run.left_s is not None else ""
    return (
        f"{run.what}: {run.percent} %, at {run.stage}; {run.seen:,} looked at, {run.changed:,}"
        f" changed, {run.per_s:,.0f} a second{left}"
    )

"""Facts too small for a write each: gathered in memory, written in batches by a thread.

Each process has its own thread, started when the first fact is noted. A process that is killed
loses what it had gathered since its last batch; so only what may be lost is kept this way.
"""

import atexit
import logging
import os
import threading
from collections.abc import Callable
from multiprocessing import parent_process, util
from typing import TypeVar

from django.conf import settings
from django.db import connections

log = logging.getLogger(__name__)

Writer = TypeVar("Writer", bound=Callable[[], object])

_writers: list[Callable[[], object]] = []
_starting = threading.Lock()
_started_in = 0


def written_in_batches(writer: Writer) -> Writer:
    """Have a function called every `GATHERING_SECONDS` and when the process ends. A decorator."""
    _writers.append(writer)
    return writer


def wake() -> None:
    """Something was noted: see to it that this process has a thread that will write it."""
    if _started_in != os.getpid() and settings.GATHERING_SECONDS:
        _start()


def write_all() -> None:
    """Write what was gathered. One that fails is logged and does not keep others from writing."""
    for writer in _writers:
        try:
            writer()
        except Exception:
            log.exception("what was gathered could not be written")


def _start() -> None:
    global _started_in
    with _starting:
        if _started_in == os.getpid():
            return
        _started_in = os.getpid()
        threading.Thread(target=_write_for_ever, name="gathering", daemon=True).start()
        if parent_process() is None:
            atexit.register(write_all)
        else:
            # Worker processes end without running what atexit holds.
            util.Finalize(None, write_all, exitpriority=10)


def _write_for_ever() -> None:
    pause = threading.Event()
    while not pause.wait(settings.GATHERING_SECONDS):
        write_all()
        connections.close_all()

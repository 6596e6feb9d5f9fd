"""Facts too small for a write each: gathered in memory, written in batches by a thread.

Each process has its own thread, started when the first fact is noted. A process that is killed
loses what it had gathered since its last batch; so only what may be lost is kept this way.
"""

import atexit
import logging
import os
import threading
import time
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
_soon = threading.Event()


def written_in_batches(writer: Writer) -> Writer:
    """Have a function called every `GATHERING_SECONDS` and when the process ends. A decorator."""
    _writers.append(writer)
    return writer


def wake(*, soon: bool = False) -> None:
    """Something was noted: see to it that this process has a thread that will write it.

    With `soon` it is written within a tenth of a second, not when the pause is over.
    """
    if not settings.GATHERING_SECONDS:
        return
    if _started_in != os.getpid():
        _start()
    if soon:
        _soon.set()


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
    while True:
        if _soon.wait(settings.GATHERING_SECONDS):
            # A moment's patience puts what one busy instant leaves into one batch.
            time.sleep(0.1)
            _soon.clear()
        write_all()
        connections.close_all()

"""The server: worker processes that answer, one process that does the jobs, and what stops them.

`serve` runs in the process that `paceline serve` is. granian (https://github.com/emmett-framework/
granian) forks the workers, restarts one that died, and on TERM or INT lets running requests end.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server

# A request that is still running so long after TERM is cut off, or an upload that stalls would
# keep the old version alive for as long as its sender likes.
STOP_TIMEOUT_S = 5
# A server that was killed leaves its port only when its workers have noticed.
PORT_TIMEOUT_S = 4
PARENT_LOOK_S = 0.5
JOBS_RESTART_S = (1, 2, 5, 15, 60)


class CannotServe(Exception):
    """The server cannot start; the message is one sentence that says why."""


@dataclass(frozen=True)
class Options:
    """Where to listen, and with how many processes and threads in each."""

    host: str
    port: int
    workers: int
    threads: int
    access_log: bool
    jobs: bool


def serve(options: Options, announce: Callable[[], None]) -> None:
    """Serve until told to stop by TERM or INT. Raises CannotServe when the port is taken.

    `announce` is called once the port is had.
    """
    wait_for_port(options.host, options.port)
    server = Server(
        target="paceline.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.workers,
        blocking_threads=options.threads,
        backpressure=max(128, options.threads * 2),
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_TIMEOUT_S,
        http=HTTPModes.http1,
        websockets=False,
        # Its warnings are about there being more threads than cores, which is meant: they wait
        # for slow senders, not for the processor.
        log_level=LogLevels.error,
        log_access=options.access_log,
    )
    server.on_startup(announce)
    if options.jobs:
        jobs = JobsProcess()
        server.on_startup(jobs.start)
        server.on_shutdown(jobs.stop)
    server.serve(target_loader=partial(load_application, os.getpid()), wrap_loader=False)


def warm_up() -> None:
    """Load every address and every template, so that the workers share them from the start.

    Half a second of work, and some megabytes, that each worker would need for itself otherwise,
    the first visitor waiting.
    """
    from django.template import engines
    from django.template.backends.jinja2 import Jinja2
    from django.urls import get_resolver

    assert get_resolver().url_patterns
    for engine in engines.all():
        if isinstance(engine, Jinja2):
            for name in engine.env.list_templates():
                engine.env.get_template(name)


def share_connections() -> None:
    """Let the threads of this worker share a few connections to PostgreSQL.

    Only here: a command asks once, and should say at once when there is no server.
    """
    from django.conf import settings
    from django.db import connections

    # What the parent had open: a forked process would share the very socket.
    connections.close_all()
    if connections["default"].vendor == "postgresql":
        connections.settings["default"]["OPTIONS"]["pool"] = settings.DATABASE_POOL


def load_application(parent: int) -> Callable[..., Any]:
    """The WSGI application, loaded in a worker, which ends when the server that made it dies."""
    from paceline.wsgi import application

    share_connections()
    end_with_parent(parent, lambda: os.kill(os.getpid(), signal.SIGTERM))
    return application


def end_with_parent(parent: int, end: Callable[[], None]) -> None:
    """Call `end` from a thread once the process `parent` is gone, and exit for good a while later.

    Without it, workers of a server that was killed would go on holding its port.
    """

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(PARENT_LOOK_S)
        end()
        time.sleep(STOP_TIMEOUT_S)
        os._exit(1)

    threading.Thread(target=watch, name="end-with-parent", daemon=True).start()


def wait_for_port(host: str, port: int) -> None:
    """Return once nothing listens at the address. Raises CannotServe after PORT_TIMEOUT_S.

    granian shares the port among its workers (SO_REUSEPORT), so it would silently join another
    server there.
    """
    deadline = time.monotonic() + PORT_TIMEOUT_S
    while True:
        try:
            family, kind, _, _, address = socket.getaddrinfo(
                host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
            )[0]
            with socket.socket(family, kind) as probe:
                if os.name != "nt":
                    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(address)
                return
        except OSError as error:
            if time.monotonic() > deadline or isinstance(error, socket.gaierror):
                raise CannotServe(
                    f"cannot listen at {host} port {port}: {error.strerror}."
                    " Choose another with --port or --host."
                ) from error
        time.sleep(0.2)


class JobsProcess:
    """`paceline work` as one process beside the workers, so that a job is not done in each."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = self._spawn()
        threading.Thread(target=self._keep_alive, name="jobs-process", daemon=True).start()

    def stop(self) -> None:
        """Tell it to finish the job in hand, and end it when that takes too long."""
        self._stopping.set()
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _spawn(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "paceline", "work", "--with-parent", str(os.getpid())]
        return subprocess.Popen(command, stdin=subprocess.DEVNULL)

    def _keep_alive(self) -> None:
        falls = 0
        while self._process is not None:
            started = time.monotonic()
            self._process.wait()
            if self._stopping.is_set():
                return
            falls = falls + 1 if time.monotonic() - started < JOBS_RESTART_S[-1] else 0
            pause_s = JOBS_RESTART_S[min(falls, len(JOBS_RESTART_S) - 1)]
            sys.stderr.write(f"paceline: the jobs' process ended; started again in {pause_s} s.\n")
            if self._stopping.wait(pause_s):
                return
            self._process = self._spawn()

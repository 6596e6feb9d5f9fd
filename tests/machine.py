"""A board on a machine of its own: the command line and the server, as a person would run them.

Its database is what the tests run on: a file in its folder, or on PostgreSQL one made for it.
"""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
TOKEN = "t" * 32


@dataclass
class Answer:
    """What the server said; the names of headers in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Machine:
    """One board: its folder, and what its environment holds beside that."""

    data: Path
    environment: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=lambda: free_port())

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "paceline", *arguments]

    def variables(self, **more: str) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PACELINE_", "DATABASE_URL", "DJANGO_"))
        }
        return {**kept, "PACELINE_DATA": str(self.data), **self.environment, **more}

    def run(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """The command's end: its status and what it printed."""
        return subprocess.run(
            self.command(*arguments),
            cwd=ROOT,
            env=self.variables(**more),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def script(self, code: str) -> Any:
        """Run Python on the board; the answer is what it printed last, as JSON."""
        end = self.run("manage", "shell", "--verbosity", "0", "-c", code)
        assert end.returncode == 0, end.stderr
        return json.loads(end.stdout.splitlines()[-1])

    @contextmanager
    def serving(self, *options: str) -> Iterator[subprocess.Popen[str]]:
        """The server, from its first answer to the end of the last of its processes."""
        with self._log_file.open("wb") as log:
            server = subprocess.Popen(
                self.command("serve", "--port", str(self.port), *options),
                cwd=ROOT,
                env=self.variables(),
                stdout=subprocess.DEVNULL,
                stderr=log,
                text=True,
            )
        try:
            until(lambda: server.poll() is not None or self.answers())
            yield server
        finally:
            self.kill()
            server.wait()

    @property
    def _log_file(self) -> Path:
        return self.data.with_name("server.log")

    def log(self) -> str:
        """What the server wrote to its standard error since it was started last."""
        return self._log_file.read_text(encoding="utf-8")

    def kill(self) -> None:
        """End all of the server's processes with no word of warning."""
        for number in self.processes():
            try:
                os.kill(number, signal.SIGKILL)
            except ProcessLookupError:
                continue
        until(lambda: self.processes() == set())

    def processes(self) -> set[int]:
        """The running processes whose environment names this machine's folder."""
        mark = f"PACELINE_DATA={self.data}\0".encode()
        found = set()
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (folder / "environ").read_bytes():
                    found.add(int(folder.name))
            except OSError:
                continue  # it has ended, or it is another user's
        return found

    def ask(
        self,
        path: str,
        form: dict[str, str] | None = None,
        *,
        session: str = "",
        timeout_s: float = 30.0,
    ) -> Answer:
        """GET an address, or POST a form there, in a member's session where one is given."""
        headers = {"Cookie": f"paceline_csrf={TOKEN}; paceline_session={session}"}
        body = None
        if form is not None:
            body = urllib.parse.urlencode({**form, "csrfmiddlewaretoken": TOKEN})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout_s)
        try:
            line.request("GET" if form is None else "POST", path, body, headers)
            answer = line.getresponse()
            names = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, names, answer.read())
        finally:
            line.close()

    def answers(self) -> bool:
        try:
            self.ask("/")
        except (OSError, http.client.HTTPException):
            return False
        return True


@contextmanager
def new_machine(folder: Path) -> Iterator[Machine]:
    """A machine with an empty folder; on PostgreSQL with an empty database."""
    if connection.vendor != "postgresql":
        yield Machine(folder / "data")
        return
    name = f"machine_{uuid.uuid4().hex}"
    _on_server(f'CREATE DATABASE "{name}"')
    try:
        yield Machine(folder / "data", {"DATABASE_URL": _url_of(name)})
    finally:
        _on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


def _on_server(statement: str) -> None:
    import psycopg

    with psycopg.connect(_url_of("postgres"), autocommit=True) as server:
        server.execute(statement.encode())


def _url_of(database: str) -> str:
    """DATABASE_URL with another database in it."""
    address, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    return f"{address}/{database}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def until(condition: Callable[[], bool], timeout_s: float = 20.0) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, "it did not come to pass in time"
        time.sleep(0.05)

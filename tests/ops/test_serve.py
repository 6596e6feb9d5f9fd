"""The server: that it answers, stops in time, and leaves nothing behind when it is killed."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import Message
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

PAGE = "/account/login/"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def ask(port: int, path: str = PAGE) -> tuple[int, Message, bytes]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def answers(port: int) -> bool:
    try:
        ask(port)
    except OSError:
        return False
    return True


def processes_of(machine) -> set[int]:
    """The processes whose environment names this machine's folder."""
    mark = f"PACELINE_DATA={machine.data}\0".encode()
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (folder / "environ").read_bytes():
                found.add(int(folder.name))
        except OSError:
            continue  # it has ended, or it is another user's
    return found


def until(condition: Callable[[], bool], timeout_s: float = 20.0) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, "it did not come to pass in time"
        time.sleep(0.05)


@contextmanager
def serving(machine, port: int, *options: str) -> Iterator[subprocess.Popen[str]]:
    server = subprocess.Popen(
        machine.command("serve", "--port", str(port), *options),
        env=machine.variables(PACELINE_DATA=str(machine.data)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        until(lambda: server.poll() is not None or answers(port))
        yield server
    finally:
        server.kill()
        server.communicate()
        until(lambda: processes_of(machine) == set())


def test_it_serves_pages_and_static_files_and_stops_when_told(machine):
    port = free_port()
    with serving(machine, port, "--upgrade") as server:
        status, headers, body = ask(port)
        assert status == 200, body
        assert "Content-Security-Policy" in headers

        sheet = next((machine.data / "static" / "paceline").glob("*.????????????.css"))
        status, headers, body = ask(port, f"/static/paceline/{sheet.name}")
        assert (status, body) == (200, sheet.read_bytes())
        assert "immutable" in headers["Cache-Control"]

        server.send_signal(signal.SIGTERM)
        assert server.wait(10) == 0
    assert not answers(port)


def test_a_second_server_does_not_join_the_first_at_its_port(machine):
    port = free_port()
    with serving(machine, port, "--upgrade"):
        second = machine.run("serve", "--port", str(port))

        assert second.returncode == 1
        assert "Address already in use" in second.stderr
        assert len(second.stderr.splitlines()) == 1


def test_a_server_that_was_killed_leaves_nothing_behind_and_starts_again(machine):
    port = free_port()
    with serving(machine, port, "--upgrade") as server:
        server.kill()
        server.wait()
        until(lambda: processes_of(machine) == set(), 5)
    with serving(machine, port):
        assert ask(port)[0] == 200


def test_a_worker_that_died_and_the_jobs_are_started_again(machine):
    port = free_port()
    with serving(machine, port, "--upgrade") as server:
        until(lambda: len(processes_of(machine)) == 4)
        workers: set[int] = set()
        jobs: set[int] = set()
        for number in processes_of(machine) - {server.pid}:
            line = Path(f"/proc/{number}/cmdline").read_bytes()
            (jobs if b"\0work\0" in line else workers).add(number)
        assert (len(workers), len(jobs)) == (2, 1)

        killed = {workers.pop(), jobs.pop()}
        for number in killed:
            os.kill(number, signal.SIGKILL)
        until(lambda: len(processes_of(machine) - killed) == 4)
        assert ask(port)[0] == 200


def test_stalled_uploads_neither_stop_the_board_nor_keep_it_from_stopping(machine):
    port = free_port()
    with serving(machine, port, "--upgrade") as server:
        stalled = [socket.create_connection(("127.0.0.1", port)) for _ in range(20)]
        for one in stalled:
            one.sendall(
                f"POST {PAGE} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\n\r\nlogin=".encode()
            )
        assert ask(port)[0] == 200
        server.send_signal(signal.SIGTERM)
        assert server.wait(12) == 0
        for one in stalled:
            one.close()


@pytest.fixture(scope="module")
def senseless() -> dict[str, bytes]:
    """Requests that no page can answer, by what is wrong with them."""
    get, post, host = (
        b"GET / HTTP/1.1\r\n",
        f"POST {PAGE} HTTP/1.1\r\n".encode(),
        b"Host: localhost",
    )
    end = b"\r\n\r\n"
    return {
        "null byte in the path": b"GET /%00 HTTP/1.1\r\n" + host + end,
        "path that is not UTF-8": b"GET /%ff%fe HTTP/1.1\r\n" + host + end,
        "null byte in the query": b"GET /?q=%00 HTTP/1.1\r\n" + host + end,
        "another host's name": get + b"Host: elsewhere.example" + end,
        "no name of a host at all": get + b"Host: a b" + end,
        "endless address": b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\n" + host + end,
        "length below zero": post + host + b"\r\nContent-Length: -5" + end,
        "multipart without a boundary": post
        + host
        + b"\r\nContent-Length: 3\r\nContent-Type: multipart/form-data"
        + end
        + b"abc",
        "not HTTP": b"NONSENSE" + end,
    }


def test_requests_that_make_no_sense_are_refused_and_harm_nothing(machine, senseless):
    port = free_port()
    with serving(machine, port, "--upgrade", "--workers", "1"):
        answered = {}
        for what, request in senseless.items():
            with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
                line.sendall(request)
                answered[what] = line.recv(12).decode()
        wrong = {what: line for what, line in answered.items() if not line.startswith("HTTP/1.1 4")}
        assert wrong == {}
        assert ask(port)[0] == 200

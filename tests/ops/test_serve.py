"""The server: that it answers, stops in time, and leaves nothing behind when it is killed."""

import os
import signal
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.machine import until

pytestmark = pytest.mark.slow

PAGE = "/account/login/"


def test_it_serves_pages_and_static_files_and_stops_when_told(machine):
    with machine.serving("--upgrade") as server:
        page = machine.ask("/")
        assert page.status == 200, page.body
        assert "content-security-policy" in page.headers

        sheet = next((machine.data / "static" / "paceline").glob("*.????????????.css"))
        kept = machine.ask(f"/static/paceline/{sheet.name}")
        assert (kept.status, kept.body) == (200, sheet.read_bytes())
        assert "immutable" in kept.headers["cache-control"]

        server.send_signal(signal.SIGTERM)
        assert server.wait(10) == 0
    assert not machine.answers()


def test_a_second_server_does_not_join_the_first_at_its_port(machine):
    with machine.serving("--upgrade"):
        second = machine.run("serve", "--port", str(machine.port))

        assert second.returncode == 1
        assert "Address already in use" in second.stderr
        assert len(second.stderr.splitlines()) == 1


def test_a_server_that_was_killed_leaves_nothing_behind_and_starts_again(machine):
    with machine.serving("--upgrade") as server:
        server.kill()
        server.wait()
        until(lambda: machine.processes() == set(), 5)
    with machine.serving():
        assert machine.ask("/").status == 200


def test_a_worker_that_died_and_the_jobs_are_started_again(machine):
    with machine.serving("--upgrade") as server:
        until(lambda: len(machine.processes()) == 4)
        workers: set[int] = set()
        jobs: set[int] = set()
        for number in machine.processes() - {server.pid}:
            line = Path(f"/proc/{number}/cmdline").read_bytes()
            (jobs if b"\0work\0" in line else workers).add(number)
        assert (len(workers), len(jobs)) == (2, 1)

        killed = {workers.pop(), jobs.pop()}
        for number in killed:
            os.kill(number, signal.SIGKILL)
        until(lambda: len(machine.processes() - killed) == 4)
        assert machine.ask("/").status == 200


def test_stalled_uploads_neither_stop_the_board_nor_keep_it_from_stopping(machine):
    with machine.serving("--upgrade") as server:
        stalled = [socket.create_connection(("127.0.0.1", machine.port)) for _ in range(20)]
        for one in stalled:
            one.sendall(
                f"POST {PAGE} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\n\r\nlogin=".encode()
            )
        assert machine.ask("/").status == 200
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
    with machine.serving("--upgrade", "--workers", "1"):
        answered = {}
        for what, request in senseless.items():
            with socket.create_connection(("127.0.0.1", machine.port), timeout=10) as line:
                line.sendall(request)
                answered[what] = line.recv(12).decode()
        wrong = {what: line for what, line in answered.items() if not line.startswith("HTTP/1.1 4")}
        assert wrong == {}
        assert machine.ask("/").status == 200


def test_the_log_says_nothing_of_what_visitors_get_wrong(machine):
    with machine.serving("--upgrade"):
        assert machine.ask("/no/such/page/").status == 404
        assert machine.ask("/account/login/", {"login": "nobody"}).status != 500
        with socket.create_connection(("127.0.0.1", machine.port), timeout=10) as line:
            line.sendall(b"GET / HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n")
            assert line.recv(12) == b"HTTP/1.1 400"

    assert machine.log() == ""


def test_more_readers_than_a_database_takes_connections_are_all_answered(machine):
    # PostgreSQL takes a hundred, the workers have 128 threads, and each asks the database.
    with machine.serving("--upgrade"), ThreadPoolExecutor(160) as readers:
        answers = readers.map(lambda _: machine.ask("/", timeout_s=60).status, range(480))

        assert set(answers) == {200}

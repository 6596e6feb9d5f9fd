"""Files sent to a real server, over a real line: too large ones, broken ones, and others."""

import json
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import samples
from tests.machine import TOKEN, Machine, until

pytestmark = pytest.mark.slow

MAKE_BOARD = """
import json
from django.conf import settings
from django.contrib.auth import login
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from paceline.accounts.models import Member
from paceline.conf.site import rights_changed
from paceline.forum.models import Board

board = Board.objects.create(name="Training", slug="training")
rights_changed()
member = Member.objects.create(name="Rider", email="rider@example.com")
request = HttpRequest()
request.META = {"REMOTE_ADDR": "127.0.0.1", "HTTP_USER_AGENT": "a test"}
request.session = SessionStore()
login(request, member, settings.AUTHENTICATION_BACKENDS[0])
request.session.save()
print(json.dumps({"board": board.pk, "session": request.session.session_key}))
"""
COUNT_ROWS = """
import json
from paceline.media.models import Attachment, StoredFile
print(json.dumps([StoredFile.objects.count(), Attachment.objects.count()]))
"""
MEGABYTE = 1024 * 1024
# What a worker may need more than before while it says no.
ROOM = 24 * MEGABYTE


@dataclass
class Sender:
    """Somebody who sends files over a socket of their own."""

    machine: Machine
    board: int
    session: str

    @property
    def head(self) -> bytes:
        """The parts of a form before the file's content."""
        return (
            f'--xyz\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{TOKEN}'
            f'\r\n--xyz\r\nContent-Disposition: form-data; name="place"\r\n\r\nthread:{self.board}'
            '\r\n--xyz\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
        ).encode()

    def open(self, *more: str) -> socket.socket:
        """A line on which the request has begun, up to the empty line after its headers."""
        lines = (
            "POST /attachments/ HTTP/1.1",
            f"Host: 127.0.0.1:{self.machine.port}",
            f"Cookie: paceline_csrf={TOKEN}; paceline_session={self.session}",
            f"X-CSRFToken: {TOKEN}",
            "Content-Type: multipart/form-data; boundary=xyz",
            *more,
        )
        line = socket.create_connection(("127.0.0.1", self.machine.port), timeout=60)
        line.sendall("\r\n".join([*lines, "", ""]).encode())
        return line

    def send(self, content: bytes) -> tuple[int, dict]:
        """A whole upload; the status and what was answered."""
        body = self.head + content + b"\r\n--xyz--\r\n"
        with self.open(f"Content-Length: {len(body)}") as line:
            line.sendall(body)
            return read_answer(line)


def read_answer(line: socket.socket) -> tuple[int, dict]:
    """The status and the JSON of the answer, which ends with the line or with its length."""
    found = b""
    while not (b"\r\n\r\n" in found and found.rstrip().endswith(b"}")):
        part = line.recv(65536)
        if not part:
            break
        found += part
    status = re.match(rb"HTTP/1\.1 (\d+)", found)
    assert status, found
    body = re.search(rb"\{.*\}", found.partition(b"\r\n\r\n")[2], re.DOTALL)
    return int(status[1]), json.loads(body[0]) if body else {}


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


@pytest.fixture
def sender(machine: Machine, temporary: Path) -> Iterator[Sender]:
    machine.environment["TMPDIR"] = str(temporary)
    assert machine.run("upgrade").returncode == 0
    made = machine.script(MAKE_BOARD)
    with machine.serving("--workers", "1"):
        yield Sender(machine, made["board"], made["session"])


@pytest.fixture
def nothing_is_left(machine: Machine, temporary: Path):
    def look() -> bool:
        media = machine.data / "media"
        files = [path for path in media.rglob("*") if path.is_file()]
        return not files and not open_files(machine, temporary) and not list(temporary.iterdir())

    def check() -> None:
        until(look, 10)
        assert machine.script(COUNT_ROWS) == [0, 0]

    return check


def open_files(machine: Machine, folder: Path) -> list[str]:
    """The files in a folder that the server's processes hold open, those without a name too."""
    found = []
    for number in machine.processes():
        for link in Path(f"/proc/{number}/fd").glob("*"):
            try:
                target = str(link.readlink())
            except OSError:
                continue
            if target.startswith(str(folder)):
                found.append(target)
    return found


def most_memory(machine: Machine) -> int:
    """The most that any of the server's processes has ever needed, in bytes."""
    peaks = []
    for number in machine.processes():
        try:
            status = Path(f"/proc/{number}/status").read_text()
        except OSError:
            continue
        peaks += [int(found) * 1024 for found in re.findall(r"VmHWM:\s+(\d+) kB", status)]
    return max(peaks)


def test_a_file_arrives(sender, machine):
    status, answer = sender.send(b"Some words.\n" * 200_000)

    assert (status, answer["size"]) == (201, 2_400_000)
    assert machine.script(COUNT_ROWS) == [1, 1]


def test_three_hundred_megabytes_are_refused_from_their_length(sender, machine, nothing_is_left):
    sender.send(b"MZ\0")
    before = most_memory(machine)
    with sender.open(f"Content-Length: {300 * MEGABYTE}") as line:
        sent = send_much(line, sender.head, 300 * MEGABYTE)
        status, answer = read_answer(line)

    assert status == 413
    assert answer["error"] == "A file has at most 10,240 kilobytes here."
    assert most_memory(machine) - before < ROOM
    assert sent < 300 * MEGABYTE, "the answer came before the file was sent"
    nothing_is_left()
    assert machine.ask("/").status == 200


def test_three_hundred_megabytes_without_a_length_are_refused(sender, machine, nothing_is_left):
    sender.send(b"MZ\0")
    before = most_memory(machine)
    with sender.open("Transfer-Encoding: chunked") as line:
        send_much(line, sender.head, 300 * MEGABYTE, chunked=True)
        status, answer = read_answer(line)

    assert status == 411
    assert "how long it is" in answer["error"]
    assert most_memory(machine) - before < ROOM
    nothing_is_left()
    assert machine.ask("/").status == 200


def send_much(line: socket.socket, head: bytes, size: int, *, chunked: bool = False) -> int:
    """Send so many bytes until they are through, or until something is answered; how many went."""

    def framed(part: bytes) -> bytes:
        return b"%x\r\n%s\r\n" % (len(part), part) if chunked else part

    block = b"x" * 65536
    sent = 0
    line.setblocking(False)
    try:
        waiting = framed(head)
        while sent < size:
            try:
                if line.recv(1, socket.MSG_PEEK) is not None:
                    return sent
            except BlockingIOError:
                pass
            try:
                gone = line.send(waiting)
            except BlockingIOError:
                continue
            sent += gone
            waiting = waiting[gone:] or framed(block)
    except ConnectionError:
        return sent
    finally:
        line.setblocking(True)
        line.settimeout(30)
    return sent


@pytest.mark.parametrize("megabytes", [1, 8])
def test_a_line_that_is_cut_leaves_nothing(sender, machine, nothing_is_left, megabytes):
    line = sender.open(f"Content-Length: {9 * MEGABYTE}")
    line.sendall(sender.head + b"x" * megabytes * MEGABYTE)
    line.close()

    nothing_is_left()
    assert machine.ask("/").status == 200


def test_a_bomb_a_drawing_with_a_program_and_a_program_are_refused(sender, nothing_is_left):
    for content, words in (
        (samples.bomb(), "at most 30 megapixels"),
        (samples.SVG, "of no kind that is known here"),
        (b"MZ\x90\0\x03", "of no kind that is known here"),
        (b"", "empty"),
    ):
        status, answer = sender.send(content)
        assert status == 422
        assert words in answer["error"]
    nothing_is_left()

"""Pictures of a server that takes its time, wanted by many: the board goes on answering readers."""

import json
import socket
import threading
import time
from collections import Counter

import pytest

from paceline.media.remote_pictures import MOST_WAITING
from tests.machine import new_machine
from tests.media.bad_server import bad_server
from tests.samples import picture

pytestmark = pytest.mark.slow

# Longer than any page may take, shorter than the board's patience.
SLOW_S = 6.0
READERS = 40


@pytest.fixture
def server():
    with bad_server() as running:

        def take_your_time(sock: socket.socket) -> None:
            time.sleep(SLOW_S)
            body = picture()
            sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

        for number in range(READERS):
            running.answers[f"/{number}.png"] = take_your_time
        yield running


@pytest.fixture
def machine(server, tmp_path):
    with new_machine(tmp_path) as made:
        made.environment |= {
            "DJANGO_SETTINGS_MODULE": "tests.journeys.neighbours",
            "NEIGHBOUR_PORT": str(server.port),
        }
        end = made.run("upgrade")
        assert end.returncode == 0, end.stderr
        with made.serving("--workers", "1"):
            yield made


def test_readers_are_answered_while_many_wait_for_slow_pictures(server, machine):
    addresses = [server.url(f"/{number}.png") for number in range(READERS)]
    paths = machine.script(
        "import json\nfrom paceline.media.signing import picture_path\n"
        f"print(json.dumps([picture_path(one) for one in {json.dumps(addresses)}]))"
    )
    machine.ask("/")
    statuses: list[int] = []
    threads = [
        threading.Thread(target=lambda path=path: statuses.append(machine.ask(path).status))
        for path in paths
    ]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    slowest_s = 0.0
    while time.monotonic() - began < SLOW_S - 1:
        asked = time.monotonic()
        assert machine.ask("/").status == 200
        slowest_s = max(slowest_s, time.monotonic() - asked)
    for thread in threads:
        thread.join()

    # Well under what the pictures take, on a machine that is busy with tests.
    assert slowest_s < SLOW_S / 2
    assert Counter(statuses) == {200: MOST_WAITING, 503: READERS - MOST_WAITING}
    assert len(server.asked) == MOST_WAITING

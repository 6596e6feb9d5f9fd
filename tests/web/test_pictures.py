"""Pictures of elsewhere, as readers of this board get them, from a real server that misbehaves."""

import socket
import threading
import time
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

from paceline.conf.board_settings import BoardSettings
from paceline.media import remote_pictures
from paceline.media.fetch import Neighbours
from paceline.media.models import RemotePicture
from paceline.media.remote_pictures import Fetching, fetch_pictures, kept_bytes, sweep_pictures
from paceline.media.signing import picture_path
from tests.media.bad_server import bad_server
from tests.samples import film

pytestmark = pytest.mark.django_db


def picture_bytes(kind="PNG", size=(40, 30), **more):
    out = BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, kind, **more)
    return out.getvalue()


@pytest.fixture
def server(settings):
    with bad_server() as running:
        names = {"pictures.example": ("127.0.0.1",), "inside.example": ("10.0.0.5",)}
        settings.FETCH_NEIGHBOURS = Neighbours(names, frozenset({running.port}))
        yield running


def ask(server, path, **headers):
    return Client().get(picture_path(server.url(path)), headers=headers)


def test_a_picture_is_fetched_once_and_then_served_from_here(server):
    server.says("/a.png", picture_bytes())

    first, second = ask(server, "/a.png"), ask(server, "/a.png")
    body = first.content

    assert server.asked == ["/a.png"]
    assert body == second.content
    assert Image.open(BytesIO(body)).size == (40, 30)
    assert first["Content-Type"] == "image/png"
    assert "immutable" in first["Cache-Control"]
    assert first["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert first["X-Content-Type-Options"] == "nosniff"
    assert first["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not first.cookies
    row = RemotePicture.objects.get()
    assert (row.width, row.height, row.is_lasting, row.kind) == (40, 30, True, "png")


def test_it_is_served_when_its_server_is_gone(server):
    server.says("/a.png", picture_bytes())
    ask(server, "/a.png")
    server.close()

    assert ask(server, "/a.png").status_code == 200


def test_a_browser_that_has_it_is_told_so(server):
    server.says("/a.png", picture_bytes())
    etag = ask(server, "/a.png")["ETag"]

    assert ask(server, "/a.png", if_none_match=etag).status_code == 304


def test_nobody_but_the_board_makes_such_addresses(server):
    server.says("/a.png", picture_bytes())
    path = picture_path(server.url("/a.png"))
    _, _, signature, encoded = path.split("/")
    other = picture_path(server.url("/b.png")).split("/")[3]

    for wrong in (
        f"/picture/{signature[::-1]}/{encoded}",
        f"/picture/{signature}/{other}",
        f"/picture/{signature}/{encoded}=",
        f"/picture/x/{encoded}",
    ):
        answer = Client().get(wrong)
        assert answer.status_code == 404
        assert answer["Content-Type"].startswith("text/html")
    assert server.asked == []
    assert Client().post(path).status_code == 405


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
            "image/svg+xml",
        ),
        (b"<!doctype html><script>alert(1)</script>", "image/png"),
        (b"GIF89a<script>alert(1)</script>", "image/gif"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "image/png"),
        (b"%PDF-1.4", "image/jpeg"),
        (b"", "image/png"),
        (picture_bytes()[:-30], "image/png"),
    ],
)
def test_what_is_no_sound_picture_is_gone_whatever_it_is_called(server, body, kind):
    server.says("/", body, kind)

    answer = ask(server, "/")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "image/svg+xml"
    assert b"script" not in answer.content
    assert not default_storage.exists("remote")


def test_a_picture_that_would_fill_the_memory_is_not_decoded(server):
    huge = picture_bytes(size=(12_000, 12_000), compress_level=9)
    server.says("/", huge)

    assert len(huge) < 2_000_000
    assert ask(server, "/").status_code == 404


def test_only_what_can_be_seen_is_kept(server):
    exif = Image.Exif()
    exif[0x010E] = "Where I live"
    hidden = b"<script>alert(1)</script>"
    server.says("/", picture_bytes("JPEG", exif=exif) + hidden, "text/html")

    answer = ask(server, "/")
    body = answer.content
    assert answer["Content-Type"] == "image/jpeg"
    assert b"Where I live" not in body
    assert hidden not in body


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_of_a_camera_is_made_smaller(server, kind):
    server.says("/", picture_bytes(kind, size=(4000, 3000)))

    shown = Image.open(BytesIO(ask(server, "/").content))
    assert (shown.format, shown.size) == (kind, (2560, 1920))
    row = RemotePicture.objects.get()
    assert (row.width, row.height) == (2560, 1920)


def test_a_picture_that_moves_goes_on_moving(server):
    server.says("/", film("GIF"), "image/gif")

    shown = Image.open(BytesIO(ask(server, "/").content))
    assert getattr(shown, "n_frames", 1) == 3


@pytest.mark.parametrize(
    "address",
    ["http://inside.example/a.png", "http://169.254.169.254/", "http://127.0.0.1/a.png"],
)
def test_addresses_within_are_not_asked(server, address):
    assert Client().get(picture_path(address)).status_code == 404
    server.leads("/", address)
    assert ask(server, "/").status_code == 404
    assert server.asked == ["/"]


def test_a_server_that_gave_nothing_is_left_alone_for_a_while(server):
    server.says("/", b"", "text/html", "503 Later")

    assert [ask(server, "/").status_code for _ in range(3)] == [404, 404, 404]
    assert server.asked == ["/"]

    server.says("/", picture_bytes())
    RemotePicture.objects.update(retry_at="2020-01-01T00:00Z")
    assert ask(server, "/").status_code == 200
    row = RemotePicture.objects.get()
    assert (row.failures, row.retry_at) == (0, None)


def test_the_same_picture_at_two_addresses_is_kept_once(server):
    for path in ("/a.png", "/b.png"):
        server.says(path, picture_bytes())
        ask(server, path)

    keys = set(RemotePicture.objects.values_list("key", flat=True))
    assert len(keys) == 1
    assert kept_bytes() == RemotePicture.objects.all()[0].size


def test_a_board_that_keeps_none_lets_them_go_after_a_day(
    server, world, django_capture_on_commit_callbacks
):
    world.set(keep_remote_pictures="no")
    server.says("/a.png", picture_bytes())
    ask(server, "/a.png")
    key = RemotePicture.objects.get().key

    assert sweep_pictures() == 0
    RemotePicture.objects.update(fetched_at="2020-01-01T00:00Z")
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep_pictures() == 1
    assert not default_storage.exists(key)
    # How large it is stays known, so that pages do not jump.
    assert RemotePicture.objects.get().width == 40
    assert ask(server, "/a.png").status_code == 200
    assert len(server.asked) == 2


def test_a_file_stays_while_another_address_has_it(
    server, world, django_capture_on_commit_callbacks
):
    for path in ("/a.png", "/b.png"):
        server.says(path, picture_bytes())
        ask(server, path)
    first = RemotePicture.objects.order_by("id")[0]
    RemotePicture.objects.filter(id=first.pk).update(
        is_lasting=False, fetched_at="2020-01-01T00:00Z"
    )

    with django_capture_on_commit_callbacks(execute=True):
        assert sweep_pictures() == 1
    assert ask(server, "/b.png").status_code == 200
    assert default_storage.exists(first.key)


def test_no_more_is_kept_than_the_board_allows(server, world):
    world.set(remote_picture_megabytes=0)
    server.says("/a.png", picture_bytes())

    assert ask(server, "/a.png").status_code == 200
    assert RemotePicture.objects.get().is_lasting is False


def test_a_board_without_pictures_of_elsewhere_asks_nobody(server, world):
    world.set(remote_pictures="no")
    server.says("/a.png", picture_bytes())

    assert ask(server, "/a.png").status_code == 404
    assert server.asked == []


def test_a_job_fetches_what_is_missing_several_at_a_time(server):
    for number in range(4):
        server.says(f"/{number}", picture_bytes(size=(10 + number, 10)))
    addresses = [server.url(f"/{number}") for number in range(6)]

    assert fetch_pictures(addresses) == Fetching(4, is_done=True)
    assert fetch_pictures(addresses) == Fetching(0, is_done=True)
    assert sorted(server.asked) == [f"/{number}" for number in range(6)]
    assert RemotePicture.objects.exclude(key="").count() == 4


def test_a_job_begins_nothing_after_its_time(server):
    server.says("/a.png", picture_bytes())

    assert fetch_pictures([server.url("/a.png")], within_s=0) == Fetching(0, is_done=False)
    assert server.asked == []


def test_files_that_no_row_names_go_after_a_day(server, monkeypatch):
    server.says("/a.png", picture_bytes())
    ask(server, "/a.png")
    key = RemotePicture.objects.get().key
    RemotePicture.objects.all().delete()

    sweep_pictures()
    assert default_storage.exists(key)
    monkeypatch.setattr(remote_pictures, "PASSING", timedelta(0))
    sweep_pictures()
    assert not default_storage.exists(key)


# Many readers and slow servers


def slowly(server, path, release):
    def answer(sock: socket.socket) -> None:
        release.wait(5)
        body = picture_bytes()
        sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))

    server.answers[path] = answer


def in_threads(calls):
    """What each call answers, all of them made at once."""
    answers = [None] * len(calls)

    def run(place, call):
        answers[place] = call()

    threads = [threading.Thread(target=run, args=(place, call)) for place, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    return threads, answers


def test_slow_servers_hold_a_few_threads_and_no_more(server, monkeypatch):
    """The rest of the threads go on answering readers."""
    release = threading.Event()
    monkeypatch.setattr(remote_pictures, "_find", lambda _address: None)
    monkeypatch.setattr(remote_pictures, "_record", lambda *_a: None)
    for number in range(12):
        slowly(server, f"/{number}", release)

    def get(number):
        try:
            remote_pictures.open_picture(server.url(f"/{number}"))
        except (remote_pictures.PictureGone, remote_pictures.TooBusy) as refusal:
            return type(refusal)

    monkeypatch.setattr(remote_pictures, "load_site", lambda: _Site())
    threads, answers = in_threads([lambda n=n: get(n) for n in range(12)])
    began = time.monotonic()
    while answers.count(remote_pictures.TooBusy) < 12 - remote_pictures.MOST_WAITING:
        assert time.monotonic() - began < 4
        time.sleep(0.01)
    release.set()
    for thread in threads:
        thread.join()

    assert answers.count(remote_pictures.TooBusy) == 12 - remote_pictures.MOST_WAITING
    assert len(server.asked) == remote_pictures.MOST_WAITING
    # And all of them are free again.
    assert remote_pictures._room._value == remote_pictures.MOST_WAITING


class _Site:
    class settings:
        remote_pictures = True


def test_readers_of_one_picture_ask_its_server_once(server, monkeypatch):
    release = threading.Event()
    slowly(server, "/a.png", release)
    monkeypatch.setattr(remote_pictures, "_find", lambda _address: None)
    monkeypatch.setattr(remote_pictures, "_record", lambda *_a: None)
    address = server.url("/a.png")

    threads, _ = in_threads([lambda: remote_pictures._fetch_once(address, BoardSettings())] * 5)
    began = time.monotonic()
    while not _flight_waited_for_by(address, 4):
        assert time.monotonic() - began < 4
        time.sleep(0.01)
    release.set()
    for thread in threads:
        thread.join()

    assert server.asked == ["/a.png"]
    assert remote_pictures._flights == {}


def _flight_waited_for_by(address, count):
    landed: Any = remote_pictures._flights.get(address)
    return landed is not None and len(landed._cond._waiters) == count


def test_a_busy_board_says_when_to_come_back(server, monkeypatch):
    monkeypatch.setattr(remote_pictures, "_room", threading.BoundedSemaphore(1))
    remote_pictures._room.acquire()

    answer = ask(server, "/a.png")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert answer["Cache-Control"] == "no-store"

"""Files in an S3 store: a server that speaks its protocol, on this machine, over real HTTP."""

import logging
import urllib.request
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from moto.server import ThreadedMotoServer

from paceline.conf.file_store import storage_from
from paceline.lib.errors import NotFound
from paceline.media import files, store
from paceline.media.avatars import read_avatar, set_avatar
from paceline.media.models import Attachment, StoredFile
from paceline.media.store import StoreSilent
from paceline.posting.attach import detach_file
from tests import samples
from tests.posting.attached import hang, send

# Its first import and request take most of the time.
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server():
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    made = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    made.start()
    host, port = made.get_host_and_port()
    yield f"{host}:{port}"
    made.stop()


@pytest.fixture
def bucket(server, settings, tmp_path):
    address = f"s3+http://key:secret@{server}/files-of-the-board/board"
    settings.STORAGES = {**settings.STORAGES, "default": storage_from(address, tmp_path)}
    made = default_storage.bucket  # type: ignore[attr-defined]
    made.create()
    yield made
    urllib.request.urlopen(  # forget everything
        urllib.request.Request(f"http://{server}/moto-api/reset", method="POST")
    ).close()


def keys(bucket) -> set[str]:
    return {item.key for item in bucket.objects.all()}


def test_a_picture_is_kept_served_and_thrown_away(
    world, bo, bucket, settings, django_capture_on_commit_callbacks
):
    row = send(bo, f"reply:{world.thread.pk}", samples.picture("PNG", (900, 600)), "ride.png")

    file = StoredFile.objects.get()
    assert keys(bucket) == {f"board/{file.key}", f"board/{file.key}.small.webp"}
    assert not Path(settings.MEDIA_ROOT).exists()
    browser = Client()
    browser.force_login(world.bo)
    whole = b"".join(browser.get(row.address))
    assert whole[:4] == b"\x89PNG"
    part = browser.get(row.address, headers={"Range": "bytes=1-3"})
    assert (part.status_code, b"".join(part)) == (206, b"PNG")
    assert b"".join(browser.get(row.thumbnail))[:4] == b"RIFF"
    assert files.find_lost() == []
    assert files.find_strays() == []

    with django_capture_on_commit_callbacks(execute=True):
        detach_file(bo, row.id)
    assert keys(bucket) == set()


def test_what_is_lost_there_is_told(world, bucket):
    post = world.reply(author=world.bo)
    row = hang(world, post, samples.PDF, "plan.pdf")
    file = Attachment.objects.get(id=row.id).file
    bucket.Object(f"board/{file.key}").delete()

    answer = Client().get(row.address)

    assert answer.status_code == 404
    assert b"This file is lost" in answer.content
    assert files.find_lost() == [file]


def test_a_store_that_does_not_answer_is_told_and_nothing_is_left(
    world, bo, settings, tmp_path, caplog
):
    address = "s3+http://key:secret@127.0.0.1:9/files-of-the-board"
    settings.STORAGES = {**settings.STORAGES, "default": storage_from(address, tmp_path)}
    default_storage.client_config = default_storage.client_config.merge(  # type: ignore[attr-defined]
        type(default_storage.client_config)(retries={"max_attempts": 0})  # type: ignore[attr-defined]
    )

    with pytest.raises(StoreSilent, match="does not answer"):
        send(bo, f"reply:{world.thread.pk}", samples.PDF, "plan.pdf")

    assert not StoredFile.objects.exists()
    assert not Attachment.objects.exists()


def test_avatars_lie_there_too(world, bo, bucket, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        set_avatar(bo, BytesIO(samples.picture()), 100)

    assert len(keys(bucket)) == 2
    assert read_avatar(bo.member.avatar)[:4] == b"RIFF"
    with pytest.raises(NotFound):
        read_avatar("a" * 22 + ".webp")


def test_a_file_comes_in_blocks(bucket):
    content = b"x" * (3 * store.BLOCK_BYTES + 5)
    store.write("files/ab/long", BytesIO(content))

    blocks = list(store.read("files/ab/long"))

    assert [len(block) for block in blocks] == [store.BLOCK_BYTES] * 3 + [5]
    assert list(store.list_keys("files")) == ["files/ab/long"]

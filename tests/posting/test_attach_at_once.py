"""The same file sent and thrown away by many at once: none is lost, none is left over."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from paceline.lib.errors import NotFound
from paceline.media import files
from paceline.media.models import Attachment, StoredFile
from paceline.posting.attach import detach_file
from tests import samples
from tests.posting.attached import send

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.slow]

MEMBERS, ROUNDS = 6, 12


def test_no_file_is_lost_and_none_is_left(world):
    place = f"thread:{world.training.pk}"
    members = [world.member(f"Rider {n}") for n in range(MEMBERS)]

    def come_and_go(member) -> None:
        try:
            viewer = world.viewer(member)
            for turn in range(ROUNDS):
                row = send(viewer, place, samples.PDF, "plan.pdf")
                key = Attachment.objects.select_related("file").get(id=row.id).file.key
                assert (Path(settings.MEDIA_ROOT) / key).read_bytes() == samples.PDF
                if turn < ROUNDS - 1 or member.pk % 2:
                    detach_file(viewer, row.id)
        finally:
            connection.close()

    with ThreadPoolExecutor(MEMBERS) as pool:
        for done in [pool.submit(come_and_go, member) for member in members]:
            done.result()

    kept = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert StoredFile.objects.count() == len(kept) == 1
    assert files.find_lost() == []
    assert Attachment.objects.count() == MEMBERS // 2


def test_one_member_takes_no_more_room_than_there_is(world):
    world.set(attachments_per_post=4)
    viewer = world.viewer(world.bo)
    place = f"thread:{world.training.pk}"

    def try_one(number: int) -> bool:
        try:
            send(viewer, place, b"%d" % number)
        except Exception:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        taken = sum(pool.map(try_one, range(16)))

    assert taken == Attachment.objects.count() == StoredFile.objects.count() == 4


def test_a_file_that_is_taken_off_twice_at_once_is_taken_off_once(world):
    viewer = world.viewer(world.bo)
    row = send(viewer, f"thread:{world.training.pk}")

    def take_off(_: int) -> bool:
        try:
            detach_file(viewer, row.id)
        except NotFound:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert any(pool.map(take_off, range(4)))
    assert not StoredFile.objects.exists()

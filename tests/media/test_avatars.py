from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from paceline.lib.errors import Invalid, NotAllowed, NotFound, SignInFirst
from paceline.media.avatars import read_avatar, remove_avatar, set_avatar


def picture(colour: str = "teal") -> bytes:
    out = BytesIO()
    Image.new("RGB", (300, 200), colour).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def send(django_capture_on_commit_callbacks):
    """`send(viewer, bytes)` sends a picture, through to what happens after the commit."""

    def upload(viewer, data):
        with django_capture_on_commit_callbacks(execute=True):
            set_avatar(viewer, BytesIO(data), len(data))
        return viewer.member.avatar

    return upload


def files() -> set[str]:
    root = Path(settings.MEDIA_ROOT)
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def test_a_picture_is_kept_in_two_sizes_under_a_name_that_tells_nothing(world, bo, send):
    name = send(bo, picture())

    world.bo.refresh_from_db()
    assert world.bo.avatar == name
    assert files() == {f"avatars/{name}", f"avatars/large/{name}"}
    sizes = [Image.open(BytesIO(read_avatar(name, is_large=large))).size for large in (False, True)]
    assert sizes == [(96, 96), (256, 256)]
    assert "Bo" not in name


def test_the_picture_before_is_taken_away(bo, send, django_capture_on_commit_callbacks):
    before = send(bo, picture())
    after = send(bo, picture("orange"))

    assert files() == {f"avatars/{after}", f"avatars/large/{after}"}
    with pytest.raises(NotFound):
        read_avatar(before)

    with django_capture_on_commit_callbacks(execute=True):
        remove_avatar(bo)
    assert files() == set()
    assert bo.member.avatar == ""


def test_a_picture_that_is_too_large_or_none_changes_nothing(world, bo, send):
    name = send(bo, picture())
    world.set(avatar_kilobytes=16)
    bo = world.viewer(world.bo)

    with pytest.raises(Invalid, match="At most 16 kilobytes"):
        send(bo, picture() + b"\0" * 20_000)
    with pytest.raises(Invalid, match="no JPEG"):
        send(bo, b"hello")

    world.bo.refresh_from_db()
    assert world.bo.avatar == name
    assert files() == {f"avatars/{name}", f"avatars/large/{name}"}


def test_visitors_and_banned_members_send_no_pictures(nobody, mal, send):
    with pytest.raises(SignInFirst):
        send(nobody, picture())
    with pytest.raises(NotAllowed, match="banned"):
        send(mal, picture())
    assert files() == set()


@pytest.mark.parametrize(
    "name",
    [
        "../../board.sqlite3",
        "..%2f..%2fboard.sqlite3",
        "large/x.webp",
        "a" * 22 + ".webp\n",
        "a" * 22 + ".png",
        "\0" * 22 + ".webp",
        "",
    ],
)
def test_a_name_that_is_none_leads_nowhere(name):
    with pytest.raises(NotFound):
        read_avatar(name)

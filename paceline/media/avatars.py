"""Avatars: the picture beside a member's posts."""

import re
import secrets
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from paceline.accounts.models import Member
from paceline.accounts.viewer import Viewer
from paceline.lib.errors import Invalid, NotAllowed, NotFound, SignInFirst
from paceline.media.pictures import make_squares

# In pixels, for twice the size at which pages show them: beside posts, and on the member's page.
SMALL, LARGE = 96, 256
_NAME = re.compile(r"[A-Za-z0-9_-]{22}\.webp")


def set_avatar(viewer: Viewer, file: IO[bytes], size_bytes: int) -> None:
    """Make a picture that was sent the member's avatar; the one before is taken away.

    Raises SignInFirst, NotAllowed for a banned member, or Invalid("picture", ...) where it is
    too large or no picture. One query.
    """
    member = _member(viewer)
    most = viewer.site.settings.avatar_kilobytes
    if size_bytes > most * 1024:
        raise Invalid("picture", f"At most {most:,} kilobytes; this has {size_bytes // 1024:,}.")
    large, small = make_squares(file.read(), (LARGE, SMALL))
    # 128 bits at random: the name tells nothing and is never given twice.
    name = f"{secrets.token_urlsafe(16)}.webp"
    default_storage.save(_place(name, is_large=False), ContentFile(small))
    default_storage.save(_place(name, is_large=True), ContentFile(large))
    try:
        _change(member, name)
    except BaseException:
        delete_files(name)
        raise


def remove_avatar(viewer: Viewer) -> None:
    """Go back to the drawn avatar. Raises SignInFirst or NotAllowed. One query."""
    _change(_member(viewer), "")


def read_avatar(name: str, *, is_large: bool = False) -> bytes:
    """The bytes of an avatar, always WebP. Raises NotFound for a name that is none."""
    if not _NAME.fullmatch(name):
        raise NotFound("There is no such picture.")
    try:
        with default_storage.open(_place(name, is_large=is_large)) as file:
            content: bytes = file.read()
            return content
    except FileNotFoundError as error:
        raise NotFound("There is no such picture.") from error


def delete_files(name: str) -> None:
    """Take an avatar's files away; nothing happens where there are none. After the commit."""
    if _NAME.fullmatch(name):
        default_storage.delete(_place(name, is_large=False))
        default_storage.delete(_place(name, is_large=True))


def _change(member: Member, name: str) -> None:
    with transaction.atomic():
        before = member.avatar
        member.avatar = name
        member.save(update_fields=["avatar"])
        transaction.on_commit(lambda: delete_files(before))


def _place(name: str, *, is_large: bool) -> str:
    return f"avatars/large/{name}" if is_large else f"avatars/{name}"


def _member(viewer: Viewer) -> Member:
    if viewer.member is None:
        raise SignInFirst("Sign in first, then you can choose a picture.")
    if viewer.is_banned:
        raise NotAllowed("While you are banned, your picture stays as it is.")
    return viewer.member

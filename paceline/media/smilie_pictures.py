"""The pictures of a board's own smilies: small ones, made anew like every picture that comes in."""

import io
import re
import secrets
from typing import IO

from paceline.lib.errors import Invalid, NotFound
from paceline.lib.file_kinds import HEAD_BYTES, KINDS, kind_of
from paceline.media import store
from paceline.media.pictures import clean_picture

MOST_BYTES = 64 * 1024
# In pixels, each way: twice the height of a line of text and more.
MOST_SIDE = 128
TAKEN = ("png", "gif", "webp", "jpeg")
_NAME = re.compile(r"[A-Za-z0-9_-]{22}\.(png|gif|webp|jpeg)")


def keep_smilie_picture(file: IO[bytes], size_bytes: int) -> str:
    """Keep a picture; answers its name, which is never given twice.

    Raises Invalid("picture", ...) where it is too large or no picture, NoRoom, or StoreSilent.
    """
    if size_bytes > MOST_BYTES:
        raise Invalid("picture", f"At most {MOST_BYTES // 1024} kilobytes.")
    data = file.read(MOST_BYTES + 1)
    kind = kind_of(data[:HEAD_BYTES])
    if kind not in TAKEN or len(data) > MOST_BYTES:
        raise Invalid("picture", "Choose a small picture: PNG, GIF, WebP or JPEG.")
    try:
        clean = clean_picture(kind, data)
    except Invalid as refusal:
        raise Invalid("picture", refusal.sentence) from refusal
    if max(clean.width, clean.height) > MOST_SIDE:
        raise Invalid(
            "picture",
            f"This has {clean.width} by {clean.height} pixels; at most {MOST_SIDE} each way.",
        )
    name = f"{secrets.token_urlsafe(16)}.{kind}"
    store.write(_key(name), io.BytesIO(clean.data))
    return name


def read_smilie_picture(name: str) -> tuple[bytes, str]:
    """The bytes and the media type. Raises NotFound for a name that is none."""
    found = _NAME.fullmatch(name)
    if found is None:
        raise NotFound("There is no such picture.")
    try:
        return b"".join(store.read(_key(name))), KINDS[found[1]].media_type
    except FileNotFoundError as error:
        raise NotFound("There is no such picture.") from error


def forget_smilie_picture(name: str) -> None:
    """Take the file away; nothing happens where there is none. After the commit."""
    if _NAME.fullmatch(name):
        store.remove(_key(name))


def _key(name: str) -> str:
    return f"smilies/{name}"

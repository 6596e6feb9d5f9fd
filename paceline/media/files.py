"""Files kept once by what they hold: taken in, and thrown away when nothing refers to them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from io import BytesIO
from typing import IO

from django.db import IntegrityError, transaction
from django.utils import timezone

from paceline.conf.board_settings import BoardSettings
from paceline.lib.errors import Invalid
from paceline.lib.file_kinds import HEAD_BYTES, KINDS, PICTURES, kind_of
from paceline.media import store
from paceline.media.models import Attachment, StoredFile
from paceline.media.pictures import clean_picture

FOLDER = "files"
_SMALL = ".small.webp"
_TAIL_BYTES = 64 * 1024
# What lies in the store without a row is being written, or was left by a process that died.
BEING_WRITTEN = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Content:
    """A file as it will be kept: its kind, its bytes, and for a picture size and thumbnail."""

    kind: str
    file: IO[bytes]
    size: int
    sha256: str
    width: int = 0
    height: int = 0
    small: bytes = b""


def read_content(file: IO[bytes], size: int, settings: BoardSettings) -> Content:
    """What a file is, by its content, and what will be kept of it. No query.

    Pictures are made anew, all others kept as they are. Raises Invalid("file", ...) for a file
    that is empty, too large, of a kind that the board does not take, or no sound picture.
    """
    _check_size(size, settings)
    head, tail = _ends(file, size)
    kind = kind_of(head, tail)
    if kind not in settings.attachment_kinds.split():
        raise Invalid("file", _why_not(kind, settings))
    if kind not in PICTURES:
        return Content(kind, file, size, _hash(file))
    file.seek(0)
    made = clean_picture(kind, file.read(), settings.picture_megapixels * 1_000_000)
    _check_size(len(made.data), settings, stretch=2)
    digest = hashlib.sha256(made.data).hexdigest()
    return Content(
        *(kind, BytesIO(made.data), len(made.data), digest, made.width, made.height, made.small)
    )


def _check_size(size: int, settings: BoardSettings, stretch: int = 1) -> None:
    if size == 0:
        raise Invalid("file", "This file is empty.")
    if size > settings.attachment_kilobytes * 1024 * stretch:
        raise Invalid("file", too_large(settings))


def too_large(settings: BoardSettings) -> str:
    """The sentence for a file beyond the board's limit."""
    return f"A file has at most {settings.attachment_kilobytes:,} kilobytes here."


def _ends(file: IO[bytes], size: int) -> tuple[bytes, bytes]:
    file.seek(0)
    head = file.read(HEAD_BYTES)
    file.seek(max(0, size - _TAIL_BYTES))
    return head, file.read(_TAIL_BYTES)


def _why_not(kind: str, settings: BoardSettings) -> str:
    taken = [KINDS[name].words for name in settings.attachment_kinds.split()]
    if not taken:
        return "This board takes no attachments."
    what = f"a {KINDS[kind].words}" if kind else "of no kind that is known here"
    return (
        f"By its content this file is {what}, whatever its name says."
        f" Taken here: {', '.join(taken)}."
    )


def _hash(file: IO[bytes]) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while block := file.read(store.BLOCK_BYTES):
        digest.update(block)
    return digest.hexdigest()


def keep_file(content: Content) -> StoredFile:
    """The row of the file, which is written to the store unless it lies there already.

    Outside of any transaction, since writing takes its time; whoever makes a row that refers to
    the file does it within `hold_file`. One query, or about three. Raises NoRoom, StoreSilent.
    """
    known = StoredFile.objects.filter(sha256=content.sha256).first()
    if known is not None:
        return known
    key = store.new_key(FOLDER, content.sha256)
    try:
        store.write(key, content.file)
        if content.small:
            store.write(small_key(key), BytesIO(content.small))
        with transaction.atomic():
            return StoredFile.objects.create(
                sha256=content.sha256,
                key=key,
                kind=content.kind,
                size=content.size,
                width=content.width,
                height=content.height,
            )
    except IntegrityError:
        # The same file was being sent by somebody else, who was first.
        _remove(key)
        return StoredFile.objects.get(sha256=content.sha256)
    except BaseException:
        _remove(key)
        raise


def hold_file(file_id: int) -> bool:
    """Keep the file from being thrown away until the caller's transaction ends; whether it is
    still there. One query."""
    return StoredFile.objects.select_for_update().filter(id=file_id).first() is not None


def small_key(key: str) -> str:
    """Where the thumbnail of a picture lies."""
    return f"{key}{_SMALL}"


def forget_unused(file_ids: Iterable[int]) -> int:
    """Throw away those of these files that nothing refers to; answers how many. Three queries.

    Within a transaction of the caller's or its own; the files go after the commit.
    """
    with transaction.atomic():
        rows = StoredFile.objects.select_for_update().filter(id__in=list(file_ids))
        used = set(
            Attachment.objects.filter(file__in=[row.pk for row in rows]).values_list(
                "file_id", flat=True
            )
        )
        unused = [row for row in rows if row.pk not in used]
        StoredFile.objects.filter(id__in=[row.pk for row in unused]).delete()
        for row in unused:
            transaction.on_commit(partial(_remove, row.key))
    return len(unused)


def _remove(key: str) -> None:
    store.remove(key)
    store.remove(small_key(key))


def find_strays() -> list[str]:
    """Keys in the store that no row knows, but for what may just be being written."""
    known = set(StoredFile.objects.values_list("key", flat=True))
    old = timezone.now() - BEING_WRITTEN
    strays = []
    for key in store.list_keys(FOLDER):
        if key.removesuffix(_SMALL) not in known and store.written_at(key) < old:
            strays.append(key)
    return strays


def find_lost() -> list[StoredFile]:
    """Rows whose file, or whose thumbnail, the store does not hold. By id, without queries for
    each: all keys are listed once."""
    there = set(store.list_keys(FOLDER))
    return [
        row
        for row in StoredFile.objects.order_by("id")
        if row.key not in there or (row.width and small_key(row.key) not in there)
    ]

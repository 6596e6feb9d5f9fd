"""Where files lie: in the data folder, or in an S3 store where one is set (docs/operating.md).

Everything that reads or writes a member's file goes through here, by keys such as
`files/ab/abcdef…`. A key is never written twice, so nothing that is read can change.
"""

import errno
import logging
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import OperationalError

from paceline.lib.errors import Refusal

log = logging.getLogger(__name__)

BLOCK_BYTES = 64 * 1024
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class NoRoom(Refusal):
    """The disk is full, or the board's share of it."""

    status = 507

    def __init__(self) -> None:
        super().__init__(
            "This board has no room left for files. Nothing was kept; the people who run it"
            " have to make some."
        )


class StoreSilent(Refusal):
    """The store did not answer, or not as it should. What it said stands in the log."""

    status = 503

    def __init__(self) -> None:
        super().__init__("The board's store of files does not answer just now; try again later.")


def is_full(error: OSError) -> bool:
    """Whether an error says that there is no room left."""
    return error.errno in _FULL


@contextmanager
def room_in_tables() -> Iterator[None]:
    """Raise NoRoom where the database says that its disk is full."""
    try:
        yield
    except OperationalError as error:
        # 53100 is PostgreSQL's disk_full; SQLite has words alone.
        is_disk_full = getattr(error.__cause__, "sqlstate", "") == "53100"
        if is_disk_full or "disk is full" in str(error):
            raise NoRoom from error
        raise


def new_key(folder: str, sha256: str) -> str:
    """A place that no file has had, in one of 256 folders below `folder`, after its hash."""
    return f"{folder}/{sha256[:2]}/{sha256}-{secrets.token_hex(4)}"


def write(key: str, content: IO[bytes]) -> None:
    """Keep a file. Raises NoRoom, or StoreSilent; then nothing is left behind."""
    content.seek(0)
    try:
        with _answering():
            default_storage.save(key, File(content))
        if not _is_remote():
            _keep_for_good(Path(default_storage.path(key)))
    except OSError as error:
        remove(key)
        if is_full(error):
            raise NoRoom from error
        raise


def _keep_for_good(path: Path) -> None:
    """See to it that the file outlives a power cut, as the row does that will refer to it."""
    # A folder cannot be opened on Windows, where its entries are written in order anyway.
    for each in (path,) if os.name == "nt" else (path, path.parent):
        handle = os.open(each, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def remove(key: str) -> None:
    """Take a file away; nothing happens where there is none. Raises StoreSilent."""
    with _answering():
        default_storage.delete(key)


def read(key: str, first: int = 0, count: int | None = None) -> Iterator[bytes]:
    """`count` bytes of a file from the byte `first` on, or all, in blocks.

    Raises FileNotFoundError or StoreSilent at once, before the first block.
    """
    store: Any = default_storage
    if not _is_remote():
        file = store.open(key)
        file.seek(first)
        return _Blocks(file, count)
    # Opened as Django does, the whole file would be fetched before its first byte is read.
    upto = "" if count is None else first + count - 1
    wanted = {"Range": f"bytes={first}-{upto}"} if first or count is not None else {}
    name = f"{store.location}/{key}".lstrip("/")
    with _answering():
        return _Blocks(store.bucket.Object(name).get(**wanted)["Body"], count)


class _Blocks:
    """An open file, block by block; closed at its end, or when whoever reads has enough."""

    def __init__(self, file: Any, count: int | None) -> None:
        self._file = file
        self._left = count
        self.close = file.close

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        most = BLOCK_BYTES if self._left is None else min(BLOCK_BYTES, self._left)
        block: bytes = self._file.read(most) if most else b""
        if not block:
            self.close()
            raise StopIteration
        if self._left is not None:
            self._left -= len(block)
        return block


def _is_remote() -> bool:
    return hasattr(default_storage, "bucket")


@contextmanager
def _answering() -> Iterator[None]:
    """What an S3 store answers instead of doing it, as errors that are known here."""
    if not _is_remote():
        yield
        return
    from boto3.exceptions import Boto3Error
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
            raise FileNotFoundError from error
        log.exception("the store of files refused")
        raise StoreSilent from error
    except (Boto3Error, BotoCoreError) as error:
        log.exception("the store of files did not answer")
        raise StoreSilent from error


def list_keys(folder: str) -> Iterator[str]:
    """The keys of all files below a folder, in no order."""
    try:
        folders, _ = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in folders:
        _, files = default_storage.listdir(f"{folder}/{name}")
        for file in files:
            yield f"{folder}/{name}/{file}"


def written_at(key: str) -> datetime:
    """When the file was kept. Raises FileNotFoundError."""
    return default_storage.get_modified_time(key)

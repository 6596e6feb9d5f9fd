"""Pictures of elsewhere, shown from here: fetched once, made anew, kept.

Readers ask the board alone, so no other server learns who reads what, and an old thread has its
pictures when their server is long gone. Fetching is bounded: a process lets so many threads wait
for other servers and no more.
"""

import hashlib
import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from paceline.conf.board_settings import BoardSettings
from paceline.conf.site import load_site
from paceline.lib.errors import Invalid, Refusal
from paceline.lib.file_kinds import HEAD_BYTES, KINDS, PICTURES, kind_of
from paceline.markup.render import PictureFact
from paceline.media import store
from paceline.media.fetch import Unfetched, fetch
from paceline.media.models import RemotePicture
from paceline.media.pictures import fit_picture
from paceline.media.signing import picture_path

log = logging.getLogger(__name__)

FOLDER = "remote"
MOST_BYTES = 10 * 1024 * 1024
# In pixels: sharp on a large fine screen. Cameras make twice as many, which phones pay for.
MOST_SIDE = 2560
# A reader waits no longer; servers of pictures answer within a second or not at all.
DEADLINE_S = 10.0
# Threads of a process that may wait for other servers, of the 64 that answer readers.
MOST_WAITING = 8
# Of a post's pictures so many are fetched at once after it was sent, and so many seconds long:
# then other jobs have their turn. What comes after the first hundred is fetched when looked at.
AT_ONCE = 4
JOB_S = 10.0
MOST_OF_A_POST = 100
# A server that gave nothing is asked again after 10 minutes, 40, then every week.
_PAUSE = timedelta(minutes=10)
_LONGEST_PAUSE = timedelta(days=7)
# A picture that was taken away.
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
# How long a picture stays that is not the board's own copy.
PASSING = timedelta(days=1)
# Where files of the board's own lie that a post may show by their whole address.
_OWN_PATHS = ("/attachments/", "/media/", "/static/", "/picture/")

_room = threading.BoundedSemaphore(MOST_WAITING)
_flights: dict[str, threading.Event] = {}
_flights_lock = threading.Lock()


class PictureGone(Refusal):
    """There is no such picture, or not any more, or its server gives nothing now."""

    status = 404


class TooBusy(Refusal):
    """Too many threads wait for other servers; this one shall not be another."""

    status = 503


@dataclass(frozen=True, slots=True)
class Fetching:
    """How many pictures came, and whether all that were due have been asked for."""

    came: int
    is_done: bool


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture ready to be sent: its media type, its hash, and its bytes."""

    media_type: str
    sha256: str
    content: bytes


def picture_facts(addresses: Iterable[str]) -> dict[str, PictureFact]:
    """Where this board shows the pictures of these addresses, and their sizes where known.

    One query; none for no address.
    """
    wanted = {address: hash_address(address) for address in addresses}
    if not wanted:
        return {}
    rows = RemotePicture.objects.filter(address_hash__in=wanted.values())
    sizes = {row.address_hash: (row.width, row.height) for row in rows if row.width}
    return {
        address: own_picture(address) or PictureFact(picture_path(address), *sizes.get(key, (0, 0)))
        for address, key in wanted.items()
    }


def pictures_as_shown(addresses: Iterable[str]) -> Callable[[str], PictureFact | None]:
    """What a text is written with that shows these pictures: where each is served by this board.

    None for each where the board shows none from elsewhere; its own are shown all the same.
    Two queries; none for no address.
    """
    wanted = list(addresses)
    if not wanted:
        return own_picture
    if not load_site().settings.remote_pictures:
        return own_picture
    return picture_facts(wanted).get


def own_picture(address: str) -> PictureFact | None:
    """A picture that lies on this board, by its path; None for one of elsewhere. No query."""
    parts, own = urlsplit(address), urlsplit(settings.SITE_URL)
    if not own.netloc or parts.netloc.lower() != own.netloc.lower():
        return None
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return PictureFact(path) if path.startswith(_OWN_PATHS) else None


def open_picture(address: str) -> PictureFile:
    """The picture of an address, fetched now where it is not here yet.

    Raises PictureGone, or TooBusy where it would have to be fetched and too many wait already.
    One query for a picture that is here.
    """
    row = _find(address)
    if row is not None and (file := _open(row)):
        return file
    if row is not None and row.retry_at is not None and row.retry_at > timezone.now():
        raise _gone()
    settings_now = load_site().settings
    if not settings_now.remote_pictures:
        raise _gone()
    with _waiting():
        row = _fetch_once(address, settings_now)
    file = _open(row) if row is not None else None
    if file is None:
        raise _gone()
    return file


def fetch_pictures(addresses: Iterable[str], within_s: float = JOB_S) -> Fetching:
    """Fetch those of these pictures that are not here and may be asked for now. For jobs.

    Several at a time, and none is begun after `within_s` seconds. Two queries, and a few more for
    each picture that is asked for.
    """
    ends_at = time.monotonic() + within_s
    board = load_site().settings
    if not board.remote_pictures:
        return Fetching(0, is_done=True)
    wanted = [one for one in dict.fromkeys(addresses) if own_picture(one) is None]
    hashes = {one: hash_address(one) for one in wanted[:MOST_OF_A_POST]}
    rows = RemotePicture.objects.filter(address_hash__in=hashes.values())
    known = {row.address_hash: row for row in rows}
    due = [one for one, key in hashes.items() if _is_due(known.get(key))]
    if not due:
        return Fetching(0, is_done=True)
    came, is_done = 0, True
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="pictures") as pool:
        # The database is asked by this thread alone.
        answers = pool.map(lambda one: _get_until(one, ends_at), due)
        for address, got in zip(due, answers, strict=True):
            if got is None:
                is_done = False
            else:
                came += bool(_record(address, got, board).key)
    return Fetching(came, is_done)


def sweep_pictures() -> int:
    """Let go of passing pictures that had their day; answers how many. In batches."""
    old = timezone.now() - PASSING
    passing = RemotePicture.objects.filter(is_lasting=False, fetched_at__lt=old).exclude(key="")
    gone = 0
    while rows := list(passing[:200]):
        for row in rows:
            _forget_file(row)
        gone += len(rows)
    _sweep_strays()
    return gone


def _sweep_strays() -> None:
    """Files that no row names, left by a process that died between the two."""
    known = set(RemotePicture.objects.exclude(key="").values_list("key", flat=True))
    old = timezone.now() - PASSING
    for key in store.list_keys(FOLDER):
        if key not in known and store.written_at(key) < old:
            store.remove(key)


def forget_picture(address: str) -> None:
    """Take a picture away and never fetch it again, nor those of the same bytes elsewhere.

    In the caller's transaction; the file goes after the commit.
    """
    key = hash_address(address)
    row, _ = RemotePicture.objects.get_or_create(address_hash=key, defaults={"address": address})
    same = RemotePicture.objects.filter(key=row.key) if row.key else RemotePicture.objects.none()
    for other in same.exclude(id=row.pk):
        other.retry_at = NEVER
        other.save(update_fields=["retry_at"])
        _forget_file(other)
    row.retry_at = NEVER
    row.save(update_fields=["retry_at"])
    if row.key:
        _forget_file(row)


def count_pictures() -> tuple[int, int]:
    """How many pictures are here, and how many servers gave none. Two queries."""
    rows = RemotePicture.objects
    return rows.exclude(key="").count(), rows.filter(key="", failures__gt=0).count()


def kept_bytes() -> int:
    """How much the board's own copies hold. One query."""
    kept = RemotePicture.objects.filter(is_lasting=True).exclude(key="")
    return int(kept.values("key", "size").distinct().aggregate(sum=Sum("size"))["sum"] or 0)


def next_try(failures: int, *, is_final: bool) -> datetime:
    """When a server may be asked again that gave nothing so many times."""
    pause = _LONGEST_PAUSE if is_final or failures > 6 else _PAUSE * 4 ** (failures - 1)
    return timezone.now() + min(pause, _LONGEST_PAUSE)


def hash_address(address: str) -> str:
    """What an address is found by."""
    return hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()


# One picture


@dataclass(frozen=True, slots=True)
class _Got:
    """What a server gave: a picture made anew, or nothing."""

    kind: str = ""
    data: bytes = b""
    width: int = 0
    height: int = 0
    is_final: bool = False


def _find(address: str) -> RemotePicture | None:
    return RemotePicture.objects.filter(address_hash=hash_address(address)).first()


def _is_due(row: RemotePicture | None) -> bool:
    if row is None:
        return True
    return not row.key and (row.retry_at is None or row.retry_at <= timezone.now())


def _open(row: RemotePicture) -> PictureFile | None:
    if not row.key:
        return None
    try:
        content = b"".join(store.read(row.key))
    except FileNotFoundError:
        return None
    return PictureFile(KINDS[row.kind].media_type, row.sha256, content)


def _gone() -> PictureGone:
    return PictureGone("This picture is not to be had.")


@contextmanager
def _waiting() -> Iterator[None]:
    if not _room.acquire(blocking=False):
        raise TooBusy("Too many pictures are being fetched; try again in a moment.")
    try:
        yield
    finally:
        _room.release()


def _fetch_once(address: str, board: BoardSettings) -> RemotePicture | None:
    """Fetch a picture, or wait for another thread that does."""
    with _flights_lock:
        landed = _flights.get(address)
        is_first = landed is None
        if landed is None:
            landed = _flights[address] = threading.Event()
    if not is_first:
        landed.wait(DEADLINE_S)
        return _find(address)
    try:
        return _record(address, _get(address, DEADLINE_S), board)
    finally:
        with _flights_lock:
            del _flights[address]
        landed.set()


def _get_until(address: str, ends_at: float) -> _Got | None:
    left_s = ends_at - time.monotonic()
    return _get(address, min(DEADLINE_S, left_s)) if left_s > 0 else None


def _get(address: str, deadline_s: float) -> _Got:
    """Ask for a picture, and make it anew. No query."""
    try:
        found = fetch(address, most_bytes=MOST_BYTES, deadline_s=deadline_s, accept="image/*")
        kind = kind_of(found.content[:HEAD_BYTES])
        if kind not in PICTURES:
            return _Got(is_final=True)
        made = fit_picture(kind, found.content, MOST_SIDE)
    except Unfetched as error:
        log.info("no picture at %s: %s", address, error)
        return _Got(is_final=error.is_final)
    except Invalid as error:
        log.info("no picture at %s: %s", address, error.sentence)
        return _Got(is_final=True)
    return _Got(kind, made.data, made.width, made.height)


def _record(address: str, got: _Got, board: BoardSettings) -> RemotePicture:
    """Keep what came of asking. A few queries; the file is written before the row."""
    key = hash_address(address)
    row, _ = RemotePicture.objects.get_or_create(address_hash=key, defaults={"address": address})
    if got.data and _keep_file(row, got, board):
        row.failures, row.retry_at, row.fetched_at = 0, None, timezone.now()
    else:
        row.failures = min(row.failures + 1, 100)
        row.retry_at = next_try(row.failures, is_final=got.is_final)
    row.save()
    return row


def _keep_file(row: RemotePicture, got: _Got, board: BoardSettings) -> bool:
    sha256 = hashlib.sha256(got.data).hexdigest()
    same = RemotePicture.objects.filter(sha256=sha256).exclude(key="").first()
    if same is not None:
        row.key = same.key
    else:
        row.key = store.new_key(FOLDER, sha256)
        try:
            store.write(row.key, BytesIO(got.data))
        except Refusal:
            log.exception("a picture could not be kept")
            row.key = ""
            return False
    row.sha256, row.kind, row.size = sha256, got.kind, len(got.data)
    row.width, row.height = got.width, got.height
    row.is_lasting = board.keep_remote_pictures and (
        kept_bytes() + row.size <= board.remote_picture_megabytes * 1_000_000
    )
    return True


def _forget_file(row: RemotePicture) -> None:
    """The file goes with the last row that names it; the size stays known."""
    key, row.key, row.sha256 = row.key, "", ""
    with transaction.atomic():
        row.save(update_fields=["key", "sha256"])
        if not RemotePicture.objects.filter(key=key).exists():
            transaction.on_commit(lambda: store.remove(key))

"""Who was seen where lately: noted in memory by every page view, written in batches."""

import hashlib
import hmac
import threading
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Case, DateTimeField, Value, When
from django.utils import timezone

from paceline.accounts.models import Member, Presence
from paceline.jobs.gathering import wake, written_in_batches
from paceline.lib.kept import forget_also

# Longer than `online_minutes` can be set to.
KEPT = timedelta(hours=3)
# Between two batches; more visitors than that are a flood, of which nothing need be known.
MOST_NOTED = 20_000
_BATCH = 200


@dataclass(frozen=True, slots=True)
class Sighting:
    """The last place at which somebody was seen; `member_id` is 0 for a visitor."""

    member_id: int
    board_id: int
    thread_id: int
    at: datetime


_noted: dict[str, Sighting] = {}
forget_also(_noted.clear)
_lock = threading.Lock()


def note(
    key: str, *, member_id: int = 0, board_id: int = 0, thread_id: int = 0, at: datetime
) -> None:
    """Somebody is looking at a page now. No query; it is written within half a minute."""
    with _lock:
        if key in _noted or len(_noted) < MOST_NOTED:
            _noted[key] = Sighting(member_id, board_id, thread_id, at)
    wake()


def member_key(member_id: int) -> str:
    """The key under which a member is noted."""
    return f"m{member_id}"


def visitor_key(address: str, agent: str, day: date) -> str:
    """The key under which a visitor is noted: the same for a day, and no way back from it."""
    salt = hmac.digest(settings.SECRET_KEY.encode(), f"presence {day}".encode(), "sha256")
    seen = f"{address}\0{agent}".encode(errors="replace")
    return "v" + hashlib.blake2b(seen, key=salt, digest_size=16).hexdigest()


@written_in_batches
def write_presence(now: datetime | None = None) -> int:
    """Write what was noted since the last time and forget what is old; says how many were noted.

    Two queries or three, and two more for each two hundred people. Never waits for a member's
    row: who is being written to elsewhere is noted with the next batch.
    """
    with _lock:
        noted = dict(_noted)
        _noted.clear()
    keys = sorted(noted)
    for start in range(0, len(keys), _BATCH):
        _write({key: noted[key] for key in keys[start : start + _BATCH]})
    Presence.objects.filter(seen_at__lt=(now or timezone.now()) - KEPT).delete()
    return len(noted)


def _write(noted: dict[str, Sighting]) -> None:
    ids = {sighting.member_id for sighting in noted.values()} - {0}
    with transaction.atomic():
        free = {
            row.pk: row
            for row in Member.objects.select_for_update(skip_locked=True, of=("self",), no_key=True)
            .filter(id__in=ids)
            .only("id", "last_seen_at", "shows_online", "is_active")
        }
        later = {
            sighting.member_id: sighting.at
            for sighting in noted.values()
            if sighting.member_id in free and _is_later(free[sighting.member_id], sighting.at)
        }
        _set_last_seen(later)
        shown = {0, *(pk for pk, row in free.items() if row.shows_online and row.is_active)}
        Presence.objects.filter(member__in=set(free) - shown).delete()
        Presence.objects.bulk_create(
            [
                Presence(
                    key=key,
                    member_id=sighting.member_id or None,
                    board=sighting.board_id,
                    thread=sighting.thread_id,
                    seen_at=sighting.at,
                )
                for key, sighting in noted.items()
                if sighting.member_id in shown
            ],
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=["member", "board", "thread", "seen_at"],
        )


def _is_later(member: Member, at: datetime) -> bool:
    return member.last_seen_at is None or member.last_seen_at < at


def _set_last_seen(moments: dict[int, datetime]) -> None:
    if not moments:
        return
    cases = [When(id=member_id, then=Value(at)) for member_id, at in moments.items()]
    Member.objects.filter(id__in=moments).update(
        last_seen_at=Case(*cases, output_field=DateTimeField())
    )

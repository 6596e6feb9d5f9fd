"""How often threads were looked at: counted in memory, written in batches."""

import threading
from collections import Counter

from django.db import transaction
from django.db.models import F

from paceline.forum.models import Thread
from paceline.jobs.gathering import wake, written_in_batches
from paceline.lib.kept import forget_also

_noted: Counter[int] = Counter()
forget_also(_noted.clear)
_lock = threading.Lock()
_BATCH = 500


def note_view(thread_id: int) -> None:
    """A page of the thread is being shown. No query; it is written within half a minute."""
    with _lock:
        _noted[thread_id] += 1
    wake()


@written_in_batches
def write_views() -> int:
    """Add what was noted to `view_count`; says how many views were.

    One query for each five hundred threads and one for each number of views among them. Never
    waits for a thread that is being posted to: its views come with the next batch.
    """
    with _lock:
        noted = dict(_noted)
        _noted.clear()
    ids = sorted(noted)
    written = 0
    for start in range(0, len(ids), _BATCH):
        written += _write({id_: noted[id_] for id_ in ids[start : start + _BATCH]})
    return written


def _write(noted: dict[int, int]) -> int:
    with transaction.atomic():
        threads = Thread.objects.filter(id__in=noted).values_list("id", flat=True)
        free = set(threads.select_for_update(skip_locked=True, of=("self",), no_key=True))
        by_views: dict[int, list[int]] = {}
        for thread_id in sorted(free):
            by_views.setdefault(noted[thread_id], []).append(thread_id)
        for views, thread_ids in by_views.items():
            Thread.objects.filter(id__in=thread_ids).update(view_count=F("view_count") + views)
    busy = set(threads) - free if len(free) < len(noted) else set()
    with _lock:
        for thread_id in busy:
            _noted[thread_id] += noted[thread_id]
    return sum(noted[thread_id] for thread_id in free)

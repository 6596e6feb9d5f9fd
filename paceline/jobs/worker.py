"""Runs what waits in the table: one job at a time, again after a pause where it failed."""

import logging
from datetime import timedelta
from threading import Event

from django.db import close_old_connections, transaction
from django.db.models import Q
from django.utils import timezone

from paceline.jobs.models import Job
from paceline.jobs.queue import find_task, put_at_start, put_daily

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 8
PAUSE_S = 2.0


def run_forever(stop: Event) -> None:
    """Run jobs until `stop` is set; looks for new ones every two seconds when there are none."""
    put_daily()
    put_at_start()
    while not stop.is_set():
        close_old_connections()
        if not run_one():
            stop.wait(PAUSE_S)


def run_all() -> int:
    """Run every job that is due, and say how many were run. For tests and for commands."""
    done = 0
    while run_one():
        done += 1
    return done


def run_one() -> bool:
    """Take the job that is due first and run it. False where none is due."""
    job = _take()
    if job is None:
        return False
    function = find_task(job.name)
    try:
        if function is None:
            raise LookupError(f"No work is known by the name {job.name}.")
        function(**job.arguments)
    except Exception as error:
        log.exception("job %s %s failed", job.name, job.pk)
        _put_back(job, error)
    else:
        Job.objects.filter(id=job.pk).delete()
    return True


def _take() -> Job | None:
    now = timezone.now()
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=now)
    with transaction.atomic():
        job = (
            Job.objects.select_for_update(skip_locked=True)
            .filter(free, failed_at__isnull=True, due_at__lte=now)
            .order_by("due_at", "id")
            .first()
        )
        if job is not None:
            job.attempts += 1
            job.leased_until = now + LEASE
            job.save(update_fields=["attempts", "leased_until"])
    return job


def _put_back(job: Job, error: Exception) -> None:
    job.leased_until = None
    job.last_error = f"{type(error).__name__}: {error}"[:2000]
    if job.attempts >= MOST_ATTEMPTS:
        job.failed_at = timezone.now()
    else:
        # 30 s, 1, 2, 4 … minutes: half an hour in all before it is given up.
        job.due_at = timezone.now() + timedelta(seconds=15 * 2**job.attempts)
    job.save(update_fields=["leased_until", "last_error", "failed_at", "due_at"])

"""Work that waits or was given up: looked at, tried again, dropped."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from paceline.accounts.viewer import Viewer
from paceline.forum.staff_log import Verb, log_site
from paceline.jobs.models import Job
from paceline.lib.errors import NotFound
from paceline.permissions.members import check_administrator

MOST_SHOWN = 50
MOST_COUNTED = 1000


@dataclass(frozen=True, slots=True)
class JobLine:
    """A piece of work. `about` holds its ids alone: letters and the like are not for reading."""

    id: int
    name: str
    about: str
    due_at: datetime
    attempts: int
    last_error: str
    failed_at: datetime | None
    is_running: bool


@dataclass(frozen=True, slots=True)
class JobsPage:
    """What was given up, newest first, and what waits, next first; counts stop at a thousand."""

    failed: tuple[JobLine, ...]
    waiting: tuple[JobLine, ...]
    failed_count: int
    waiting_count: int


def load_jobs(viewer: Viewer) -> JobsPage:
    """Failed and waiting work. Four queries. Raises NotFound unless an administrator asks."""
    check_administrator(viewer)
    failed = Job.objects.filter(failed_at__isnull=False).order_by("-failed_at", "-id")
    waiting = Job.objects.filter(failed_at__isnull=True).order_by("due_at", "id")
    return JobsPage(
        failed=tuple(_line(viewer, row) for row in failed[:MOST_SHOWN]),
        waiting=tuple(_line(viewer, row) for row in waiting[:MOST_SHOWN]),
        failed_count=failed[:MOST_COUNTED].count(),
        waiting_count=waiting[:MOST_COUNTED].count(),
    )


def retry_job(viewer: Viewer, job_id: int) -> None:
    """Try work again now that was given up; nothing happens to other work. Raises NotFound."""
    check_administrator(viewer)
    with transaction.atomic():
        job = _hold(job_id)
        if job.failed_at is None:
            return
        job.failed_at, job.attempts, job.leased_until = None, 0, None
        job.due_at = viewer.now
        job.save(update_fields=["failed_at", "attempts", "leased_until", "due_at"])
        log_site(viewer, Verb.RETRY_JOB, job.name, more=_ids(job))


def drop_job(viewer: Viewer, job_id: int) -> None:
    """Forget work that was given up; nothing happens to other work. Raises NotFound."""
    check_administrator(viewer)
    with transaction.atomic():
        job = _hold(job_id)
        if job.failed_at is None:
            return
        log_site(viewer, Verb.DROP_JOB, job.name, more=_ids(job))
        job.delete()


def _hold(job_id: int) -> Job:
    job = Job.objects.select_for_update(of=("self",), no_key=True).filter(id=job_id).first()
    if job is None:
        raise NotFound("There is no such work; it may have been done meanwhile.")
    return job


def _line(viewer: Viewer, row: Job) -> JobLine:
    return JobLine(
        id=row.pk,
        name=row.name.replace("_", " "),
        about=_ids(row),
        due_at=row.due_at,
        attempts=row.attempts,
        last_error=row.last_error,
        failed_at=row.failed_at,
        is_running=row.leased_until is not None and row.leased_until > viewer.now,
    )


def _ids(row: Job) -> str:
    numbers = {name: value for name, value in row.arguments.items() if isinstance(value, int)}
    return ", ".join(
        f"{name.removesuffix('_id').replace('_', ' ')} {value}" for name, value in numbers.items()
    )

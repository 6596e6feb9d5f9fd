"""Putting work into the table, and the names under which it is found again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from paceline.jobs.models import Job

_tasks: dict[str, Callable[..., None]] = {}
_daily: list[str] = []
_at_start: dict[str, Callable[[], bool]] = {}
DAY = timedelta(days=1)


def task(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a function as the work of that name. It must be safe to run twice."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        _tasks[name] = function
        return function

    return register


def daily(name: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Register a function as work that is done once a day, on this board and not in each process.

    Done, it puts itself into the table for the next day; the worker puts what is not there.
    """

    def register(function: Callable[[], None]) -> Callable[[], None]:
        @task(name)
        def do_and_put_again() -> None:
            function()
            put(name, due_at=timezone.now() + DAY)

        _daily.append(name)
        return function

    return register


def put_daily() -> None:
    """See to it that all daily work is in the table. One query, and one for each that is not."""
    waiting = set(
        Job.objects.filter(name__in=_daily, failed_at__isnull=True).values_list("name", flat=True)
    )
    for name in _daily:
        if name not in waiting:
            put(name)


def at_start(name: str, is_needed: Callable[[], bool]) -> None:
    """Have that work put when a worker starts, where it is needed then."""
    _at_start[name] = is_needed


def put_at_start() -> None:
    """Put the work that is needed at the start of a worker. A query or two for each kind."""
    for name, is_needed in _at_start.items():
        if is_needed():
            put_once(name)


def put_once(name: str, *, due_at: datetime | None = None) -> None:
    """Add a piece of work without arguments, unless one of that name waits already.

    One that is being done does not count: it may have seen nothing of what is new. Two queries.
    """
    idle = Q(leased_until__isnull=True) | Q(leased_until__lt=timezone.now())
    if not Job.objects.filter(idle, name=name, failed_at__isnull=True).exists():
        put(name, due_at=due_at)


def is_put(name: str) -> bool:
    """Whether work of that name waits or is being done. One query."""
    return Job.objects.filter(name=name, failed_at__isnull=True).exists()


def others_wait(*names: str) -> bool:
    """Whether work of other names than these is due: for what has time to let it go first.

    One query.
    """
    now = timezone.now()
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=now)
    due = Job.objects.filter(free, failed_at__isnull=True, due_at__lte=now)
    return due.exclude(name__in=names).exists()


def put(name: str, *, due_at: datetime | None = None, **arguments: Any) -> None:
    """Add a piece of work, in the caller's transaction: kept with it or not at all. One query."""
    Job.objects.create(name=name, arguments=arguments, due_at=due_at or timezone.now())


def find_task(name: str) -> Callable[..., None] | None:
    """The function registered under a name."""
    return _tasks.get(name)

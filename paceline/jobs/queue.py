"""Putting work into the table, and the names under which it is found again."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils import timezone

from paceline.jobs.models import Job

_tasks: dict[str, Callable[..., None]] = {}


def task(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a function as the work of that name. It must be safe to run twice."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        _tasks[name] = function
        return function

    return register


def put(name: str, *, due_at: datetime | None = None, **arguments: Any) -> None:
    """Add a piece of work, in the caller's transaction: kept with it or not at all. One query."""
    Job.objects.create(name=name, arguments=arguments, due_at=due_at or timezone.now())


def find_task(name: str) -> Callable[..., None] | None:
    """The function registered under a name."""
    return _tasks.get(name)

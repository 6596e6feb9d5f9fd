from datetime import timedelta

import pytest
from django.utils import timezone

from paceline.jobs import queue
from paceline.jobs.models import Job
from paceline.jobs.queue import daily, put_daily
from paceline.jobs.worker import run_all


@pytest.fixture
def done(monkeypatch):
    """What a daily piece of work has done; it is known for the length of a test."""
    monkeypatch.setattr(queue, "_tasks", dict(queue._tasks))
    monkeypatch.setattr(queue, "_daily", [])
    days: list[str] = []
    daily("sweep")(lambda: days.append("swept"))
    return days


def test_daily_work_is_done_once_and_then_waits_for_the_next_day(db, done):
    put_daily()
    put_daily()
    assert run_all() == 1
    assert run_all() == 0
    put_daily()

    job = Job.objects.get(name="sweep")
    assert job.due_at > timezone.now() + timedelta(hours=23)
    Job.objects.update(due_at=timezone.now())
    run_all()
    assert done == ["swept", "swept"]


def test_daily_work_that_was_given_up_is_taken_up_again_at_the_next_start(db, done):
    Job.objects.create(name="sweep", failed_at=timezone.now())

    put_daily()

    assert run_all() == 1

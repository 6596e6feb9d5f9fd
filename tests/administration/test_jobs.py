"""Work that was given up is tried again or forgotten."""

from datetime import timedelta

import pytest

from paceline.administration.jobs import drop_job, load_jobs, retry_job
from paceline.jobs.models import Job
from paceline.lib.errors import NotFound


@pytest.fixture
def failed(root):
    return Job.objects.create(
        name="send_mail",
        arguments={"to": "bo@example.com", "text": "a secret link", "member_id": 7},
        attempts=8,
        failed_at=root.now,
        last_error="OSError: no mail server",
    )


def test_what_was_given_up_is_tried_again_now(root, failed, lines):
    for _ in range(2):
        retry_job(root, failed.pk)
    failed.refresh_from_db()
    assert (failed.failed_at, failed.attempts, failed.due_at) == (None, 0, root.now)
    assert lines() == [("retry job", "send_mail")]


def test_only_what_was_given_up_is_forgotten(root, failed, lines):
    waiting = Job.objects.create(name="tell_of_post", arguments={})
    drop_job(root, waiting.pk)
    drop_job(root, failed.pk)
    assert list(Job.objects.all()) == [waiting]
    assert lines() == [("drop job", "send_mail")]
    with pytest.raises(NotFound):
        drop_job(root, failed.pk)


def test_letters_are_not_for_reading(root, failed):
    later = root.now + timedelta(hours=1)
    Job.objects.create(name="tell_of_post", arguments={"post_id": 3}, due_at=later)
    page = load_jobs(root)
    assert (page.failed_count, page.waiting_count) == (1, 1)
    assert page.waiting[0].about == "post 3"
    assert page.failed[0].about == "member 7"
    assert "secret" not in repr(page)

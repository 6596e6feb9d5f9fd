"""What readers reported is handled, and they hear what came of it."""

import pytest

from paceline.forum.models import Report, StaffAction
from paceline.jobs.models import Job
from paceline.lib.errors import Invalid, NotAllowed, NotFound
from paceline.moderation.reports import handle_report


@pytest.fixture
def reports(world):
    """Bo, Bo again and a member who has gone reported Cy's post."""
    post = world.reply("Buy watches")
    return [
        Report.objects.create(post=post, reporter=reporter, reason="Trade")
        for reporter in (world.bo, world.bo, None)
    ]


def test_handling_one_closes_all_of_the_post_and_each_reporter_is_told_once(world, ada, reports):
    Job.objects.all().delete()
    assert handle_report(ada, reports[0].pk, "The post was hidden.") == 3
    assert handle_report(ada, reports[1].pk, "Again") == 0

    for report in Report.objects.all():
        assert report.handled_by == world.ada
        assert report.outcome == "The post was hidden."
    (told,) = Job.objects.filter(name="tell_of_staff")
    assert told.arguments["member_id"] == world.bo.pk
    assert "The post was hidden." in told.arguments["text"]
    line = StaffAction.objects.get()
    assert (line.verb, line.post_id) == ("handle reports", reports[0].post_id)


def test_an_outcome_is_needed_and_so_is_the_board(world, ada, bo, reports):
    with pytest.raises(Invalid) as refusal:
        handle_report(ada, reports[0].pk, "  ")
    assert refusal.value.field == "reason"
    with pytest.raises(NotAllowed):
        handle_report(bo, reports[0].pk, "Mine to say")
    with pytest.raises(NotFound):
        handle_report(ada, 999_999, "Nothing")
    assert not Report.objects.filter(handled_at__isnull=False).exists()

import pytest

from paceline.forum.models import Report
from paceline.lib.errors import Invalid, NotAllowed, NotFound, SignInFirst, TooMany
from paceline.permissions.rights import Right
from paceline.posting.report import report_post


def test_a_report_carries_its_reason_to_the_moderators(world, bo):
    report = report_post(bo, world.reply("Buy watches!").pk, "  Sells\nwatches. ")

    assert (report.reporter, report.reason, report.handled_at) == (
        world.bo,
        "Sells\nwatches.",
        None,
    )


def test_reported_again_while_open_the_reason_is_replaced(world, bo, ada):
    post = world.reply("Buy watches!")
    first = report_post(bo, post.pk, "Spam")

    assert report_post(bo, post.pk, "Spam, and rude") == first
    assert Report.objects.get().reason == "Spam, and rude"

    report_post(ada, post.pk, "Spam")
    Report.objects.filter(id=first.pk).update(handled_at=ada.now)
    report_post(bo, post.pk, "Again!")
    assert Report.objects.count() == 3


@pytest.mark.parametrize("reason", ["", " \n", "\x00", "x" * 1001])
def test_a_reason_is_asked_for_and_is_not_endless(world, bo, reason):
    with pytest.raises(Invalid) as refused:
        report_post(bo, world.reply().pk, reason)
    assert refused.value.field == "reason"


def test_reports_have_a_pace_but_a_better_reason_has_none(world):
    world.set(reports_per_hour=2)
    bo = world.viewer(world.bo)
    posts = world.posts(3)
    for post in posts[:2]:
        report_post(bo, post.pk, "Spam")

    with pytest.raises(TooMany, match="2 reports in an hour"):
        report_post(bo, posts[2].pk, "Spam")
    assert report_post(bo, posts[0].pk, "Spam, surely")


def test_who_may_not_report_what(world, nobody, mal, bo, cy):
    post = world.reply()
    hidden = world.reply()
    world.hide(hidden)

    with pytest.raises(SignInFirst):
        report_post(nobody, post.pk, "Spam")
    with pytest.raises(NotAllowed, match="banned"):
        report_post(mal, post.pk, "Spam")
    with pytest.raises(NotAllowed, match="your own"):
        report_post(cy, post.pk, "Spam")
    with pytest.raises(NotFound):
        report_post(bo, hidden.pk, "Spam")
    world.rights("members", world.training, deny=Right.REPORT)
    with pytest.raises(NotAllowed, match="You may not report posts"):
        report_post(world.viewer(world.bo), post.pk, "Spam")

"""Which notices stand above which page, for whom."""

import pytest

from paceline.browsing.notices import dismissed_by, notices_for, remember_dismissal
from paceline.conf.site import notices_changed
from paceline.forum.models import Notice, NoticeDismissal


@pytest.fixture
def notice(world):
    def make(title="Server move", **more):
        made = Notice.objects.create(title=title, html=f"<p>{title}</p>", **more)
        notices_changed()
        return made

    return make


def titles(viewer, board=None, dismissed=()):
    return [row.title for row in notices_for(viewer, board and board.pk, dismissed)]


def test_a_notice_for_all_stands_on_every_page_in_its_order(world, notice):
    notice("Second", position=2)
    notice("First", position=1)
    notice("Over", is_active=False)

    assert titles(world.viewer(None)) == ["First", "Second"]
    assert titles(world.viewer(world.bo), world.training) == ["First", "Second"]


def test_a_notice_for_a_board_stands_there_and_on_the_boards_in_it(world, notice):
    inner = world.board("Intervals", world.training)
    other = world.board("Bikes")
    notice("Read this first", boards=[world.training.pk])
    bo = world.viewer(world.bo)

    assert titles(bo, world.training) == titles(bo, inner) == ["Read this first"]
    assert titles(bo, other) == titles(bo) == []


def test_a_notice_for_a_group_is_shown_to_its_members_alone(world, notice):
    notice("Welcome, visitor", groups=[world.group("guests").pk])
    notice("To the staff", groups=[world.group("administrators").pk])

    assert titles(world.viewer(None)) == ["Welcome, visitor"]
    assert titles(world.viewer(world.bo)) == []
    assert titles(world.viewer(world.root)) == ["To the staff"]


def test_only_what_may_be_put_away_is_left_out(world, notice, nobody):
    away = notice("Coffee ride")
    stays = notice("New rules", is_dismissible=False)
    viewer = world.viewer(None)

    assert titles(viewer, dismissed={away.pk, stays.pk}) == ["New rules"]


def test_notices_cost_no_query_until_one_is_changed(world, notice, queries):
    notice("One")
    visitor, member = world.viewer(None), world.viewer(world.bo)
    notices_for(member, world.training.pk)

    assert queries(notices_for, visitor, None)[0] == 0
    assert queries(notices_for, member, world.training.pk, {7})[0] == 0
    notice("Two")
    after = world.viewer(None)
    assert queries(notices_for, after, None)[0] == 1
    assert queries(notices_for, after, None)[0] == 0
    assert len(notices_for(after, None)) == 2


def test_what_a_member_puts_away_is_remembered_once(world, notice, bo, nobody):
    away = notice("Coffee ride")
    stays = notice("New rules", is_dismissible=False)
    for viewer in (world.viewer(world.bo), world.viewer(world.bo), world.viewer(None)):
        remember_dismissal(viewer, away.pk)
        remember_dismissal(viewer, stays.pk)
        remember_dismissal(viewer, 999_999)

    assert NoticeDismissal.objects.count() == 1
    assert dismissed_by(world.bo) == [away.pk]
    assert dismissed_by(world.cy) == []

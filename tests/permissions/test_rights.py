"""Rights: inherited down the tree, joined over groups, explained."""

import pytest

from paceline.accounts.models import Ban, Group, MemberGroup
from paceline.conf.site import rights_changed
from paceline.lib.errors import NotAllowed, NotFound, SignInFirst
from paceline.permissions.boards import can, explain, find_board, readable_board_ids, require
from paceline.permissions.models import BoardModerator, GroupRights
from paceline.permissions.rights import READING, Right


def test_a_board_inherits_from_the_board_above_and_may_say_otherwise(world):
    inner = world.board("Inner", parent=world.training)
    innermost = world.board("Innermost", parent=inner)
    world.rights("members", world.training, deny=Right.START)
    world.rights("members", innermost, allow=Right.START)

    bo = world.viewer(world.bo)

    assert not can(bo, world.training.id, Right.START)
    assert not can(bo, inner.id, Right.START)
    assert can(bo, innermost.id, Right.START)
    assert can(bo, inner.id, Right.REPLY)


def test_a_board_inside_one_that_cannot_be_seen_cannot_be_seen(world):
    room = world.hidden_board()
    inner = world.board("Inner", parent=room)
    world.rights("members", inner, allow=READING)

    assert inner.id not in readable_board_ids(world.viewer(world.bo))
    with pytest.raises(NotFound):
        find_board(world.viewer(world.bo), inner.id)


def test_a_viewer_may_do_what_any_of_their_groups_may(world):
    mentors = Group.objects.create(name="Mentors", position=99)
    MemberGroup.objects.create(member=world.bo, group=mentors)
    room = world.hidden_board("Mentors' corner")
    GroupRights.objects.create(group=mentors, board=room, allow=READING | Right.REPLY)
    rights_changed()

    assert can(world.viewer(world.bo), room.id, Right.REPLY)
    assert not can(world.viewer(world.bo), room.id, Right.START)
    assert not can(world.viewer(world.cy), room.id, Right.SEE)


def test_a_moderator_has_every_right_there_and_below_and_no_other_elsewhere(world):
    inner = world.board("Inner", parent=world.training)
    other = world.board("Other")
    ada = world.viewer(world.ada)

    assert can(ada, inner.id, Right.MODERATE)
    assert not can(ada, other.id, Right.MODERATE)


def test_a_banned_member_reads_and_does_nothing_else(world):
    mal = world.viewer(world.mal)

    assert can(mal, world.training.id, Right.READ)
    with pytest.raises(NotAllowed, match="Sold watches"):
        require(mal, world.training.id, Right.REPLY)
    BoardModerator.objects.create(board=world.training, member=world.mal)
    rights_changed()
    assert not can(world.viewer(world.mal), world.training.id, Right.MODERATE)


def test_a_ban_ends_with_its_time(world):
    Ban.objects.filter(member=world.mal).update(until="2020-01-01T00:00:00Z")

    assert can(world.viewer(world.mal), world.training.id, Right.REPLY)


def test_new_members_have_the_rights_of_their_own_group(world):
    world.set(new_member_posts=2)
    assert not can(world.viewer(world.cy), world.training.id, Right.UNHELD)
    world.cy.post_count = 2
    world.cy.save()
    assert can(world.viewer(world.cy), world.training.id, Right.UNHELD)


def test_visitors_are_asked_to_sign_in_where_members_may(world):
    with pytest.raises(SignInFirst):
        require(world.viewer(None), world.training.id, Right.REPLY)


@pytest.mark.parametrize(
    ("who", "because"),
    [
        ("bo", "the group Members may do so everywhere."),
        ("ada", "you moderate this board."),
        ("root", "you are an administrator."),
        ("mal", "your account is banned."),
    ],
)
def test_every_answer_has_its_because(world, who, because):
    viewer = world.viewer(getattr(world, who))
    assert explain(viewer, world.training.id, Right.START).because == because


def test_a_denial_names_the_board_that_denies(world):
    world.rights("members", world.training, deny=Right.START)

    answer = explain(world.viewer(world.bo), world.training.id, Right.START)

    assert not answer.is_allowed
    assert answer.because == "the group Members may not do so on Training."


def test_members_may_attach_files_and_visitors_may_not(world):
    may = [
        can(world.viewer(m), world.training.id, Right.ATTACH) for m in (None, world.bo, world.mal)
    ]

    assert may == [False, True, False]


def test_rights_cost_no_query_while_they_stand(world, queries):
    viewer = world.viewer(world.bo)
    can(viewer, world.training.id, Right.READ)

    assert queries(readable_board_ids, world.viewer(world.bo))[0] <= 3  # the viewer's own
    assert queries(readable_board_ids, viewer)[0] == 0

"""The table of rights says what is given, what comes of it, and where that was decided."""

import pytest

from paceline.administration.rights import explain_rights, load_rights, set_rights
from paceline.forum.models import StaffAction
from paceline.lib.errors import Invalid, NotFound
from paceline.permissions.boards import can
from paceline.permissions.models import GroupRights
from paceline.permissions.rights import Right


def cell(world, board, role, right):
    page = load_rights(world.viewer(world.root), board.pk if board else 0)
    row = next(row for row in page.rows if row.value == right)
    group_id = world.group(role).pk
    found = next(cell for cell in row.cells if cell.group_id == group_id)
    return found.choice, found.is_allowed, found.decided


def choose(world, board, role, right, choice):
    choices = {(world.group(role).pk, int(right)): choice}
    set_rights(world.viewer(world.root), board.pk if board else 0, choices)


def test_what_is_denied_above_is_denied_below_unless_allowed_there(world):
    inner = world.board("Inner", world.training)
    assert cell(world, inner, "members", Right.REPLY) == ("inherit", True, "the whole site")

    choose(world, world.training, "members", Right.REPLY, "deny")
    assert cell(world, world.training, "members", Right.REPLY) == ("deny", False, "here")
    assert cell(world, inner, "members", Right.REPLY) == ("inherit", False, "Training")
    assert not can(world.viewer(world.bo), inner.pk, Right.REPLY)

    choose(world, inner, "members", Right.REPLY, "allow")
    assert can(world.viewer(world.bo), inner.pk, Right.REPLY)
    choose(world, inner, "members", Right.REPLY, "inherit")
    assert not GroupRights.objects.filter(board=inner).exists()
    assert not can(world.viewer(world.bo), inner.pk, Right.REPLY)


def test_the_site_is_where_it_begins(world):
    choose(world, None, "members", Right.LIKE, "inherit")
    assert cell(world, None, "members", Right.LIKE) == ("inherit", False, "here")
    assert not can(world.viewer(world.bo), world.training.pk, Right.LIKE)
    assert can(world.viewer(world.bo), world.training.pk, Right.REPLY)  # the others stay


def test_a_change_leaves_one_line_that_says_what(world):
    choose(world, world.training, "members", Right.REPLY, "deny")
    choose(world, world.training, "members", Right.REPLY, "deny")
    line = StaffAction.objects.get()
    assert (line.verb, line.about, line.board) == ("change rights", "Training", world.training)
    assert line.detail == {"more": "Members: deny post replies"}


def test_some_can_only_read_and_administrators_do_everything(world):
    for role in ("guests", "banned"):
        assert cell(world, world.training, role, Right.REPLY)[1:] == (False, "never")
        with pytest.raises(Invalid):
            choose(world, world.training, role, Right.REPLY, "allow")
    assert cell(world, world.training, "administrators", Right.MODERATE)[1:] == (True, "always")
    choose(world, world.training, "administrators", Right.READ, "deny")
    assert can(world.viewer(world.root), world.training.pk, Right.READ)


def test_what_is_no_choice_is_refused(world, root):
    members = world.group("members").pk
    bad_choices = ({(members, 3): "allow"}, {(members, 4): "maybe"}, {(424242, 4): "allow"})
    for choices in bad_choices:
        with pytest.raises(Invalid):
            set_rights(root, world.training.pk, choices)
    with pytest.raises(NotFound):
        set_rights(root, 424242, {})
    with pytest.raises(NotFound):
        load_rights(root, 424242)


def because(world, name, right):
    answers = explain_rights(world.viewer(world.root), world.training.pk, name)
    answer = next(each for each in answers if each.can == right)
    return answer.is_allowed, answer.because


def test_why_somebody_may_or_may_not(world):
    assert because(world, "Root", "moderate") == (True, "they are an administrator.")
    assert because(world, "ada", "moderate") == (True, "they moderate this board.")
    assert because(world, "Mal", "post replies") == (False, "their account is banned.")
    assert because(world, "Bo", "post replies")[0]
    assert because(world, "", "post replies") == (
        False,
        "visitors who have not signed in may not do so everywhere.",
    )
    with pytest.raises(Invalid):
        because(world, "Nobody", "moderate")


def test_the_table_costs_one_query_however_many_boards(world, queries):
    load_rights(world.viewer(world.root), world.training.pk)
    for n in range(10):
        world.board(f"Board {n}")
    root = world.viewer(world.root)
    load_rights(root)
    assert queries(load_rights, root, world.training.pk)[0] == 1


def test_a_banned_member_reads_and_nothing_else_whatever_old_rows_say(world):
    world.rights("banned", world.training, allow=Right.REPLY | Right.LIKE)
    mal = world.viewer(world.mal)
    assert can(mal, world.training.pk, Right.READ)
    assert not can(mal, world.training.pk, Right.REPLY)
    assert not can(mal, world.training.pk, Right.LIKE)

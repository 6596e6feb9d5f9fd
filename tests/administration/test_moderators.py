"""Moderators are named by administrators."""

import pytest

from paceline.administration.boards import load_board_form
from paceline.administration.moderators import add_moderator, remove_moderator
from paceline.lib.errors import Invalid
from paceline.permissions.boards import can
from paceline.permissions.rights import Right


def test_a_moderator_is_named_and_unnamed(world, root, lines):
    inner = world.board("Inner", world.training)
    for _ in range(2):
        add_moderator(world.viewer(world.root), world.training.pk, " bO ")
    assert can(world.viewer(world.bo), inner.pk, Right.MODERATE)
    form = load_board_form(world.viewer(world.root), world.training.pk)
    assert [each.name for each in form.moderators] == ["Ada", "Bo"]

    for _ in range(2):
        remove_moderator(world.viewer(world.root), world.training.pk, world.bo.pk)
    assert not can(world.viewer(world.bo), inner.pk, Right.MODERATE)
    assert lines() == [("change moderators", "Training")] * 2
    with pytest.raises(Invalid) as refusal:
        add_moderator(world.viewer(world.root), world.training.pk, "Nobody")
    assert refusal.value.field == "name"

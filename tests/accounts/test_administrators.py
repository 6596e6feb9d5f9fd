"""Whoever leaves, somebody is left who can administer the board."""

import pytest

from paceline.accounts.administrators import check_other_administrator
from paceline.accounts.models import Ban, MemberGroup
from paceline.administration.at_the_keyboard import end_administration
from paceline.administration.groups import take_from_group
from paceline.administration.members import close_account
from paceline.lib.errors import Invalid, NotAllowed
from paceline.moderation.ban import ban_member, lift_ban
from paceline.posting.erase_account import erase_account


@pytest.fixture
def second(world):
    """Another administrator."""
    member = world.member("Second")
    MemberGroup.objects.create(member=member, group=world.group("administrators"))
    return member


def ways_to_leave(world, member):
    """Everything that takes an administrator away."""
    group_id = world.group("administrators").pk
    return (
        lambda: erase_account(world.viewer(member), keeps_texts=True),
        lambda: take_from_group(world.viewer(member), group_id, member.pk),
        lambda: end_administration(member.name),
    )


@pytest.mark.parametrize("is_gone", ["closed", "banned", "banned for a while"])
def test_who_cannot_administer_is_nobody_to_leave_the_board_to(world, second, is_gone):
    root = world.viewer(world.root)
    if is_gone == "closed":
        close_account(root, second.pk)
    else:
        until = None if is_gone == "banned" else root.now.replace(year=root.now.year + 1)
        ban_member(root, second.pk, reason="Asleep.", until=until)

    for leave in ways_to_leave(world, world.root):
        with pytest.raises((NotAllowed, Invalid), match="administrator"):
            leave()


@pytest.mark.parametrize("way", range(3))
def test_with_another_one_may_leave(world, second, way):
    ban_member(world.viewer(world.root), second.pk, reason="By mistake.")
    lift_ban(world.viewer(world.root), second.pk)

    ways_to_leave(world, world.root)[way]()

    with pytest.raises(NotAllowed):
        check_other_administrator(second.pk)


def test_two_cannot_ban_each_other(world, second):
    root, other = world.viewer(world.root), world.viewer(second)

    ban_member(root, second.pk, reason="It was me who was first.")
    with pytest.raises(NotAllowed, match="last administrator"):
        ban_member(other, world.root.pk, reason="No, me.")

    assert not Ban.objects.filter(member=world.root).exists()

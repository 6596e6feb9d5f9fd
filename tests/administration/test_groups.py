"""Groups and who is in them; somebody always administers the board."""

import pytest

from paceline.accounts.models import Group, MemberGroup
from paceline.administration.groups import (
    GroupValues,
    add_group,
    add_to_group,
    change_group,
    delete_group,
    load_group_form,
    load_groups,
    take_from_group,
)
from paceline.forum.models import Notice
from paceline.lib.errors import Invalid, NotAllowed, NotFound


def test_a_group_is_added_changed_and_deleted(world, root, lines):
    group_id = add_group(root, "Race team", "Racer")
    for _ in range(2):
        change_group(root, group_id, GroupValues("The race team", "Racer", 5, 50))
    notice = Notice.objects.create(title="Race", groups=[group_id])
    assert [group.name for group in load_groups(root)][1] == "The race team"

    delete_group(root, group_id)
    notice.refresh_from_db()
    assert not notice.is_active
    verbs = [verb for verb, _ in lines()]
    assert verbs == ["add group", "change group", "delete group"]


@pytest.mark.parametrize(("name", "title"), [("", ""), ("members", ""), ("A", "x" * 61)])
def test_a_group_needs_a_name_of_its_own(root, name, title):
    with pytest.raises(Invalid):
        add_group(root, name, title)


def test_the_boards_own_groups_stay_and_some_take_nobody(world, root):
    for group in Group.objects.all():
        with pytest.raises(NotAllowed):
            delete_group(root, group.pk)
    for role in ("guests", "members", "new_members", "banned"):
        with pytest.raises(Invalid):
            add_to_group(root, world.group(role).pk, "Bo")


def test_members_come_and_go(world, root, lines):
    moderators = world.group("moderators")
    for _ in range(2):
        add_to_group(root, moderators.pk, "BO")
    assert moderators.pk in world.viewer(world.bo).group_ids
    assert [m.name for m in load_group_form(root, moderators.pk).members] == ["Bo"]

    for _ in range(2):
        take_from_group(root, moderators.pk, world.bo.pk)
    assert not MemberGroup.objects.filter(member=world.bo).exists()
    assert lines() == [("add to group", "Bo"), ("take from group", "Bo")]


def test_the_last_administrator_who_can_sign_in_stays(world, root):
    group = world.group("administrators")
    gone = world.member("Gone", is_active=False)
    MemberGroup.objects.create(member=gone, group=group)
    with pytest.raises(NotAllowed, match="last"):
        take_from_group(root, group.pk, world.root.pk)

    add_to_group(root, group.pk, "Bo")
    take_from_group(root, group.pk, world.root.pk)
    assert world.viewer(world.bo).is_administrator
    with pytest.raises(NotFound):
        load_groups(world.viewer(world.root))


def test_a_long_group_is_shown_in_stretches(world, root, queries):
    group = world.group("moderators")
    for n in range(130):
        MemberGroup.objects.create(member=world.member(f"Rider {n:03}"), group=group)
    cost, form = queries(load_group_form, root, group.pk)
    assert (cost, len(form.members), form.more_after) == (2, 100, "Rider 099")
    rest = load_group_form(root, group.pk, form.more_after)
    assert (len(rest.members), rest.more_after) == (30, "")

from paceline.accounts.models import Group, MemberGroup
from paceline.accounts.staff_titles import staff_titles
from paceline.conf.site import load_site, rights_changed


def test_the_title_of_the_first_titled_group_is_shown(world):
    friends = Group.objects.create(name="Friends", title="Friend of the board", position=1)
    plain = Group.objects.create(name="Plain", position=0)
    for member, groups in ((world.bo, [plain, friends]), (world.root, [plain])):
        for group in groups:
            MemberGroup.objects.create(member=member, group=group)

    titles = staff_titles(load_site())

    assert titles == {world.root.pk: "Administrator", world.bo.pk: "Friend of the board"}


def test_titles_cost_nothing_until_somebody_joins_a_group(world, queries):
    staff_titles(load_site())
    cost, _ = queries(staff_titles, load_site())
    MemberGroup.objects.create(member=world.cy, group=world.group("moderators"))
    rights_changed()
    site = load_site()
    cost_of_change, titles = queries(staff_titles, site)

    assert titles[world.cy.pk] == "Moderator"
    assert (cost, cost_of_change) == (0, 1)


def test_an_administrator_who_moderates_too_is_called_administrator(world):
    MemberGroup.objects.create(member=world.root, group=world.group("moderators"))
    rights_changed()

    assert staff_titles(load_site())[world.root.pk] == "Administrator"

"""The administration over HTTP, without script: it is there for administrators alone."""

import re

import pytest
from django.urls import get_resolver, reverse

from paceline.accounts.models import Group, Member, MemberGroup, ProfileField
from paceline.conf.site import load_site
from paceline.forum.models import Board, Notice, OwnCode, OwnSmilie, Prefix, SitePage, StaffAction
from paceline.jobs.models import Job
from paceline.permissions.boards import can
from paceline.permissions.models import BoardModerator
from paceline.permissions.rights import Right

ADDRESSES = sorted(
    f"/{pattern.pattern}"
    for pattern in get_resolver().url_patterns
    if str(pattern.pattern).startswith("admin/")
)


@pytest.fixture
def as_root(world, client):
    client.force_login(world.root)
    return client


@pytest.fixture
def things(world):
    """One of everything that an address can name, by the name of its part in the address."""
    return {
        "board_id": world.training.pk,
        "group_id": Group.objects.create(name="Racers").pk,
        "member_id": world.bo.pk,
        "field_id": ProfileField.objects.create(key="bikes", label="Bikes").pk,
        "notice_id": Notice.objects.create(title="Hello").pk,
        "code_id": OwnCode.objects.create(name="loud", template="[b]{text}[/b]").pk,
        "smilie_id": OwnSmilie.objects.create(code=":bike:", emoji="🚲", name="bike").pk,
        "page_id": SitePage.objects.get(slug="terms").pk,
        "job_id": Job.objects.create(name="x", failed_at="2026-01-01T00:00:00Z").pk,
    }


def filled(address, things):
    return re.sub(r"<id:(\w+)>", lambda found: str(things[found[1]]), address)


def test_there_are_addresses():
    assert len(ADDRESSES) > 35


# In quick runs tests/doors alone asks who may come in.
@pytest.mark.slow
@pytest.mark.parametrize("address", ADDRESSES)
def test_nobody_else_learns_that_there_is_an_administration(world, client, things, address):
    here = filled(address, things)
    dan = world.member("Dan")
    MemberGroup.objects.create(member=dan, group=world.group("moderators"))
    before = (Board.objects.count(), Group.objects.count(), SitePage.objects.count())
    # Visitors, members, moderators of a board and the banned are sent to every door in tests/doors.
    for member in (None, dan):
        if member:
            client.force_login(member)
        for method in (client.get, client.post):
            assert method(here).status_code in (404, 405), (member, here)
    assert (Board.objects.count(), Group.objects.count(), SitePage.objects.count()) == before
    assert not StaffAction.objects.exists()
    assert Job.objects.filter(name="x").exists()


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_answers_an_administrator(as_root, things, address):
    here = filled(address, things)
    page = as_root.get(here)
    assert page.status_code in (200, 405), here
    unknown = filled(address, dict.fromkeys(things, 424242))
    if unknown != here:
        assert as_root.get(unknown).status_code in (404, 405)
        assert as_root.post(unknown).status_code == 404


def test_what_needs_attention_comes_first(world, as_root):
    Job.objects.create(name="x", failed_at="2026-01-01T00:00:00Z")
    page = as_root.get("/admin/").content.decode()
    assert "Work that was given up</a>: 1" in page
    assert "No mail leaves this machine" in page


def test_a_board_is_added_changed_moved_and_deleted(world, as_root):
    address = reverse("admin_new_board")
    page = as_root.post(address, {"name": "", "description": "Up and down", "allows_images": "1"})
    assert page.status_code == 422
    assert b'value="Up and down"' in page.content
    form = {"name": "Climbs", "parent_id": world.training.pk, "takes_threads": "1"}
    as_root.post(address, form)
    board = Board.objects.get(name="Climbs")
    assert (board.parent, board.allows_bbcode) == (world.training, False)

    here = reverse("admin_board", args=[board.pk])
    as_root.post(here, {"name": "Hill climbs", "parent_id": "", "takes_threads": "1"})
    as_root.post(f"{here}move", {"direction": "up"})
    assert [b.name for b in Board.objects.filter(parent=None)] == ["Hill climbs", "Training"]
    assert as_root.post(f"{here}move", {"direction": "x"}).status_code == 422

    as_root.post(f"{here}prefixes", {"new": ["Solved", ""]})
    prefix = Prefix.objects.get(board=board)
    page = as_root.post(f"{here}prefixes", {f"prefix-{prefix.pk}": "x" * 40, "new": ["Ride"]})
    assert page.status_code == 422
    assert b'value="Ride"' in page.content
    page = as_root.post(f"{here}name", {"name": "Nobody"})
    assert page.status_code == 422
    assert b'value="Nobody"' in page.content
    as_root.post(f"{here}name", {"name": "bo"})
    assert BoardModerator.objects.filter(board=board, member=world.bo).exists()
    as_root.post(f"{here}unname", {"member": world.bo.pk})
    assert not BoardModerator.objects.filter(board=board).exists()

    assert b"Delete" in as_root.get(f"{here}delete").content
    as_root.post(f"{here}delete")
    assert not Board.objects.filter(id=board.pk).exists()
    assert world.thread
    assert as_root.post(reverse("admin_delete_board", args=[world.training.pk])).status_code == 403


def test_a_group_is_added_and_filled_and_the_last_administrator_stays(world, as_root):
    page = as_root.post("/admin/groups/", {"name": "Members", "title": "Racer"})
    assert page.status_code == 422
    assert b'value="Racer"' in page.content
    as_root.post("/admin/groups/", {"name": "Racers", "title": "Racer"})
    group = Group.objects.get(name="Racers")
    here = reverse("admin_group", args=[group.pk])
    page = as_root.post(here, {"name": "Racers", "title": "Fast", "position": "first"})
    assert page.status_code == 422
    assert b'value="first"' in page.content
    as_root.post(here, {"name": "Racers", "title": "Fast", "position": "3"})
    assert Group.objects.get(id=group.pk).title == "Fast"

    assert as_root.post(f"{here}add", {"member_name": "Nobody"}).status_code == 422
    as_root.post(f"{here}add", {"member_name": "Bo"})
    assert MemberGroup.objects.filter(group=group, member=world.bo).exists()
    as_root.post(f"{here}take", {"member": world.bo.pk})
    assert not MemberGroup.objects.filter(group=group).exists()
    as_root.post(f"{here}delete")
    assert not Group.objects.filter(id=group.pk).exists()

    administrators = reverse("admin_group", args=[world.group("administrators").pk])
    page = as_root.post(f"{administrators}take", {"member": world.root.pk})
    assert page.status_code == 403
    assert b"last administrator" in page.content
    assert as_root.post(f"{administrators}delete").status_code == 403


def test_rights_are_set_in_the_table_and_explained(world, as_root):
    members = world.group("members").pk
    form = {"board": world.training.pk, f"r-{members}-{int(Right.REPLY)}": "deny", "r-x-y": "z"}
    answer = as_root.post("/admin/rights/", form)
    assert answer["Location"] == f"/admin/rights/?board={world.training.pk}"
    assert not can(world.viewer(world.bo), world.training.pk, Right.REPLY)
    page = as_root.get(answer["Location"]).content.decode()
    assert "no, here" in page
    assert as_root.post("/admin/rights/", {f"r-{members}-3": "deny"}).status_code == 422

    page = as_root.get(f"/admin/rights/why?board={world.training.pk}&name=Bo").content.decode()
    assert "Bo may not post replies</b>, because the group Members" in page
    assert as_root.get("/admin/rights/why?name=Nobody").status_code == 422
    assert as_root.get("/admin/rights/why?board=424242").status_code == 404


def test_a_member_is_changed_and_gets_a_password_for_one_time(world, as_root):
    here = reverse("admin_member", args=[world.bo.pk])
    page = as_root.post(here, {"name": "Cy", "email": "bo@example.com", "location": "Ghent"})
    assert page.status_code == 422
    assert b'value="Ghent"' in page.content
    as_root.post(here, {"name": "Beau", "email": "bo@example.com", "location": "Ghent"})
    assert Member.objects.get(id=world.bo.pk).name == "Beau"
    assert b"Beau" in as_root.get("/admin/members/?q=bea").content

    page = as_root.post(f"{here}password")
    assert page["Cache-Control"] == "no-store"
    shown = re.search(r"<code>([^<]+)</code>", page.content.decode())
    assert shown
    password = shown[1]
    assert Member.objects.get(id=world.bo.pk).check_password(password)
    as_root.post(f"{here}close")
    assert not Member.objects.get(id=world.bo.pk).is_active
    assert as_root.post(f"{here}password").status_code == 403
    as_root.post(f"{here}open")
    assert Member.objects.get(id=world.bo.pk).is_active
    own = reverse("admin_member", args=[world.root.pk])
    assert as_root.post(f"{own}close").status_code == 403


def test_fields_notices_and_pages_come_back_as_typed_until_they_fit(world, as_root):
    page = as_root.post("/admin/fields/new", {"label": "Bikes", "longest": "very"})
    assert page.status_code == 422
    assert b'value="very"' in page.content
    as_root.post("/admin/fields/new", {"label": "Bikes", "longest": "80", "is_beside_posts": "1"})
    field = ProfileField.objects.get()
    assert (field.longest, field.is_beside_posts, field.is_editable) == (80, True, False)

    group = world.group("guests").pk
    page = as_root.post("/admin/notices/new", {"title": "", "source": "Hello", "groups": group})
    assert page.status_code == 422
    assert b"Hello</textarea>" in page.content
    assert f'value="{group}" checked'.encode() in page.content
    form = {"title": "Welcome", "source": "Hello", "groups": group, "is_active": "1"}
    as_root.post("/admin/notices/new", form)
    as_root.logout()
    assert b"Welcome" in as_root.get("/").content
    as_root.force_login(world.root)

    page = as_root.post(
        "/admin/pages/new", {"title": "Rules", "slug": "terms", "source": "Be kind"}
    )
    assert page.status_code == 422
    assert b"Be kind</textarea>" in page.content
    as_root.post("/admin/pages/new", {"title": "Rules", "source": "Be kind", "is_in_footer": "1"})
    assert SitePage.objects.get(slug="rules").is_in_footer


@pytest.mark.parametrize("noun", ["field", "notice", "page", "code", "smilie"])
def test_things_in_an_order_move_and_go(as_root, things, noun):
    here = reverse(f"admin_{noun}", args=[things[f"{noun}_id"]])
    for direction in ("down", "up"):
        assert as_root.post(f"{here}move", {"direction": direction}).status_code == 302
    assert as_root.get(f"{here}move").status_code == 405
    assert as_root.get(f"{here}delete").status_code == 200
    assert as_root.get(here).status_code == 200
    assert as_root.post(f"{here}delete").status_code == 302
    assert as_root.get(here).status_code == 404


def test_settings_are_kept_together_or_not_at_all(world, as_root):
    page = as_root.post("/admin/settings/", {"site_name": "The Bunch", "posts_per_page": "1"})
    assert page.status_code == 422
    assert b'value="The Bunch"' in page.content
    assert load_site().settings.site_name == "Paceline"
    as_root.post("/admin/settings/", {"site_name": "The Bunch", "posts_per_page": "25"})
    now = load_site().settings
    assert (now.site_name, now.posts_per_page) == ("The Bunch", 25)


def test_work_is_tried_again_and_forgotten(as_root, things):
    here = f"/admin/jobs/{things['job_id']}/"
    assert as_root.get(f"{here}drop").status_code == 405
    as_root.post(f"{here}retry")
    assert Job.objects.get(id=things["job_id"]).failed_at is None
    as_root.post(f"{here}drop")
    assert Job.objects.filter(id=things["job_id"]).exists()  # it waits; only failures are dropped


def test_numbers_without_end_in_the_names_of_fields_are_none(as_root, world):
    digits = "9" * 5000

    for address, name in (
        (f"/admin/boards/{world.training.pk}/prefixes", f"prefix-{digits}"),
        ("/admin/rights/", f"r-{digits}-{digits}"),
    ):
        kind = "application/x-www-form-urlencoded"
        assert as_root.post(address, f"{name}=allow", content_type=kind).status_code == 302
    assert not Prefix.objects.exists()

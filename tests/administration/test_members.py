"""Members are found and changed by administrators."""

import pytest
from allauth.account.models import EmailAddress

from paceline.accounts.models import Member, ProfileField
from paceline.administration.members import (
    MemberValues,
    change_member,
    close_account,
    find_members,
    load_member_form,
    open_account,
    reset_password,
)
from paceline.conf.site import rights_changed
from paceline.forum.models import Post, StaffAction, Thread
from paceline.forum.recount import find_drift
from paceline.lib.errors import Invalid, NotAllowed, NotFound


def values(**more):
    return MemberValues(
        **{
            "name": "Bo",
            "email": "bo@example.com",
            "custom_title": "",
            "location": "",
            "fields": {},
            **more,
        }
    )


def test_members_are_found_by_the_beginning_of_name_or_address(world, root):
    def found(words):
        return [member.name for member in find_members(root, words).members]

    assert found("b") == ["Bo"]
    assert found(" CY@ex") == ["Cy"]
    assert found("o") == []
    assert found("100%_") == []
    assert found("")[0] == "Root"


def test_a_name_changes_wherever_it_stands(world, root, lines):
    thread = world.thread
    world.reply(author=world.bo)
    for _ in range(2):
        change_member(root, world.bo.pk, values(name="Beau"))

    thread.refresh_from_db()
    assert (thread.author_name, thread.last_author_name) == ("Beau", "Beau")
    assert set(Post.objects.values_list("author_name", flat=True)) == {"Beau"}
    world.bo.refresh_from_db()
    assert (world.bo.name, world.bo.name_key) == ("Beau", "beau")
    assert lines() == [("change member", "Beau")]
    assert StaffAction.objects.get().detail["more"] == "name; before: Bo"
    assert find_drift() == []


def test_the_rest_of_a_member_is_changed(world, root):
    ProfileField.objects.create(key="bikes", label="Bikes", longest=20)
    rights_changed()
    root = world.viewer(world.root)
    change_member(
        root,
        world.bo.pk,
        values(
            email="beau@example.com",
            custom_title="Captain",
            location="Ghent",
            fields={"bikes": " A blue one ", "unknown": "x"},
        ),
    )
    bo = Member.objects.get(id=world.bo.pk)
    assert (bo.email, bo.custom_title, bo.location) == ("beau@example.com", "Captain", "Ghent")
    assert bo.fields == {"bikes": "A blue one"}
    address = EmailAddress.objects.get(user=bo)
    assert (address.email, address.verified, address.primary) == ("beau@example.com", True, True)
    form = load_member_form(root, bo.pk)
    assert [(each.label, each.value) for each in form.inputs] == [("Bikes", "A blue one")]


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("name", {"name": "CY"}),
        ("name", {"name": "x"}),
        ("name", {"name": "Moderator"}),
        ("email", {"email": "nowhere"}),
        ("email", {"email": "cy@example.com"}),
        ("email", {"email": "x" * 250 + "@example.com"}),
        ("custom_title", {"custom_title": "x" * 61}),
        ("location", {"location": "x" * 101}),
    ],
)
def test_what_does_not_fit_changes_nothing(world, root, field, more):
    EmailAddress.objects.create(user=world.cy, email="cy@example.com", verified=True, primary=True)
    before = Member.objects.filter(id=world.bo.pk).values().get()
    with pytest.raises(Invalid) as refusal:
        change_member(root, world.bo.pk, values(**more))
    assert refusal.value.field == field
    assert Member.objects.filter(id=world.bo.pk).values().get() == before
    assert not Thread.objects.filter(author_name="x").exists()


def test_a_name_as_old_boards_allowed_may_stay(world, root):
    Member.objects.filter(id=world.bo.pk).update(name="Bo/Beau", name_key="bo/beau")
    change_member(root, world.bo.pk, values(name="Bo/Beau", location="Ghent"))
    world.bo.refresh_from_db()
    assert world.bo.location == "Ghent"


def test_a_password_for_one_time_signs_in_once(world, root, client, lines):
    client.force_login(world.bo)
    credentials = reset_password(root, world.bo.pk)

    world.bo.refresh_from_db()
    assert world.bo.check_password(credentials.password)
    assert world.bo.must_change_password
    assert client.get("/mine/").status_code == 403  # the session has ended
    assert lines() == [("reset password", "Bo")]


def test_a_closed_account_signs_in_no_more_until_it_is_opened(world, root, client, lines):
    client.force_login(world.bo)
    for _ in range(2):
        close_account(root, world.bo.pk)
    assert client.get("/mine/").status_code == 403
    with pytest.raises(NotAllowed):
        reset_password(root, world.bo.pk)
    for _ in range(2):
        open_account(root, world.bo.pk)
    assert lines() == [("close account", "Bo"), ("open account", "Bo")]
    with pytest.raises(NotAllowed):
        close_account(root, world.root.pk)


def test_an_erased_member_is_nobody_here(world, root):
    Member.objects.filter(id=world.bo.pk).update(erased_at=root.now)
    for deed in (load_member_form, reset_password, close_account, open_account):
        with pytest.raises(NotFound):
            deed(root, world.bo.pk)
    with pytest.raises(NotFound):
        change_member(root, world.bo.pk, values())
    assert "Bo" not in [member.name for member in find_members(root).members]

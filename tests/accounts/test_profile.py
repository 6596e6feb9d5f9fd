import pytest

from paceline.accounts.models import ProfileField
from paceline.accounts.profile import Profile, change_profile, own_profile
from paceline.lib.errors import Invalid, NotAllowed, SignInFirst
from paceline.lib.kept import forget_everything

EMPTY = Profile(location="", signature="", fields={})


@pytest.fixture
def fields(world):
    ProfileField.objects.create(key="bikes", label="Bikes", longest=20)
    ProfileField.objects.create(key="badge", label="Badge", is_editable=False)
    forget_everything()


def test_a_member_says_where_they_are_and_what_they_ride(world, fields, bo):
    change_profile(bo, Profile(" Bern,\n CH ", "[b]Ride on[/b]", {"bikes": "Red one"}))

    world.bo.refresh_from_db()
    assert world.bo.location == "Bern, CH"
    assert world.bo.fields == {"bikes": "Red one"}
    assert "<strong>Ride on</strong>" in world.bo.signature_html.replace("<b>", "<strong>").replace(
        "</b>", "</strong>"
    )
    assert own_profile(world.viewer(world.bo)).signature == "[b]Ride on[/b]"


def test_a_field_that_members_may_not_edit_stays_as_it_is(world, fields, bo):
    bo.member.fields = {"badge": "Founder", "bikes": "Old one"}

    change_profile(bo, Profile("", "", {"badge": "King", "unknown": "x"}))

    world.bo.refresh_from_db()
    assert world.bo.fields == {"badge": "Founder"}


@pytest.mark.parametrize(
    ("profile", "field"),
    [
        (Profile("x" * 101, "", {}), "location"),
        (Profile("", "x" * 501, {}), "signature"),
        (Profile("", "", {"bikes": "x" * 21}), "field_bikes"),
    ],
)
def test_what_is_too_long_is_refused_and_changes_nothing(world, fields, bo, profile, field):
    with pytest.raises(Invalid) as refused:
        change_profile(bo, profile)

    assert refused.value.field == field
    world.bo.refresh_from_db()
    assert world.bo.location == ""


def test_a_signature_holds_no_pictures_and_nothing_that_runs(world, bo):
    source = "[img]https://example.com/a.png[/img] <script>alert(1)</script>"
    change_profile(bo, Profile("", source, {}))

    world.bo.refresh_from_db()
    assert "<img" not in world.bo.signature_html
    assert "<script" not in world.bo.signature_html


def test_visitors_and_banned_members_change_no_profile(nobody, mal):
    with pytest.raises(SignInFirst):
        change_profile(nobody, EMPTY)
    with pytest.raises(NotAllowed, match="banned"):
        change_profile(mal, EMPTY)

from dataclasses import replace

import pytest

from paceline.accounts.preferences import change_mail, change_reading, own_reading
from paceline.lib.errors import Invalid, SignInFirst


def test_a_member_chooses_how_pages_look_and_who_sees_them(world, bo):
    chosen = replace(
        own_reading(bo), time_zone="Europe/Zurich", date_format="iso", theme="dark",
        post_language="markdown", shows_avatars=False, shows_online=False,
    )  # fmt: skip
    change_reading(bo, chosen)

    viewer = world.viewer(world.bo)
    assert own_reading(viewer) == chosen
    assert str(viewer.zone) == "Europe/Zurich"
    assert (viewer.date_format, viewer.theme, viewer.shows_avatars) == ("iso", "dark", False)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("time_zone", "Mars/Base"),
        ("time_zone", "../etc"),
        ("date_format", "x"),
        ("theme", "pink"),
        ("post_language", "plain"),
    ],
)
def test_what_was_not_offered_is_refused(world, bo, name, value):
    with pytest.raises(Invalid) as refused:
        change_reading(bo, replace(own_reading(bo), **{name: value}))

    assert refused.value.field == name
    world.bo.refresh_from_db()
    assert getattr(world.bo, name) in ("", "system")


def test_a_member_chooses_what_they_hear_of(world, bo):
    change_mail(bo, watches_own_threads=False, mails_alerts=False)

    world.bo.refresh_from_db()
    assert (world.bo.watches_own_threads, world.bo.mails_alerts) == (False, False)


def test_visitors_have_no_settings(nobody):
    with pytest.raises(SignInFirst):
        own_reading(nobody)
    with pytest.raises(SignInFirst):
        change_mail(nobody, watches_own_threads=True, mails_alerts=True)

"""Every setting of the table in code can be seen and changed."""

import pytest

from paceline.administration.settings import change_settings, load_settings
from paceline.conf.board_settings import SETTINGS
from paceline.conf.site import load_site
from paceline.forum.models import StaffAction
from paceline.lib.errors import Invalid


def test_every_setting_is_offered_once_with_its_help(root, no_queries):
    with no_queries():
        groups = load_settings(root)
    inputs = [each for group in groups for each in group.inputs]
    assert sorted(each.name for each in inputs) == sorted(setting.name for setting in SETTINGS)
    assert all(each.help_text for each in inputs)
    assert all(each.choices for each in inputs if each.kind == "choice")


def test_what_is_shown_can_be_sent_back_and_changes_nothing(root):
    values = {each.name: each.value for group in load_settings(root) for each in group.inputs}
    assert change_settings(root, values) == ()
    assert not StaffAction.objects.exists()


def test_a_change_is_in_force_at_once_and_logged(root):
    assert change_settings(root, {"site_name": " The Bunch ", "posts_per_page": "30"}) == (
        "site_name",
        "posts_per_page",
    )
    now = load_site().settings
    assert (now.site_name, now.posts_per_page) == ("The Bunch", 30)
    line = StaffAction.objects.get()
    assert line.verb == "change settings"
    assert line.detail["more"] == "Site name: Paceline → The Bunch; Posts per page: 20 → 30"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("posts_per_page", "4"),
        ("posts_per_page", "many"),
        ("time_zone", "Mars/Olympus"),
        ("site_name", "x" * 81),
        ("contact_mail", "the desk"),
        ("contact_mail", "desk@example.org, other@example.org"),
        ("unknown", "1"),
    ],
)
def test_what_does_not_fit_changes_nothing(root, name, value):
    with pytest.raises(Invalid) as refusal:
        change_settings(root, {"footer_line": "Hello", name: value})
    assert refusal.value.field == name
    assert load_site().settings.footer_line == ""

from datetime import UTC, datetime, timedelta

import pytest

from paceline.accounts.titles import is_online, title_for
from paceline.conf.board_settings import BoardSettings

SETTINGS = BoardSettings(member_posts=30, senior_member_posts=100, online_minutes=15)


@pytest.mark.parametrize(
    ("posts", "title"),
    [
        (0, "Junior Member"),
        (29, "Junior Member"),
        (30, "Member"),
        (99, "Member"),
        (100, "Senior Member"),
    ],
)
def test_without_a_title_of_their_own_members_are_called_by_their_posts(posts, title):
    assert title_for(custom_title="", group_title="", post_count=posts, settings=SETTINGS) == title


def test_a_title_given_to_a_member_comes_before_their_groups_and_that_before_their_posts():
    def title(custom: str, group: str) -> str:
        return title_for(custom_title=custom, group_title=group, post_count=500, settings=SETTINGS)

    assert title("Bike Dude", "Administrator") == "Bike Dude"
    assert title("", "Administrator") == "Administrator"


def test_a_member_is_online_for_the_minutes_that_the_board_says_and_only_where_they_show_it():
    now = datetime(2008, 10, 3, 11, 40, tzinfo=UTC)
    lately, long_ago = now - timedelta(minutes=14), now - timedelta(minutes=15)

    assert is_online(lately, True, now, SETTINGS)
    assert not is_online(long_ago, True, now, SETTINGS)
    assert not is_online(lately, False, now, SETTINGS)
    assert not is_online(None, True, now, SETTINGS)

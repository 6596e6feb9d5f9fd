import pytest

from paceline.accounts.models import Member
from paceline.browsing.suggestions import MOST_NAMES, suggest_members


def test_names_that_begin_so_whatever_their_case(world):
    world.member("Adalbert")
    world.member("Éda")

    assert suggest_members("AD") == ["Ada", "Adalbert"]
    assert suggest_members("@ada") == ["Ada", "Adalbert"]
    assert suggest_members("éd") == ["Éda"]


def test_who_has_left_is_not_suggested(world):
    Member.objects.filter(name="Ada").update(is_active=False)

    assert suggest_members("Ada") == []


@pytest.mark.parametrize(
    "beginning", ["", "@", " ", "%", "_", "\x00", "\ud800", "x" * 5000, "' OR 1=1"]
)
def test_odd_beginnings_find_nobody(world, beginning):
    assert suggest_members(beginning) == []


def test_so_many_names_and_no_more(world):
    for number in range(MOST_NAMES + 2):
        world.member(f"Rider {number}")

    assert len(suggest_members("rider")) == MOST_NAMES

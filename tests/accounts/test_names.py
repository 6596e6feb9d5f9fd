import pytest
from django.core.exceptions import ValidationError

from paceline.accounts.names import check_name, is_taken


@pytest.mark.parametrize(
    "name", ["Bo", "Jürgen K.", "Ὀδυσσεύς", "自転車", "R2-D2", "o'Neill", "x" * 40]
)
def test_people_are_called_all_sorts_of_things(name):
    check_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "a",
        "x" * 41,
        "two  spaces",
        " lead",
        "line\nbreak",
        "@home",
        "a/b",
        "…!…",
        "Guest",
        "ＧＵＥＳＴ",
        "everyone",
        "Deleted member 3",
        "\ufdfa" * 40,
    ],
)
def test_what_would_be_taken_for_something_else_is_no_name(name):
    with pytest.raises(ValidationError):
        check_name(name)


def test_a_name_is_taken_in_every_spelling_that_counts_as_the_same(world):
    world.member("Straße")

    assert all(map(is_taken, ["Straße", "STRASSE", " strasse "]))
    assert not is_taken("Strase")

import pytest
from django.core.exceptions import ValidationError

from paceline.accounts.names import TAKEN, check_free, check_name


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
        "Adrninistrator",
        "M0derator",
        "Ada\ufe0f",
        "Ada\u3164",
        "Ada\u034f",
        "Ad\u2800a",
        "Аda",
        "Adα",
        "Z" + "\u0335\u0336\u0337\u0338" + "algo",
    ],
)
def test_what_would_be_taken_for_something_else_is_no_name(name):
    with pytest.raises(ValidationError):
        check_name(name)


def test_a_name_is_taken_in_every_spelling_that_counts_as_the_same(world):
    world.member("Straße")

    for name in ("Straße", "STRASSE", " strasse "):
        with pytest.raises(ValidationError, match=TAKEN):
            check_free(name)
    check_free("Strase")


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Paul", "PauI"),
        ("Paul", "Pau1"),
        ("Barney", "Bamey"),
        ("pop", "рор"),
        ("COMA", "СОМА"),
        ("O'Neill", "O’Neill"),
        ("R-2", "R–2"),
        ("Bob O", "Bob 0"),
    ],
)
def test_a_name_is_taken_by_one_that_looks_like_it(world, name, other):
    for first, second in ((name, other), (other, name)):
        member = world.member(first)
        with pytest.raises(ValidationError, match="looks like this"):
            check_free(second)
        check_free(second, besides=member.pk)
        member.delete()


def test_names_that_differ_are_free(world):
    world.member("Paul")

    for name in ("Pablo", "Pául", "Paul 2", "Павел"):
        check_free(name)


def test_a_new_name_has_a_new_look(world):
    world.bo.name = "Paul"
    world.bo.save(update_fields=["name"])

    with pytest.raises(ValidationError, match="looks like this"):
        check_free("PauI")
    check_free("Bo")

"""Whoever sits at the machine can make members and administrators, and mend a lost password."""

import re

import pytest

from paceline.accounts.models import Member
from paceline.accounts.viewer import load_viewer
from paceline.administration.at_the_keyboard import (
    create_member,
    end_administration,
    give_one_time_password,
    has_administrator,
    make_administrator,
    set_password,
)
from paceline.conf.site import load_site
from paceline.lib.errors import Invalid, NotFound

pytestmark = pytest.mark.django_db


def is_administrator(name: str) -> bool:
    return load_viewer(load_site(), Member.objects.get(name=name)).is_administrator


def test_a_new_board_has_no_administrator_until_one_is_made():
    assert not has_administrator()

    create_member("Kim", "kim@example.com", is_administrator=True)

    assert has_administrator()
    assert is_administrator("Kim")


def test_a_member_made_here_signs_in_once_and_must_choose_a_password(client):
    made = create_member("Kim", "kim@example.com")

    assert re.fullmatch(r"[a-z2-9]{4}(-[a-z2-9]{4}){3}", made.password)
    kim = Member.objects.get(name="Kim")
    assert kim.check_password(made.password)
    assert kim.must_change_password
    assert not is_administrator("Kim")
    assert client.login(username="Kim", password=made.password)


@pytest.mark.parametrize(
    ("name", "email", "field"),
    [
        ("K", "k@example.com", "name"),
        ("Kim/Kay", "k@example.com", "name"),
        ("ADA", "k@example.com", "name"),
        ("Kim", "no address", "email"),
        ("Kim", "Taken@example.com", "email"),
    ],
)
def test_a_name_or_an_address_that_cannot_be_taken_is_refused(world, name, email, field):
    create_member("Taker", "taken@example.com")

    with pytest.raises(Invalid) as refusal:
        create_member(name, email)
    assert refusal.value.field == field


def test_a_lost_password_is_replaced_by_one_for_one_time(world):
    given = give_one_time_password("bo")

    bo = Member.objects.get(name="Bo")
    assert given.name == "Bo"
    assert bo.check_password(given.password)
    assert bo.must_change_password
    with pytest.raises(NotFound, match="no member called Nobody"):
        give_one_time_password("Nobody")


def test_administrators_come_and_go_but_the_last_one_stays(world):
    assert make_administrator("Bo")
    assert not make_administrator("Bo")
    assert is_administrator("Bo")

    assert end_administration("Bo")
    assert not end_administration("Bo")
    assert not is_administrator("Bo")

    with pytest.raises(Invalid, match="last administrator"):
        end_administration("Root")
    assert is_administrator("Root")


def test_a_password_chosen_at_the_machine_stays_and_must_be_a_good_one(world):
    give_one_time_password("Bo")
    with pytest.raises(Invalid) as refusal:
        set_password("Bo", "short")
    assert refusal.value.field == "password"

    set_password("Bo", "one-long-road-at-dawn")

    member = Member.objects.get(name="Bo")
    assert member.check_password("one-long-road-at-dawn")
    assert not member.must_change_password

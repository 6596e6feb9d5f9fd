import pytest
from allauth.account.models import EmailAddress

from paceline.accounts.models import Member
from paceline.browsing import member_list
from paceline.browsing.member_list import load_member_list
from paceline.lib.errors import NotFound


def names(found):
    return [person.name for person in found.people]


def test_members_stand_in_the_order_that_is_asked_for(world, nobody):
    world.start_thread("One", author=world.cy)
    world.start_thread("Two", author=world.cy)
    world.reply(author=world.bo, thread=world.start_thread("Three", author=world.ada))

    assert names(load_member_list(nobody)) == ["Ada", "Bo", "Cy", "Mal", "Root"]
    assert names(load_member_list(nobody, sort="joined"))[0] == "Root"
    assert names(load_member_list(nobody, sort="posts"))[0] == "Cy"
    assert names(load_member_list(nobody, sort="password")) == names(load_member_list(nobody))


def test_members_are_found_by_how_their_names_begin(world, nobody):
    world.member("Bodo")
    world.member("Élodie")
    world.member("100 % Bo")

    assert names(load_member_list(nobody, query=" BO")) == ["Bo", "Bodo"]
    assert names(load_member_list(nobody, query="él")) == ["Élodie"]
    assert names(load_member_list(nobody, query="%")) == []
    assert names(load_member_list(nobody, query="_o")) == []
    assert names(load_member_list(nobody, query="1")) == ["100 % Bo"]


def test_erased_accounts_and_those_never_confirmed_are_left_out(world, nobody):
    Member.objects.filter(id=world.bo.pk).update(erased_at=nobody.now)
    EmailAddress.objects.create(user=world.cy, email=world.cy.email, primary=True)

    assert names(load_member_list(nobody)) == ["Ada", "Mal", "Root"]
    Member.objects.filter(id=world.cy.pk).update(last_login=nobody.now)
    assert "Cy" in names(load_member_list(nobody))


@pytest.mark.parametrize("sort", list(member_list.SORTS))
def test_the_list_goes_on_where_it_stopped_and_loses_nobody(world, nobody, sort, monkeypatch):
    monkeypatch.setattr(member_list, "PER_PAGE", 2)
    seen: list[str] = []
    after = ""
    for _ in range(3):
        found = load_member_list(nobody, sort=sort, after=after)
        assert found.is_first == (not after)
        seen += names(found)
        after = found.further
    assert not after
    assert sorted(seen) == ["Ada", "Bo", "Cy", "Mal", "Root"]
    assert seen == sorted(seen) or sort != "name"


@pytest.mark.parametrize("after", ["x", "x:y", "\x00", "a" * 4000])
def test_a_place_that_the_list_did_not_give_out_is_none(nobody, after):
    with pytest.raises(NotFound):
        load_member_list(nobody, after=after)


def test_a_place_in_another_order_is_none(world, nobody, monkeypatch):
    monkeypatch.setattr(member_list, "PER_PAGE", 2)
    place = load_member_list(nobody, sort="posts").further

    with pytest.raises(NotFound):
        load_member_list(nobody, sort="joined", after=place)


def test_a_page_of_members_costs_one_query(world, nobody, queries):
    load_member_list(nobody)
    few, _ = queries(load_member_list, nobody)
    for number in range(20):
        world.member(f"Rider {number}")
    many, found = queries(load_member_list, nobody)

    assert len(found.people) == 25
    assert (few, many) == (1, 1)

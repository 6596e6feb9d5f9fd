import pytest

from paceline.accounts import ignoring
from paceline.accounts.ignoring import ignore_member, ignored_members, stop_ignoring
from paceline.lib.errors import Invalid, NotFound, SignInFirst


def test_a_member_ignores_another_and_stops(world, bo):
    assert ignore_member(bo, world.cy.pk) == "Cy"
    ignore_member(bo, world.cy.pk)
    ignore_member(bo, world.ada.pk)

    assert [member.name for member in ignored_members(bo)] == ["Ada", "Cy"]

    assert stop_ignoring(bo, world.cy.pk) == "Cy"
    stop_ignoring(bo, world.cy.pk)
    assert [member.name for member in ignored_members(bo)] == ["Ada"]


def test_nobody_ignores_themselves_nor_nobody_nor_everybody(world, bo, monkeypatch):
    with pytest.raises(Invalid, match="themselves"):
        ignore_member(bo, world.bo.pk)
    with pytest.raises(NotFound):
        ignore_member(bo, 2**62)
    with pytest.raises(NotFound):
        stop_ignoring(bo, 2**62)
    monkeypatch.setattr(ignoring, "MOST_IGNORED", 1)
    ignore_member(bo, world.cy.pk)
    with pytest.raises(Invalid, match="most"):
        ignore_member(bo, world.ada.pk)


def test_a_visitor_ignores_nobody(world, nobody, no_queries):
    with no_queries():
        assert ignored_members(nobody) == ()
    with pytest.raises(SignInFirst):
        ignore_member(nobody, world.bo.pk)
    with pytest.raises(SignInFirst):
        stop_ignoring(nobody, world.bo.pk)

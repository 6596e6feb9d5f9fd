import pytest

from paceline.accounts.models import Member
from paceline.forum.models import MemberTag, State, Thread
from paceline.forum.recount import find_drift
from paceline.jobs.models import Job
from paceline.lib.errors import Invalid, NotAllowed, NotFound, SignInFirst
from paceline.permissions.rights import Right
from paceline.posting import tag
from paceline.posting.tag import tag_member, untag_member


def tagged_count(name):
    return Member.objects.get(name=name).tagged_count


def test_a_member_is_tagged_by_name_and_told_once(world, bo):
    for name in ("Cy", " @cy "):
        assert tag_member(bo, world.thread.pk, name) == world.cy

    assert MemberTag.objects.get().tagged_by == world.bo
    assert tagged_count("Cy") == 1
    assert Job.objects.filter(name="tell_of_tag").count() == 1
    assert not find_drift()


def test_nobody_is_told_that_they_tagged_themselves(world, bo):
    tag_member(bo, world.thread.pk, "Bo")

    assert tagged_count("Bo") == 1
    assert not Job.objects.filter(name="tell_of_tag").exists()


@pytest.mark.parametrize("name", ["", "Nobody", "@", "x" * 500, "\x00"])
def test_there_must_be_a_member_of_that_name(world, bo, name):
    with pytest.raises(Invalid, match="no member of that name") as refused:
        tag_member(bo, world.thread.pk, name)
    assert refused.value.field == "name"


def test_who_cannot_see_the_board_is_not_tagged(world, root):
    plans = world.start_thread("Plans", board=world.hidden_board(), author=world.root)

    with pytest.raises(Invalid, match="Bo cannot see this board"):
        tag_member(root, plans.pk, "Bo")
    assert tag_member(root, plans.pk, "Root")


def test_a_thread_takes_so_many_tags(world, bo, monkeypatch):
    monkeypatch.setattr(tag, "MOST_TAGS", 1)
    tag_member(bo, world.thread.pk, "Cy")

    with pytest.raises(Invalid, match="the most"):
        tag_member(bo, world.thread.pk, "Ada")


def test_who_may_not_tag(world, nobody, mal, bo):
    with pytest.raises(SignInFirst):
        tag_member(nobody, world.thread.pk, "Cy")
    with pytest.raises(NotAllowed, match="banned"):
        tag_member(mal, world.thread.pk, "Cy")
    with pytest.raises(NotFound):
        tag_member(bo, 2**62, "Cy")
    thread = world.thread
    Thread.objects.filter(id=thread.pk).update(state=State.HELD)
    with pytest.raises(NotAllowed, match="everybody can see"):
        tag_member(bo, thread.pk, "Cy")
    world.rights("members", world.training, deny=Right.TAG)
    with pytest.raises(NotAllowed, match="You may not tag members"):
        tag_member(world.viewer(world.bo), thread.pk, "Cy")


def test_who_takes_a_tag_back(world, ada, bo, cy):
    other = world.viewer(world.member("Di"))
    for viewer in (bo, cy, ada):
        tag_member(bo, world.thread.pk, "Cy")
        with pytest.raises(NotAllowed, match="Only who gave"):
            untag_member(other, world.thread.pk, world.cy.pk)
        untag_member(viewer, world.thread.pk, world.cy.pk)
        untag_member(viewer, world.thread.pk, world.cy.pk)
        assert tagged_count("Cy") == 0
    assert not find_drift()

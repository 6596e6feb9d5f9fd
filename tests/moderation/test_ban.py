"""Members are warned and banned, and bans are lifted; staff is left to administrators."""

from datetime import timedelta

import pytest

from paceline.accounts.models import Ban, MemberGroup
from paceline.forum.models import StaffAction
from paceline.jobs.models import Job
from paceline.lib.errors import Invalid, NotAllowed, NotFound
from paceline.moderation.ban import ban_member, lift_ban, warn_member
from paceline.posting.reply import post_reply


@pytest.fixture(autouse=True)
def _bo_and_cy_have_written_here(world):
    world.reply(author=world.cy)


def test_a_banned_member_reads_why_and_writes_no_more(world, ada):
    ban_member(ada, world.bo.pk, reason="Sold watches.")

    assert world.viewer(world.bo).ban_reason == "Sold watches."
    with pytest.raises(NotAllowed, match="Sold watches"):
        post_reply(world.viewer(world.bo), world.start_thread(author=world.cy).pk, "But")
    line = StaffAction.objects.get()
    assert (line.verb, line.member, line.reason) == ("ban", world.bo, "Sold watches.")


def test_a_ban_ends_by_itself_or_is_replaced_or_lifted(world, ada):
    tomorrow = ada.now + timedelta(days=1)
    ban_member(ada, world.bo.pk, reason="Cool down.", until=tomorrow)
    ban_member(ada, world.bo.pk, reason="For good.")
    assert Ban.objects.filter(member=world.bo, lifted_at__isnull=True).count() == 1
    assert world.viewer(world.bo).ban_reason == "For good."

    assert lift_ban(ada, world.bo.pk)
    assert not lift_ban(ada, world.bo.pk)
    assert not world.viewer(world.bo).is_banned
    verbs = StaffAction.objects.order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["ban", "ban", "lift ban"]


def test_the_end_must_be_to_come_and_the_reason_said(world, ada):
    for field, more in (("until", {"reason": "So", "until": ada.now}), ("reason", {"reason": " "})):
        with pytest.raises(Invalid) as refusal:
            ban_member(ada, world.bo.pk, **more)
        assert refusal.value.field == field
    with pytest.raises(Invalid):
        warn_member(ada, world.bo.pk, "")
    assert not Ban.objects.filter(member=world.bo).exists()


def test_a_warning_is_told_and_kept(world, ada):
    warn_member(ada, world.bo.pk, "Please keep to the subject.")
    job = Job.objects.get(name="tell_of_staff")
    assert job.arguments["text"] == "Please keep to the subject."
    assert StaffAction.objects.get().verb == "warn"


def test_staff_is_banned_by_administrators_only_and_nobody_bans_themselves(world, ada, root):
    dan = world.member("Dan")
    MemberGroup.objects.create(member=dan, group=world.group("moderators"))
    for viewer, member in ((ada, world.root), (ada, dan), (ada, world.ada), (root, world.root)):
        with pytest.raises(NotAllowed):
            ban_member(viewer, member.pk, reason="Because")
    ban_member(root, world.ada.pk, reason="Because")
    with pytest.raises(NotFound):
        ban_member(world.viewer(world.ada), world.bo.pk, reason="Revenge")


def test_a_moderator_bans_only_who_has_written_where_they_moderate(world, ada):
    eve = world.member("Eve")
    world.start_thread(board=world.board("Other"), author=eve)
    for deed in (ban_member, lift_ban):
        with pytest.raises(NotAllowed, match="no board that you moderate"):
            deed(ada, eve.pk, reason="Because")
    dan = world.member("Dan")
    MemberGroup.objects.create(member=dan, group=world.group("moderators"))
    ban_member(world.viewer(dan), eve.pk, reason="Sold watches too.")
    assert world.viewer(eve).is_banned


def test_others_have_no_such_verb(world, bo, nobody):
    for viewer in (bo, nobody):
        for deed in (ban_member, lift_ban):
            with pytest.raises(NotFound):
                deed(viewer, world.cy.pk, reason="Because")
        with pytest.raises(NotFound):
            warn_member(viewer, world.cy.pk, "Beware")
    with pytest.raises(NotFound):
        ban_member(world.viewer(world.ada), 999_999, reason="Because")

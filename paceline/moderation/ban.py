"""Warn a member, ban them, lift the ban."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from paceline.accounts.administrators import check_other_administrator, is_administrator
from paceline.accounts.models import Ban, Member
from paceline.accounts.viewer import Viewer
from paceline.forum.staff_log import Verb, check_reason, log_member
from paceline.lib.errors import Invalid, NotFound
from paceline.notifications.tell import tell_of_staff
from paceline.permissions.members import check_discipline, check_staff


def warn_member(viewer: Viewer, member_id: int, text: str) -> None:
    """Send a member a word from the staff, kept in the log. Raises as `ban_member`."""
    text = check_reason(text, must="Write what the member should know.")
    with transaction.atomic():
        member = _hold_member(viewer, member_id)
        tell_of_staff(member.pk, text)
        log_member(viewer, Verb.WARN, member, text)


def ban_member(
    viewer: Viewer, member_id: int, *, reason: str, until: datetime | None = None
) -> Ban:
    """Let a member read and nothing else, until a moment or until the ban is lifted.

    Sessions stay, so that the member reads why. A ban in force is replaced by this one.
    Raises NotFound, NotAllowed, or Invalid for "reason" or "until".
    """
    reason = check_reason(reason, must="Say why; the member will read it.")
    if until is not None and until <= viewer.now:
        raise Invalid("until", "Choose a moment that is still to come, or none.")
    with transaction.atomic():
        member = _hold_member(viewer, member_id)
        if is_administrator(member.pk):
            check_other_administrator(member.pk)
        _lift(viewer, member)
        ban = Ban.objects.create(
            member=member,
            reason=reason,
            banned_by_id=viewer.member_id,
            banned_at=viewer.now,
            until=until,
        )
        moment = until.isoformat(timespec="seconds") if until else ""
        log_member(viewer, Verb.BAN, member, reason, until=moment)
    return ban


def lift_ban(viewer: Viewer, member_id: int, *, reason: str = "") -> bool:
    """Let a banned member take part again; False where no ban was in force. Raises alike."""
    reason = check_reason(reason)
    with transaction.atomic():
        member = _hold_member(viewer, member_id)
        lifted = _lift(viewer, member)
        if lifted:
            log_member(viewer, Verb.LIFT_BAN, member, reason)
    return lifted


def _lift(viewer: Viewer, member: Member) -> bool:
    in_force = Q(lifted_at__isnull=True) & (Q(until__isnull=True) | Q(until__gt=viewer.now))
    bans = Ban.objects.filter(in_force, member=member)
    return bool(bans.update(lifted_at=viewer.now, lifted_by_id=viewer.member_id))


def _hold_member(viewer: Viewer, member_id: int) -> Member:
    check_staff(viewer)
    member = (
        Member.objects.select_for_update(of=("self",), no_key=True).filter(id=member_id).first()
    )
    if member is None or member.erased_at is not None:
        raise NotFound("There is no such member.")
    check_discipline(viewer, member)
    return member

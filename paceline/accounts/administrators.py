"""That somebody is left who can administer the board."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from paceline.accounts.models import Ban, Group, MemberGroup
from paceline.lib.errors import NotAllowed


def check_other_administrator(member_id: int, sentence: str = "") -> None:
    """Raise NotAllowed, with the sentence, unless somebody beside this member administers the
    board, can sign in, and is not banned.

    Holds the rows, so that of two who leave at once the second is asked about what the first has
    left. Two queries, in the caller's transaction.
    """
    rows = MemberGroup.objects.filter(group__role=Group.Role.ADMINISTRATORS)
    # Held first and asked then: what is asked while waiting for a row is as old as the wait.
    list(rows.select_for_update(of=("self",), no_key=True).order_by("id"))
    in_force = Q(lifted_at__isnull=True) & (Q(until__isnull=True) | Q(until__gt=timezone.now()))
    banned = Ban.objects.filter(in_force, member=OuterRef("member"))
    others = rows.exclude(member_id=member_id).filter(~Exists(banned), member__is_active=True)
    if not others.exists():
        raise NotAllowed(
            sentence or "This is the last administrator; make somebody else one first."
        )


def is_administrator(member_id: int) -> bool:
    """Whether a member belongs to the group of administrators, banned or not. One query."""
    return MemberGroup.objects.filter(
        group__role=Group.Role.ADMINISTRATORS, member_id=member_id
    ).exists()

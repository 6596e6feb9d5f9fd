"""Members: who may discipline whom."""

from paceline.accounts.models import Member
from paceline.accounts.viewer import Viewer
from paceline.lib.errors import NotAllowed, NotFound
from paceline.permissions.rights import Right
from paceline.permissions.table import administrators_group_id, is_staff, load_table


def check_staff(viewer: Viewer) -> None:
    """Raise NotFound unless the viewer moderates a board: staff's pages are not there."""
    if not is_staff(viewer):
        raise NotFound


def check_administrator(viewer: Viewer) -> None:
    """Raise NotFound unless the viewer administers the site."""
    if not viewer.is_administrator:
        raise NotFound


def check_discipline(viewer: Viewer, member: Member) -> None:
    """Raise unless the viewer may warn or ban the member. One query.

    Every moderator may, since somebody must be awake when somebody sells watches; whom other
    staff may not touch are staff: only administrators ban these, and nobody bans themselves.
    """
    check_staff(viewer)
    if member.pk == viewer.member_id:
        raise NotAllowed("Nobody can do this to themselves.")
    if not viewer.is_administrator and is_staff_member(viewer, member):
        raise NotAllowed(f"{member.name} belongs to the staff; only an administrator can do this.")


def is_staff_member(viewer: Viewer, member: Member) -> bool:
    """Whether a member, banned or not, moderates any board or administers the site. One query."""
    table = load_table(viewer)
    if any(member.pk in moderators for moderators in table.moderators.values()):
        return True
    group_ids = set(member.memberships.values_list("group_id", flat=True))
    if administrators_group_id() in group_ids:
        return True
    return any(
        table.of_group(group_id, board_id) & Right.MODERATE
        for group_id in group_ids
        for board_id in table.boards
    )

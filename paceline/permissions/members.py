"""Members: who may discipline whom."""

from paceline.accounts.models import Member
from paceline.accounts.viewer import Viewer
from paceline.forum.models import Post
from paceline.lib.errors import NotAllowed, NotFound
from paceline.permissions.boards import moderated_board_ids
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
    """Raise unless the viewer may warn or ban the member. One query or two.

    Who moderates everywhere may, since somebody must be awake when somebody sells watches; who
    moderates some boards may where the member has written on one of these. Staff is left to
    administrators, and nobody bans themselves.
    """
    check_staff(viewer)
    if member.pk == viewer.member_id:
        raise NotAllowed("Nobody can do this to themselves.")
    if not viewer.is_administrator and is_staff_member(viewer, member):
        raise NotAllowed(f"{member.name} belongs to the staff; only an administrator can do this.")
    if not moderates_everywhere(viewer) and not _wrote_on(moderated_board_ids(viewer), member):
        raise NotAllowed(f"{member.name} has written on no board that you moderate.")


def moderates_everywhere(viewer: Viewer) -> bool:
    """Whether a group of the viewer's moderates the site, not only some of its boards."""
    rows = load_table(viewer).rows
    site = [rows.get((group_id, None), (0, 0)) for group_id in viewer.group_ids]
    return viewer.is_administrator or any(allow & ~deny & Right.MODERATE for allow, deny in site)


def _wrote_on(board_ids: frozenset[int], member: Member) -> bool:
    return Post.objects.filter(author=member, thread__board_id__in=board_ids).exists()


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

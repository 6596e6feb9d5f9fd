"""The table of rights: what each group is given and denied, here and below; and why."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from paceline.accounts.models import Group
from paceline.accounts.viewer import Viewer, load_viewer, visitor
from paceline.administration.counting import follow_rights
from paceline.administration.named import find_member_named
from paceline.conf.site import rights_changed
from paceline.forum.staff_log import Verb, log_site
from paceline.lib.errors import Invalid, NotFound
from paceline.permissions.boards import explain
from paceline.permissions.members import check_administrator
from paceline.permissions.models import GroupRights
from paceline.permissions.rights import CAN, READING, Right
from paceline.permissions.table import RightsTable, load_table

ALLOW, DENY, INHERIT = "allow", "deny", "inherit"
CHOICES = (INHERIT, ALLOW, DENY)
# They have no account, or may not use it: reading is all that can be given to them.
READERS_ONLY = (Group.Role.GUESTS, Group.Role.BANNED)


@dataclass(frozen=True, slots=True)
class Cell:
    """One right of one group: what is chosen here, what comes of it, and where that was decided.

    `is_open` is false where nothing can be chosen: administrators may do all, visitors read.
    """

    group_id: int
    choice: str
    is_allowed: bool
    decided: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class RightRow:
    """One right for all groups."""

    value: int
    can: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class RightsPage:
    """The table for one board, or for the site where `board_id` is 0."""

    board_id: int
    board_name: str
    groups: tuple[tuple[int, str], ...]
    rows: tuple[RightRow, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """Whether somebody may do something somewhere, and because of what."""

    can: str
    is_allowed: bool
    because: str


def load_rights(viewer: Viewer, board_id: int = 0) -> RightsPage:
    """The table of a board (0: of the site). One query. Raises NotFound."""
    check_administrator(viewer)
    table = load_table(viewer)
    if board_id and board_id not in table.boards:
        raise NotFound("There is no such board.")
    groups = list(Group.objects.order_by("position", "id"))
    return RightsPage(
        board_id=board_id,
        board_name=table.boards[board_id].name if board_id else "",
        groups=tuple((group.pk, group.name) for group in groups),
        rows=tuple(
            RightRow(
                value=int(right),
                can=_can(right),
                cells=tuple(_cell(table, group, board_id, right) for group in groups),
            )
            for right in Right
        ),
    )


def set_rights(viewer: Viewer, board_id: int, choices: Mapping[tuple[int, int], str]) -> None:
    """Set what groups are given and denied on a board (0: on the site).

    `choices` has, by group id and right, one of `CHOICES`; what is not in it stays. Raises
    NotFound, or Invalid("choice", ...) for what cannot be given.
    """
    check_administrator(viewer)
    if board_id and board_id not in load_table(viewer).boards:
        raise NotFound("There is no such board.")
    groups = {group.pk: group for group in Group.objects.all()}
    place = board_id or None
    changes = []
    with transaction.atomic():
        rows = GroupRights.objects.select_for_update(of=("self",), no_key=True).filter(_at(place))
        kept = {row.group_id: (row.allow, row.deny) for row in rows}
        for group_id, chosen in _by_group(choices).items():
            if group_id not in groups:
                raise Invalid("choice", "There is no such group.")
            before = kept.get(group_id, (0, 0))
            after = _masks(groups[group_id], before, chosen)
            if after != before:
                _write(group_id, place, after)
                changes.append(_words(groups[group_id].name, before, after))
        if changes:
            where = load_table(viewer).boards[board_id].name if board_id else "the whole site"
            more = "; ".join(changes)[:1000]
            log_site(viewer, Verb.CHANGE_RIGHTS, where, board_id=place, more=more)
            follow_rights()
            rights_changed()


def explain_rights(viewer: Viewer, board_id: int, name: str) -> tuple[Why, ...]:
    """What the member of that name (empty: a visitor) may do on a board, and why.

    Two queries. Raises NotFound, or Invalid("name", ...).
    """
    check_administrator(viewer)
    if board_id not in load_table(viewer).boards:
        raise NotFound("There is no such board.")
    if name.strip():
        who = load_viewer(viewer.site, find_member_named(name))
    else:
        who = visitor(viewer.site)
    answers = (explain(who, board_id, right) for right in Right)
    return tuple(Why(_can(a.right), a.is_allowed, _of_them(a.because)) for a in answers)


def _cell(table: RightsTable, group: Group, board_id: int, right: Right) -> Cell:
    allow, deny = table.rows.get((group.pk, board_id or None), (0, 0))
    choice = DENY if deny & right else ALLOW if allow & right else INHERIT
    if group.role == Group.Role.ADMINISTRATORS:
        return Cell(group.pk, choice, True, "always", is_open=False)
    if group.role in READERS_ONLY and not right & READING:
        return Cell(group.pk, choice, False, "never", is_open=False)
    if not board_id:
        is_allowed = bool(allow & ~deny & right)
        return Cell(group.pk, choice, is_allowed, "here", is_open=True)
    source = table.source(group.pk, board_id, right)
    if source.board_id is None:
        decided = "the whole site"
    elif source.board_id == board_id:
        decided = "here"
    else:
        decided = table.boards[source.board_id].name
    return Cell(group.pk, choice, source.is_allowed, decided, is_open=True)


def _by_group(choices: Mapping[tuple[int, int], str]) -> dict[int, dict[Right, str]]:
    grouped: dict[int, dict[Right, str]] = {}
    for (group_id, value), choice in choices.items():
        right = next((right for right in Right if right == value), None)
        if right is None or choice not in CHOICES:
            raise Invalid("choice", "Choose allow, deny or inherit.")
        grouped.setdefault(group_id, {})[right] = choice
    return grouped


def _masks(group: Group, before: tuple[int, int], chosen: dict[Right, str]) -> tuple[int, int]:
    allow, deny = before
    for right, choice in chosen.items():
        if choice == ALLOW and group.role in READERS_ONLY and not right & READING:
            raise Invalid("choice", f"{group.name} can read and nothing else.")
        allow = allow | right if choice == ALLOW else allow & ~right
        deny = deny | right if choice == DENY else deny & ~right
    return int(allow), int(deny)


def _write(group_id: int, board_id: int | None, masks: tuple[int, int]) -> None:
    if masks == (0, 0):
        GroupRights.objects.filter(_at(board_id), group_id=group_id).delete()
        return
    kept = GroupRights.objects.filter(_at(board_id), group_id=group_id)
    if not kept.update(allow=masks[0], deny=masks[1]):
        GroupRights.objects.create(
            group_id=group_id, board_id=board_id, allow=masks[0], deny=masks[1]
        )


def _at(board_id: int | None) -> Q:
    return Q(board_id=board_id) if board_id else Q(board__isnull=True)


def _words(name: str, before: tuple[int, int], after: tuple[int, int]) -> str:
    """`Members: allow post replies, inherit like posts`."""
    changes = []
    for right in Right:
        was = (bool(before[0] & right), bool(before[1] & right))
        now = (bool(after[0] & right), bool(after[1] & right))
        if was != now:
            choice = DENY if now[1] else ALLOW if now[0] else INHERIT
            changes.append(f"{choice} {CAN[right]}")
    return f"{name}: {', '.join(changes)}"


def _can(right: Right) -> str:
    """What the right lets others do."""
    return CAN[right].replace("your", "their")


def _of_them(because: str) -> str:
    """The same sentence said of somebody else."""
    for mine, theirs in (("you are ", "they are "), ("you moderate", "they moderate")):
        because = because.replace(mine, theirs)
    return because.replace("your account is", "their account is")

"""The table of rights, resolved down the tree, kept in the process under the rights' version.

For a viewer's groups on a board: each group inherits from the board above what its own row
there neither allows nor denies; the site's row (board null) is where inheritance begins. A
viewer may do what any of their groups may; a group that may not read a board gives nothing else
there. Administrators may do everything; a board's
moderators also everything there and below.
"""

from dataclasses import dataclass, field

from paceline.accounts.models import Group
from paceline.accounts.viewer import Viewer, role_group_id
from paceline.forum.models import Board
from paceline.lib.kept import Kept
from paceline.permissions.models import BoardModerator, GroupRights
from paceline.permissions.rights import EVERYTHING, READING, Right


@dataclass(frozen=True, slots=True)
class BoardInfo:
    """What never changes between changes of the tree: names and switches, not counts."""

    id: int
    parent_id: int | None
    name: str
    slug: str
    description: str
    takes_threads: bool
    depth: int
    allows_bbcode: bool
    allows_markdown: bool
    allows_smilies: bool
    allows_images: bool
    counts_for_members: bool


@dataclass(frozen=True, slots=True)
class Source:
    """Where a group's right on a board was decided: on which board (None: the site)."""

    board_id: int | None
    is_allowed: bool


@dataclass
class RightsTable:
    """All boards in the order in which they are shown, and the rights of groups on them."""

    boards: dict[int, BoardInfo]
    children: dict[int | None, list[int]]
    rows: dict[tuple[int, int | None], tuple[int, int]]
    moderators: dict[int, frozenset[int]]
    group_names: dict[int, str]
    _of_group: dict[tuple[int, int], int] = field(default_factory=dict)
    _readable: dict[tuple[frozenset[int], int, int], frozenset[int]] = field(default_factory=dict)

    def path(self, board_id: int) -> list[BoardInfo]:
        """The boards from the root of the tree down to this one."""
        path: list[BoardInfo] = []
        next_id: int | None = board_id
        while next_id is not None:
            board = self.boards[next_id]
            path.append(board)
            next_id = board.parent_id
        return path[::-1]

    def below(self, board_id: int) -> list[int]:
        """The ids of all boards in this one, in order, itself not among them."""
        found: list[int] = []
        for child in self.children.get(board_id, []):
            found += [child, *self.below(child)]
        return found

    def of_group(self, group_id: int, board_id: int) -> int:
        """The rights of one group on a board, resolved."""
        key = (group_id, board_id)
        if key not in self._of_group:
            parent_id = self.boards[board_id].parent_id
            if parent_id is None:
                allow, deny = self.rows.get((group_id, None), (0, 0))
                inherited = allow & ~deny
            else:
                inherited = self.of_group(group_id, parent_id)
            allow, deny = self.rows.get((group_id, board_id), (0, 0))
            self._of_group[key] = (inherited | allow) & ~deny
        return self._of_group[key]

    def source(self, group_id: int, board_id: int, right: Right) -> Source:
        """Where it was decided whether a group has a right on a board."""
        for board in reversed(self.path(board_id)):
            allow, deny = self.rows.get((group_id, board.id), (0, 0))
            if deny & right:
                return Source(board.id, is_allowed=False)
            if allow & right:
                return Source(board.id, is_allowed=True)
        allow, deny = self.rows.get((group_id, None), (0, 0))
        return Source(None, is_allowed=bool(allow & ~deny & right))

    def may_read(self, group_id: int, board_id: int) -> bool:
        """Whether who belongs to this group alone may read a board: seen, with all it stands in."""
        masks = [_usable(self.of_group(group_id, board.id)) for board in self.path(board_id)]
        return all(mask & Right.SEE for mask in masks) and bool(masks[-1] & Right.READ)

    def is_moderator(self, viewer: Viewer, board_id: int) -> bool:
        """Whether the viewer was named moderator of this board or of one that holds it."""
        if viewer.is_visitor or viewer.is_banned:
            return False
        return any(
            viewer.member_id in self.moderators.get(board.id, ()) for board in self.path(board_id)
        )

    def of_viewer(self, viewer: Viewer, board_id: int) -> Right:
        """All that a viewer may do on a board."""
        if board_id not in self.boards:
            return Right(0)
        if viewer.is_administrator or self.is_moderator(viewer, board_id):
            return EVERYTHING
        mask = 0
        for group_id in viewer.group_ids:
            mask |= _usable(self.of_group(group_id, board_id))
        # A board inside one that cannot be seen cannot be seen either.
        if not mask & Right.SEE or not self._parents_seen(viewer, board_id):
            return Right(0)
        if viewer.is_visitor or viewer.is_banned:
            mask &= READING  # what is done here is done by somebody, who may
        return Right(mask)

    def with_right(self, viewer: Viewer, right: Right) -> frozenset[int]:
        """The ids of the boards on which the viewer has a right."""
        key = (viewer.group_ids, viewer.member_id if self.moderators else 0, int(right))
        if key not in self._readable:
            if len(self._readable) > 5000:
                self._readable.clear()
            self._readable[key] = frozenset(
                board_id for board_id in self.boards if self.of_viewer(viewer, board_id) & right
            )
        return self._readable[key]

    def _parents_seen(self, viewer: Viewer, board_id: int) -> bool:
        parent_id = self.boards[board_id].parent_id
        return parent_id is None or bool(self.of_viewer(viewer, parent_id) & Right.SEE)


def _usable(mask: int) -> int:
    """What a group's rights come to: one that may not read a board gives nothing else there, so
    that shutting a group out needs one tick and not twelve."""
    if not mask & Right.SEE:
        return 0
    return mask if mask & Right.READ else int(Right.SEE)


_kept: Kept[RightsTable] = Kept()


def load_table(viewer: Viewer) -> RightsTable:
    """The table of rights at the version that the viewer's site states.

    No query while the version stands; four when it has changed.
    """
    return _kept.at(viewer.site.rights_version, read_table)


def read_table() -> RightsTable:
    """The table as it stands in the caller's transaction, kept nowhere. Four queries."""
    rows = list(Board.objects.order_by("position", "id"))
    children: dict[int | None, list[int]] = {}
    for row in rows:
        children.setdefault(row.parent_id, []).append(row.pk)
    by_id = {row.pk: row for row in rows}
    boards: dict[int, BoardInfo] = {}

    def add(ids: list[int], depth: int) -> None:
        for board_id in ids:
            boards[board_id] = _info(by_id[board_id], depth)
            add(children.get(board_id, []), depth + 1)

    add(children.get(None, []), 0)
    moderators: dict[int, set[int]] = {}
    for board_id, member_id in BoardModerator.objects.values_list("board_id", "member_id"):
        moderators.setdefault(board_id, set()).add(member_id)
    return RightsTable(
        boards=boards,
        children=children,
        rows={
            (group_id, board_id): (allow, deny)
            for group_id, board_id, allow, deny in GroupRights.objects.values_list(
                "group_id", "board_id", "allow", "deny"
            )
        },
        moderators={board: frozenset(members) for board, members in moderators.items()},
        group_names=dict(Group.objects.values_list("id", "name")),
    )


def _info(row: Board, depth: int) -> BoardInfo:
    return BoardInfo(
        id=row.pk,
        parent_id=row.parent_id,
        name=row.name,
        slug=row.slug,
        description=row.description,
        takes_threads=row.takes_threads,
        depth=depth,
        allows_bbcode=row.allows_bbcode,
        allows_markdown=row.allows_markdown,
        allows_smilies=row.allows_smilies,
        allows_images=row.allows_images,
        counts_for_members=row.counts_for_members,
    )


def is_staff(viewer: Viewer) -> bool:
    """Whether the viewer moderates anything at all."""
    return viewer.is_administrator or bool(load_table(viewer).with_right(viewer, Right.MODERATE))


def administrators_group_id() -> int:
    """The group whose members may do everything."""
    return role_group_id(Group.Role.ADMINISTRATORS)

"""The notices above a page: which of them are for this viewer, on this board."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from paceline.accounts.models import Member
from paceline.accounts.viewer import Viewer
from paceline.forum.models import Notice, NoticeDismissal
from paceline.lib.kept import Kept
from paceline.permissions.table import load_table


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice as a page shows it; `html` was rendered when it was written."""

    id: int
    title: str
    html: str
    is_dismissible: bool


@dataclass(frozen=True, slots=True)
class _Targeted:
    row: NoticeRow
    board_ids: frozenset[int]
    group_ids: frozenset[int]


_kept: Kept[tuple[_Targeted, ...]] = Kept()


def notices_for(
    viewer: Viewer, board_id: int | None, dismissed: Collection[int] = ()
) -> tuple[NoticeRow, ...]:
    """The active notices for a viewer in their order, without the ids they have put away.

    A notice for certain boards stands on these and on all boards in them, and on no page that
    belongs to no board (`board_id` None). No query while the version of notices stands, else one.
    """
    path = _path(viewer, board_id)
    return tuple(
        notice.row
        for notice in _active(viewer)
        if (not notice.board_ids or notice.board_ids & path)
        and (not notice.group_ids or notice.group_ids & viewer.group_ids)
        and not (notice.row.is_dismissible and notice.row.id in dismissed)
    )


def dismissible_ids(viewer: Viewer) -> frozenset[int]:
    """The ids of all active notices that may be put away. Queries as `notices_for`."""
    return frozenset(n.row.id for n in _active(viewer) if n.row.is_dismissible)


def remember_dismissal(viewer: Viewer, notice_id: int) -> None:
    """Keep for a member, beyond this browser, that they put a notice away. One query or two.

    A visitor's choice stands in their cookie alone.
    """
    if viewer.member is not None and notice_id in dismissible_ids(viewer):
        NoticeDismissal.objects.get_or_create(notice_id=notice_id, member_id=viewer.member_id)


def dismissed_by(member: Member) -> list[int]:
    """The ids of the active notices that a member has put away, oldest first. One query."""
    rows = NoticeDismissal.objects.filter(member=member, notice__is_active=True)
    return list(rows.order_by("id").values_list("notice_id", flat=True))


def _active(viewer: Viewer) -> tuple[_Targeted, ...]:
    return _kept.at(viewer.site.notices_version, _read_notices)


def _read_notices() -> tuple[_Targeted, ...]:
    rows = Notice.objects.filter(is_active=True).order_by("position", "id")
    return tuple(_targeted(row) for row in rows)


def _targeted(notice: Notice) -> _Targeted:
    row = NoticeRow(notice.pk, notice.title, notice.html, notice.is_dismissible)
    return _Targeted(row, _ids(notice.boards), _ids(notice.groups))


def _ids(values: Iterable[object]) -> frozenset[int]:
    return frozenset(int(str(value)) for value in values)


def _path(viewer: Viewer, board_id: int | None) -> frozenset[int]:
    table = load_table(viewer)
    if board_id is None or board_id not in table.boards:
        return frozenset()
    return frozenset(board.id for board in table.path(board_id))

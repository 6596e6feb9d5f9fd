"""Boards: the filter and the checks."""

from dataclasses import dataclass

from django.db.models import Q

from paceline.accounts.viewer import Viewer
from paceline.lib.errors import NotAllowed, NotFound, SignInFirst
from paceline.permissions.rights import CAN, Right
from paceline.permissions.table import BoardInfo, load_table


def visible_boards(viewer: Viewer) -> Q:
    """Boards that are there for the viewer. No query while rights stand."""
    return Q(id__in=load_table(viewer).with_right(viewer, Right.SEE))


def readable_board_ids(viewer: Viewer) -> frozenset[int]:
    """The boards whose threads the viewer may open."""
    return load_table(viewer).with_right(viewer, Right.READ)


def moderated_board_ids(viewer: Viewer) -> frozenset[int]:
    """The boards that the viewer moderates."""
    return load_table(viewer).with_right(viewer, Right.MODERATE)


def find_board(viewer: Viewer, board_id: int) -> BoardInfo:
    """The board, where it is there for the viewer. Raises NotFound."""
    table = load_table(viewer)
    if not table.of_viewer(viewer, board_id) & Right.SEE:
        raise NotFound("There is no such board.")
    return table.boards[board_id]


def can(viewer: Viewer, board_id: int, right: Right) -> bool:
    """Whether the viewer has a right on a board."""
    return bool(load_table(viewer).of_viewer(viewer, board_id) & right)


def require(viewer: Viewer, board_id: int, right: Right) -> None:
    """Raise NotFound, SignInFirst or NotAllowed unless the viewer has the right on the board."""
    rights = load_table(viewer).of_viewer(viewer, board_id)
    if not rights & Right.SEE:
        raise NotFound("There is no such board.")
    if rights & right:
        return
    if viewer.is_banned:
        raise NotAllowed(banned_sentence(viewer))
    if viewer.is_visitor:
        raise SignInFirst("Sign in first, then it can be done.")
    raise NotAllowed(f"You may not {CAN[right]} here: {explain(viewer, board_id, right).because}")


def check_start(viewer: Viewer, board: BoardInfo) -> None:
    """Raise unless the viewer may start a thread on the board."""
    require(viewer, board.id, Right.START)
    if not board.takes_threads:
        raise NotAllowed("This board only holds other boards; choose one of them.")


def banned_sentence(viewer: Viewer) -> str:
    """What a banned member is told."""
    reason = f" The reason given: {viewer.ban_reason}" if viewer.ban_reason else ""
    return f"Your account has been banned from taking part.{reason}"


@dataclass(frozen=True, slots=True)
class Answer:
    """May the viewer, and a sentence that says why or why not."""

    right: Right
    is_allowed: bool
    because: str


def explain(viewer: Viewer, board_id: int, right: Right) -> Answer:
    """Whether the viewer has a right on a board, and because of what."""
    table = load_table(viewer)
    allowed = bool(table.of_viewer(viewer, board_id) & right)
    if viewer.is_banned:
        return Answer(right, allowed, "your account is banned.")
    if viewer.is_administrator:
        return Answer(right, allowed, "you are an administrator.")
    if table.is_moderator(viewer, board_id):
        return Answer(right, allowed, "you moderate this board.")
    deciding = [
        (table.group_names[group_id], table.source(group_id, board_id, right))
        for group_id in sorted(viewer.group_ids)
        if group_id in table.group_names
    ]
    matching = [(n, s) for n, s in deciding if s.is_allowed == allowed] or deciding
    name, source = matching[0]
    where = "everywhere" if source.board_id is None else f"on {table.boards[source.board_id].name}"
    if viewer.is_visitor:
        who = "visitors who have not signed in"
    else:
        who = f"the group {name}"
    verb = "may" if allowed else "may not"
    return Answer(right, allowed, f"{who} {verb} do so {where}.")

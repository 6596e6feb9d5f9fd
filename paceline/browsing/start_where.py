"""Where a thread can be started: for a button that stands on no board's page."""

from dataclasses import dataclass

from paceline.accounts.viewer import Viewer
from paceline.permissions.rights import Right
from paceline.permissions.table import load_table


@dataclass(frozen=True, slots=True)
class BoardChoice:
    """A board to start a thread on; `path` holds the names of the boards that hold it."""

    id: int
    name: str
    description: str
    path: tuple[str, ...]


def boards_to_start_on(viewer: Viewer) -> tuple[BoardChoice, ...]:
    """The boards on which the viewer may start threads, in order. No query while rights stand."""
    table = load_table(viewer)
    allowed = table.with_right(viewer, Right.START)
    return tuple(
        BoardChoice(
            id=board.id,
            name=board.name,
            description=board.description,
            path=tuple(above.name for above in table.path(board.id)[:-1]),
        )
        for board in table.boards.values()
        if board.id in allowed and board.takes_threads
    )

"""The posting rules: what this viewer really may do on a board, each line with its because."""

from dataclasses import dataclass

from paceline.accounts.viewer import Viewer
from paceline.permissions.boards import explain
from paceline.permissions.rights import CAN, Right
from paceline.permissions.table import BoardInfo

SHOWN = (Right.START, Right.REPLY, Right.ATTACH, Right.EDIT_OWN)


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the box, and the reason for it."""

    text: str
    is_on: bool
    because: str


@dataclass(frozen=True, slots=True)
class PostingRules:
    """What the viewer may do, and which codes and linkbacks are on."""

    rights: tuple[Rule, ...]
    switches: tuple[Rule, ...]


def posting_rules(viewer: Viewer, board: BoardInfo) -> PostingRules:
    """The box for a board. No query while rights stand."""
    return PostingRules(
        rights=tuple(_right(viewer, board, right) for right in SHOWN),
        switches=(
            _switch("BB code is", board.allows_bbcode, board),
            _switch("Smilies are", board.allows_smilies, board),
            _switch("[IMG] code is", board.allows_images, board),
            _switch("HTML code is", board.allows_html, board),
            _switch("Trackbacks are", board.allows_trackbacks, board),
            _switch("Pingbacks are", board.allows_pingbacks, board),
            _switch("Refbacks are", board.allows_refbacks, board),
        ),
    )


def _right(viewer: Viewer, board: BoardInfo, right: Right) -> Rule:
    answer = explain(viewer, board.id, right)
    if right == Right.START and not board.takes_threads:
        return Rule(
            "You may not post new threads", False, "Because this board only holds other boards."
        )
    may = "may" if answer.is_allowed else "may not"
    return Rule(f"You {may} {CAN[right]}", answer.is_allowed, f"Because {answer.because}")


def _switch(subject: str, is_on: bool, board: BoardInfo) -> Rule:
    state = "On" if is_on else "Off"
    return Rule(
        f"{subject} {state}", is_on, f"Because {board.name} has been set so by an administrator."
    )

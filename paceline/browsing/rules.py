"""The posting rules: what this viewer really may do on a board, each line with its because."""

from dataclasses import dataclass

from paceline.accounts.viewer import Viewer
from paceline.permissions.boards import explain
from paceline.permissions.rights import CAN, Right
from paceline.permissions.table import BoardInfo

# Whatever an old board's page said of them: here nothing sends or takes any.
LINKBACKS = ("Trackbacks", "Pingbacks", "Refbacks")
NO_LINKBACKS = "Because this version of the board sends and takes none."

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
            _switch("Markdown is", board.allows_markdown, board),
            _switch("Smilies are", board.allows_smilies, board),
            _switch("[IMG] code is", board.allows_images, board),
            Rule("HTML code is Off", False, "Because HTML from posts is never run here."),
            *(Rule(f"{linkbacks} are Off", False, NO_LINKBACKS) for linkbacks in LINKBACKS),
        ),
    )


def _right(viewer: Viewer, board: BoardInfo, right: Right) -> Rule:
    answer = explain(viewer, board.id, right)
    if right == Right.START and not board.takes_threads:
        return Rule(
            "You may not post new threads", False, "Because this board only holds other boards."
        )
    if right == Right.ATTACH and not viewer.site.settings.attachment_kinds:
        return Rule("You may not post attachments", False, "Because this board takes none.")
    may = "may" if answer.is_allowed else "may not"
    return Rule(f"You {may} {CAN[right]}", answer.is_allowed, f"Because {answer.because}")


def _switch(subject: str, is_on: bool, board: BoardInfo) -> Rule:
    state = "On" if is_on else "Off"
    return Rule(
        f"{subject} {state}", is_on, f"Because {board.name} has been set so by an administrator."
    )

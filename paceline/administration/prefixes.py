"""The prefixes that a board offers for the titles of its threads."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from paceline.accounts.viewer import Viewer
from paceline.administration.boards import find_board
from paceline.administration.ordering import STEP
from paceline.administration.words import check_line
from paceline.forum.models import Board, Prefix
from paceline.forum.staff_log import Verb, log_site
from paceline.lib.errors import Invalid
from paceline.permissions.members import check_administrator

MOST_PREFIXES = 30


def change_prefixes(
    viewer: Viewer, board_id: int, labels: Mapping[int, str], new: Sequence[str] = ()
) -> None:
    """Rename a board's prefixes by id, add new ones; an empty label deletes its prefix.

    Raises NotFound, or Invalid("prefixes", ...).
    """
    check_administrator(viewer)
    with transaction.atomic():
        board = find_board(board_id)
        rows = list(Prefix.objects.filter(board=board))
        kept = [
            (row, check_line("prefixes", labels.get(row.pk, row.label), most=30)) for row in rows
        ]
        added = [line for text in new if (line := check_line("prefixes", text, most=30))]
        wanted = [label for _, label in kept if label] + added
        if len({label.casefold() for label in wanted}) != len(wanted):
            raise Invalid("prefixes", "Two prefixes of a board cannot have one label.")
        if len(wanted) > MOST_PREFIXES:
            raise Invalid("prefixes", f"A board has at most {MOST_PREFIXES} prefixes.")
        if wanted == [row.label for row in rows]:
            return
        _write_prefixes(board, kept, added)
        more = ", ".join(wanted) or "none"
        log_site(viewer, Verb.CHANGE_PREFIXES, board.name, board_id=board_id, more=more[:400])


def _write_prefixes(board: Board, kept: list[tuple[Prefix, str]], added: list[str]) -> None:
    for row, label in kept:
        if not label:
            row.delete()
        elif label != row.label:
            # Out of the way first: two prefixes may have swapped their labels.
            Prefix.objects.filter(id=row.pk).update(label=f"\x1f{row.pk}")
    for row, label in kept:
        if label and label != row.label:
            Prefix.objects.filter(id=row.pk).update(label=label)
    start = max((row.position for row, _ in kept), default=0)
    for place, label in enumerate(added, 1):
        Prefix.objects.create(board=board, label=label, position=start + place * STEP)

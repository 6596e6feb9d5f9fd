"""Whether what stands on a board counts for members: where the group Members may read it.

Counters of members are shown to everybody; counting what stands on a board for some would tell
of it. Every verb that changes rights or the tree calls `follow_rights` in its transaction.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from paceline.accounts.models import Group
from paceline.conf.site import rights_changed
from paceline.forum import inside_links
from paceline.forum.counting import hold_threads_on, set_counting
from paceline.permissions.table import read_table


@dataclass(frozen=True, slots=True)
class Uncounted:
    """A board whose flag says something else than the rights."""

    board_id: int
    name: str
    should_count: bool

    def __str__(self) -> str:
        verb = "should" if self.should_count else "should not"
        return f"board {self.board_id}: {self.name} {verb} count for members"


def find_uncounted() -> list[Uncounted]:
    """The boards whose flag differs from what Members may read now. Five queries."""
    members = Group.objects.get(role=Group.Role.MEMBERS).pk
    table = read_table()
    return [
        Uncounted(board.id, board.name, should_count)
        for board in table.boards.values()
        if (should_count := table.may_read(members, board.id)) != board.counts_for_members
    ]


def follow_rights() -> list[Uncounted]:
    """Bring boards and members' counters in step with the rights; answers the boards that differed.

    In the caller's transaction, after the rights were written and before `rights_changed`: others
    take that row last. Titles in posts of what visitors may read no longer go after the commit.
    Seven queries where nothing differs, else those of `set_counting`.
    """
    with transaction.atomic():
        hold_for_counting([])
        found = find_uncounted()
        if found:
            set_counting({each.board_id: each.should_count for each in found})
            rights_changed()
        inside_links.rights_changed()
    return found


def hold_for_counting(board_ids: Iterable[int]) -> None:
    """Let one transaction at a time follow the rights; hold the threads on boards to be changed.

    For who holds boards before `follow_rights` does: threads come before boards.
    """
    list(Group.objects.select_for_update(no_key=True).filter(role=Group.Role.MEMBERS))
    if ids := list(board_ids):
        hold_threads_on(ids)

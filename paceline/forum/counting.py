"""Which boards count for members; each thread carries its board's flag.

A thread's flag holds while its row is held: `set_counting` holds all threads of a board before it
holds the board. A thread that comes to a board reads the board's flag after counting on it.
"""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import Q

from paceline.forum.facts import Changes, add_changes, change_members, changes_of, facts_of_threads
from paceline.forum.models import Board, State, Thread


def set_counting(wanted: Mapping[int, bool]) -> None:
    """What stands on these boards, by id, counts for members from now on, or no longer.

    In the caller's transaction, which holds no board and no member yet. At most twenty-seven
    queries where no thread comes in meanwhile, and one for each member whose counters change.
    """
    kept = _hold_boards_whole(wanted)
    changes: Changes = {}
    for counts in (False, True):
        ids = [each for each, before in kept.items() if wanted[each] == counts != before]
        if not ids:
            continue
        Board.objects.filter(id__in=ids).update(counts_for_members=counts)
        others = Q(board_id__in=ids, counts_for_members=not counts)
        facts = facts_of_threads(others & Q(state=State.VISIBLE))
        add_changes(changes, changes_of(facts, +1 if counts else -1))
        Thread.objects.filter(others).update(counts_for_members=counts)
    change_members(changes)


def hold_threads_on(board_ids: Iterable[int]) -> None:
    """Hold all threads of some boards, in the order of locks, before the boards. One query."""
    rows = Thread.objects.select_for_update(of=("self",), no_key=True)
    list(rows.filter(board_id__in=list(board_ids)).order_by("id").values_list("id", flat=True))


def _hold_boards_whole(board_ids: Iterable[int]) -> dict[int, bool]:
    """Hold all threads on some boards, then the boards; answers the boards' flags."""
    boards = Board.objects.select_for_update(of=("self",), no_key=True)
    threads = Thread.objects.filter(board_id__in=list(board_ids))
    free = threads.select_for_update(of=("self",), no_key=True, skip_locked=True)
    while True:
        hold_threads_on(board_ids)
        with transaction.atomic():
            rows = boards.filter(id__in=list(board_ids)).order_by("id")
            flags = dict(rows.values_list("id", "counts_for_members"))
            held = set(free.values_list("id", flat=True))
            if held.issuperset(threads.values_list("id", flat=True)):
                return flags
            # One came in before the boards were held, and somebody holds it who may be waiting
            # for its board: let go of the boards and wait for the thread first.
            transaction.set_rollback(True)


def follow_board(thread: Thread) -> None:
    """Give a thread its board's flag, the board's row being held. One query, two if it differs."""
    counts = Board.objects.values_list("counts_for_members", flat=True).get(id=thread.board_id)
    if thread.counts_for_members != counts:
        thread.counts_for_members = counts
        thread.save(update_fields=["counts_for_members"])

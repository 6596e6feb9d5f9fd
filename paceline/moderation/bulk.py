"""One verb applied to several posts or threads, each in a transaction of its own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from paceline.accounts.viewer import Viewer
from paceline.lib.errors import Invalid, Refusal
from paceline.moderation import approve, hide, marks, move

Deed = Callable[..., object]

POST_DEEDS: dict[str, Deed] = {
    "hide": hide.hide_post,
    "restore": hide.restore_post,
    "approve": approve.approve_post,
    "refuse": approve.refuse_post,
}
THREAD_DEEDS: dict[str, Deed] = {
    "lock": marks.lock_thread,
    "unlock": marks.unlock_thread,
    "pin": marks.pin_thread,
    "unpin": marks.unpin_thread,
    "hide": hide.hide_thread,
    "restore": hide.restore_thread,
    "approve": approve.approve_thread,
    "refuse": approve.refuse_thread,
}
# What a page can show and send at once; more is a second round.
MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: how many it was done to, and the sentences of the refusals, each once."""

    done: int
    refusals: tuple[str, ...]


def for_posts(viewer: Viewer, deed: str, post_ids: Iterable[int], *, reason: str = "") -> Outcome:
    """Hide, restore, approve or refuse posts. Each is done or not by itself, in ascending order.

    Raises Invalid("deed", ...), Invalid("chosen", ...) or Invalid("reason", ...).
    """
    return _each(viewer, _deed(POST_DEEDS, deed), post_ids, reason)


def for_threads(
    viewer: Viewer, deed: str, thread_ids: Iterable[int], *, reason: str = ""
) -> Outcome:
    """The same for threads, where there are also lock, unlock, pin and unpin."""
    return _each(viewer, _deed(THREAD_DEEDS, deed), thread_ids, reason)


def move_threads(
    viewer: Viewer,
    thread_ids: Iterable[int],
    board_id: int,
    *,
    leaves_stub: bool = False,
    reason: str = "",
) -> Outcome:
    """Move threads to one board. Raises as `move.move_thread` where the board will not do."""
    move.find_target(viewer, board_id)
    deed = partial(_move, board_id=board_id, leaves_stub=leaves_stub)
    return _each(viewer, deed, thread_ids, reason)


def _move(
    viewer: Viewer, thread_id: int, *, board_id: int, leaves_stub: bool, reason: str
) -> object:
    return move.move_thread(viewer, thread_id, board_id, leaves_stub=leaves_stub, reason=reason)


def _deed(deeds: dict[str, Deed], name: str) -> Deed:
    if name not in deeds:
        raise Invalid("deed", "Choose what is to be done.")
    return deeds[name]


def _each(viewer: Viewer, deed: Deed, ids: Iterable[int], reason: str) -> Outcome:
    chosen = sorted(set(ids))
    if not chosen:
        raise Invalid("chosen", "Choose at least one.")
    if len(chosen) > MOST_AT_ONCE:
        raise Invalid("chosen", f"At most {MOST_AT_ONCE:,} at once.")
    done, refusals = 0, []
    for chosen_id in chosen:
        try:
            deed(viewer, chosen_id, reason=reason)
        except Invalid as refusal:
            if refusal.field == "reason":
                raise
            refusals.append(refusal.sentence)
        except Refusal as refusal:
            refusals.append(refusal.sentence)
        else:
            done += 1
    return Outcome(done, tuple(dict.fromkeys(refusals)))

"""Threads: the filter and the checks."""

from django.db.models import Exists, OuterRef, Q

from paceline.accounts.viewer import Viewer
from paceline.forum.models import State, Thread
from paceline.lib.errors import NotAllowed
from paceline.permissions.boards import (
    can,
    moderated_board_ids,
    readable_board_ids,
    require,
)
from paceline.permissions.rights import Right


def visible_threads(viewer: Viewer) -> Q:
    """Threads that are there for the viewer: visible ones on boards that they may read, all on
    boards that they moderate, and their own that are held or that they deleted. A pointer to a
    moved thread is there where that thread is too, so that no title stays behind when a thread
    was hidden or has gone where they may not read."""
    there = Thread.objects.filter(places_in_reach(viewer), id=OuterRef("moved_to_id"))
    return places_in_reach(viewer) & (Q(moved_to__isnull=True) | Q(Exists(there)))


def places_in_reach(viewer: Viewer) -> Q:
    """The same without a look at where pointers lead: enough for posts, of which they have none."""
    shown = Q(board_id__in=readable_board_ids(viewer)) & _shown_states(viewer)
    moderated = moderated_board_ids(viewer)
    return shown | Q(board_id__in=moderated) if moderated else shown


def _shown_states(viewer: Viewer) -> Q:
    shown = Q(state=State.VISIBLE)
    if viewer.member:
        shown |= Q(state__in=(State.HELD, State.DELETED), author_id=viewer.member_id)
    return shown


def listed_threads(viewer: Viewer) -> Q:
    """Threads that stand in lists of many boards (new posts, unanswered): visible to everybody
    who may read the board; held and hidden ones are found in the queues."""
    return Q(board_id__in=readable_board_ids(viewer), state=State.VISIBLE, moved_to__isnull=True)


def check_reply(viewer: Viewer, thread: Thread) -> None:
    """Raise unless the viewer may reply to the thread."""
    require(viewer, thread.board_id, Right.REPLY)
    if thread.moved_to_id is not None:
        raise NotAllowed("This thread has been moved; reply at its new place.")
    if can(viewer, thread.board_id, Right.MODERATE):
        return
    if thread.is_locked:
        raise NotAllowed("This thread is locked: only moderators can reply to it.")
    if thread.state != State.VISIBLE:
        raise NotAllowed("This thread is not open for replies.")


def check_tag(viewer: Viewer, thread: Thread) -> None:
    """Raise unless the viewer may tag members in the thread."""
    require(viewer, thread.board_id, Right.TAG)


def check_moderate(viewer: Viewer, board_id: int) -> None:
    """Raise unless the viewer moderates the board."""
    require(viewer, board_id, Right.MODERATE)

"""Lines of the staff's log: the filter."""

from django.db.models import Q

from paceline.accounts.viewer import Viewer
from paceline.forum.staff_log import OF_MEMBERS, OF_THREADS
from paceline.permissions.boards import moderated_board_ids


def visible_lines(viewer: Viewer) -> Q:
    """Lines that are there for the viewer: all for administrators; for moderators what was done
    to threads and posts while they stood on their boards, and to members as such."""
    if viewer.is_administrator:
        return Q()
    boards = moderated_board_ids(viewer)
    if not boards:
        return Q(pk__in=())
    return Q(verb__in=OF_THREADS, board_id__in=boards) | Q(verb__in=OF_MEMBERS)

"""Who moderates a board and all boards in it."""

from django.db import transaction

from paceline.accounts.viewer import Viewer
from paceline.administration.boards import find_board
from paceline.administration.named import find_member_named
from paceline.conf.site import rights_changed
from paceline.forum.models import Board
from paceline.forum.staff_log import Verb, log_site
from paceline.permissions.members import check_administrator
from paceline.permissions.models import BoardModerator


def add_moderator(viewer: Viewer, board_id: int, name: str) -> None:
    """Name a moderator of a board and all boards in it. Raises NotFound, Invalid("name", ...)."""
    check_administrator(viewer)
    with transaction.atomic():
        board, member = find_board(board_id), find_member_named(name)
        _, is_new = BoardModerator.objects.get_or_create(board=board, member=member)
        if is_new:
            _log_moderator(viewer, board, f"added {member.name}")


def remove_moderator(viewer: Viewer, board_id: int, member_id: int) -> None:
    """Take a board away from a moderator; nothing happens where they are none. Raises NotFound."""
    check_administrator(viewer)
    with transaction.atomic():
        board = find_board(board_id)
        row = BoardModerator.objects.filter(board=board, member_id=member_id).first()
        if row is not None:
            name = row.member.name
            row.delete()
            _log_moderator(viewer, board, f"removed {name}")


def _log_moderator(viewer: Viewer, board: Board, more: str) -> None:
    log_site(viewer, Verb.CHANGE_MODERATORS, board.name, board_id=board.pk, more=more)
    rights_changed()

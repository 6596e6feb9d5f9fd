"""What a member watches."""

from django.db.models import Exists, OuterRef

from paceline.accounts.viewer import Viewer
from paceline.unread.models import Watch


def watches_thread(viewer: Viewer) -> Exists:
    """For a query of threads: whether the viewer watches each."""
    return Exists(Watch.objects.filter(member_id=viewer.member_id, thread=OuterRef("pk")))


def watch_thread(member_id: int, thread_id: int) -> None:
    """Watch a thread; nothing happens where it is watched already. One query or two."""
    Watch.objects.get_or_create(member_id=member_id, thread_id=thread_id)


def unwatch_thread(member_id: int, thread_id: int) -> None:
    """Watch a thread no longer. One query."""
    Watch.objects.filter(member_id=member_id, thread_id=thread_id).delete()


def watch_board(member_id: int, board_id: int) -> None:
    """Watch a board for new threads. One query or two."""
    Watch.objects.get_or_create(member_id=member_id, board_id=board_id)


def unwatch_board(member_id: int, board_id: int) -> None:
    """Watch a board no longer. One query."""
    Watch.objects.filter(member_id=member_id, board_id=board_id).delete()

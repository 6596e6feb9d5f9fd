"""Move a thread to another board."""

from django.db import transaction

from paceline.accounts.viewer import Viewer
from paceline.forum import counters, inside_links
from paceline.forum.models import Prefix, State, Thread
from paceline.forum.staff_log import Verb, check_reason, log_thread
from paceline.lib.errors import Invalid
from paceline.moderation.reach import hold_thread, refuse_stub
from paceline.permissions.boards import can, check_start, find_board
from paceline.permissions.rights import Right
from paceline.permissions.table import BoardInfo
from paceline.posting.render_again import follow_board
from paceline.search import index


def move_thread(
    viewer: Viewer,
    thread_id: int,
    board_id: int,
    *,
    leaves_stub: bool = False,
    reason: str = "",
) -> Thread:
    """Move a thread to a board that the viewer moderates or may start threads on.

    `leaves_stub` keeps a pointer where a visible thread stood. The prefix goes along where the
    other board has one of that name. A thread that is there already stays as it is.
    Raises NotFound, NotAllowed, or Invalid for "board" or "reason".
    """
    reason = check_reason(reason)
    with transaction.atomic():
        thread = hold_thread(viewer, thread_id)
        refuse_stub(thread)
        target = find_target(viewer, board_id)
        source_id = thread.board_id
        if source_id == target.id:
            return thread
        line = log_thread(viewer, Verb.MOVE, thread, reason, to=target.id)
        Thread.objects.filter(board_id=target.id, moved_to=thread).delete()
        if leaves_stub and thread.state == State.VISIBLE:
            stub = _leave_stub(thread)
            line.detail["stub"] = stub.pk
            line.save(update_fields=["detail"])
        thread.prefix = _same_prefix(thread, target.id)
        thread.board_id = target.id
        thread.save(update_fields=["board", "prefix"])
        counters.move_thread(thread, source_id)
        index.reindex_thread(thread.pk)
        inside_links.thread_changed(thread.pk)
        follow_board(thread.pk, find_board(viewer, source_id), target)
    return thread


def find_target(viewer: Viewer, board_id: int) -> BoardInfo:
    """The board to which something shall go. Raises NotFound, NotAllowed, Invalid("board", ...)."""
    board = find_board(viewer, board_id)
    if not board.takes_threads:
        raise Invalid("board", "That board only holds other boards; choose one of them.")
    if not can(viewer, board_id, Right.MODERATE):
        check_start(viewer, board)
    return board


def _leave_stub(thread: Thread) -> Thread:
    return Thread.objects.create(
        board_id=thread.board_id,
        title=thread.title,
        slug=thread.slug,
        author_id=thread.author_id,
        author_name=thread.author_name,
        started_at=thread.started_at,
        moved_to=thread,
        counts_for_members=thread.counts_for_members,
        last_posted_at=thread.last_posted_at,
        last_author_id=thread.last_author_id,
        last_author_name=thread.last_author_name,
    )


def _same_prefix(thread: Thread, board_id: int) -> Prefix | None:
    if thread.prefix is None:
        return None
    return Prefix.objects.filter(board_id=board_id, label=thread.prefix.label).first()

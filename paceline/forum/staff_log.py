"""Writing lines of the staff's log: one for each deed, in the deed's transaction."""

from enum import StrEnum
from typing import Any

from paceline.accounts.models import Member
from paceline.accounts.viewer import Viewer
from paceline.forum.models import Post, StaffAction, Thread
from paceline.lib.errors import Invalid
from paceline.lib.texts import clean_line

LONGEST_REASON = 500


class Verb(StrEnum):
    """What staff does, as a line of the log says it."""

    LOCK = "lock"
    UNLOCK = "unlock"
    PIN = "pin"
    UNPIN = "unpin"
    RENAME = "rename"
    MOVE = "move"
    SPLIT = "split"
    MERGE = "merge"
    HIDE_THREAD = "hide thread"
    RESTORE_THREAD = "restore thread"
    APPROVE_THREAD = "approve thread"
    REFUSE_THREAD = "refuse thread"
    HIDE_POST = "hide post"
    RESTORE_POST = "restore post"
    APPROVE_POST = "approve post"
    REFUSE_POST = "refuse post"
    EDIT_POST = "edit post"
    REMOVE_ATTACHMENT = "remove attachment"
    HANDLE_REPORTS = "handle reports"
    WARN = "warn"
    BAN = "ban"
    LIFT_BAN = "lift ban"

    ADD_BOARD = "add board"
    CHANGE_BOARD = "change board"
    MOVE_BOARD = "move board"
    DELETE_BOARD = "delete board"
    CHANGE_PREFIXES = "change prefixes"
    CHANGE_MODERATORS = "change moderators"
    ADD_GROUP = "add group"
    CHANGE_GROUP = "change group"
    DELETE_GROUP = "delete group"
    ADD_TO_GROUP = "add to group"
    TAKE_FROM_GROUP = "take from group"
    CHANGE_RIGHTS = "change rights"
    CHANGE_MEMBER = "change member"
    RESET_PASSWORD = "reset password"  # noqa: S105
    CLOSE_ACCOUNT = "close account"
    OPEN_ACCOUNT = "open account"
    ADD_FIELD = "add field"
    CHANGE_FIELD = "change field"
    DELETE_FIELD = "delete field"
    ADD_NOTICE = "add notice"
    CHANGE_NOTICE = "change notice"
    DELETE_NOTICE = "delete notice"
    ADD_PAGE = "add page"
    CHANGE_PAGE = "change page"
    DELETE_PAGE = "delete page"
    ADD_CODE = "add code"
    CHANGE_CODE = "change code"
    DELETE_CODE = "delete code"
    ADD_SMILIE = "add smilie"
    CHANGE_SMILIE = "change smilie"
    DELETE_SMILIE = "delete smilie"
    CHANGE_SETTINGS = "change settings"
    FORGET_PICTURE = "take picture away"
    RETRY_JOB = "retry job"
    DROP_JOB = "drop job"


# What is done to threads and posts: lines for whoever moderates the board.
OF_THREADS = (
    Verb.LOCK,
    Verb.UNLOCK,
    Verb.PIN,
    Verb.UNPIN,
    Verb.RENAME,
    Verb.MOVE,
    Verb.SPLIT,
    Verb.MERGE,
    Verb.HIDE_THREAD,
    Verb.RESTORE_THREAD,
    Verb.APPROVE_THREAD,
    Verb.REFUSE_THREAD,
    Verb.HIDE_POST,
    Verb.RESTORE_POST,
    Verb.APPROVE_POST,
    Verb.REFUSE_POST,
    Verb.EDIT_POST,
    Verb.REMOVE_ATTACHMENT,
    Verb.HANDLE_REPORTS,
)
# Said of members as such, on no board: every moderator can read these lines.
OF_MEMBERS = (Verb.WARN, Verb.BAN, Verb.LIFT_BAN)


def check_reason(reason: str, *, must: str = "") -> str:
    """The reason on one line. Raises Invalid("reason", ...) where it is too long, or where there
    is none and `must` is the sentence that asks for one."""
    reason = clean_line(reason)
    if len(reason) > LONGEST_REASON:
        raise Invalid("reason", f"A reason has at most {LONGEST_REASON} characters.")
    if must and not reason:
        raise Invalid("reason", must)
    return reason


def log_thread(
    viewer: Viewer, verb: Verb, thread: Thread, reason: str = "", **detail: Any
) -> StaffAction:
    """Something was done to a thread, which stands on `thread.board`. One query."""
    return _write(
        viewer,
        verb,
        thread.title,
        reason,
        detail,
        board_id=thread.board_id,
        thread_id=thread.pk,
        member_id=thread.author_id,
    )


def log_post(
    viewer: Viewer, verb: Verb, thread: Thread, post: Post, reason: str = "", **detail: Any
) -> StaffAction:
    """Something was done to a post. One query."""
    return _write(
        viewer,
        verb,
        f"#{post.number} in {thread.title}",
        reason,
        detail,
        board_id=thread.board_id,
        thread_id=thread.pk,
        post_id=post.pk,
        member_id=post.author_id,
    )


def log_member(
    viewer: Viewer, verb: Verb, member: Member, reason: str = "", **detail: Any
) -> StaffAction:
    """Something was done to a member. One query."""
    return _write(viewer, verb, member.name, reason, detail, member_id=member.pk)


def log_site(
    viewer: Viewer, verb: Verb, about: str, *, board_id: int | None = None, **detail: Any
) -> StaffAction:
    """Something was changed in how the site is set up. One query."""
    return _write(viewer, verb, about, "", detail, board_id=board_id)


def _write(
    viewer: Viewer, verb: Verb, about: str, reason: str, detail: dict[str, Any], **ids: int | None
) -> StaffAction:
    return StaffAction.objects.create(
        at=viewer.now,
        actor_id=viewer.member_id or None,
        actor_name=viewer.name,
        verb=verb.value,
        about=about[:200],
        reason=reason,
        detail=detail,
        **ids,
    )

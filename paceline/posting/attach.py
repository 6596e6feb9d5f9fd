"""Attach a file to what one is writing, and take one off again."""

import re
from collections.abc import Sequence
from contextlib import suppress
from typing import IO

from django.db import DatabaseError, transaction
from django.db.models import Max

from paceline.accounts.models import Member
from paceline.accounts.viewer import Viewer
from paceline.forum import staff_log
from paceline.forum.models import Post
from paceline.lib.errors import Invalid, NotAllowed, NotFound, Refusal, SignInFirst
from paceline.markup.render import Rendered
from paceline.media import files, store
from paceline.media.attachments import (
    AttachmentRow,
    attachment_row,
    find_attachment,
    hang_to,
    quota_bytes,
    set_count,
    used_bytes,
)
from paceline.media.models import Attachment
from paceline.media.names import clean_name
from paceline.permissions.boards import can, check_start, find_board, require
from paceline.permissions.posts import check_edit
from paceline.permissions.rights import Right
from paceline.permissions.threads import check_reply
from paceline.posting import texts
from paceline.posting.finding import find_post, find_thread, hold_post
from paceline.posting.inside_links import keep_inside_links

_PLACE = re.compile(r"(reply|thread|edit):([1-9][0-9]{0,18})")
# Of one member, sent and not posted; a day later they are thrown away.
MOST_WAITING = 200


def check_attach(viewer: Viewer, place: str) -> Post | None:
    """Raise unless the viewer may attach files at a place (`reply:12`, `thread:3`, `edit:55`);
    answers the post where it is one that is edited.

    Raises SignInFirst, NotFound, NotAllowed, or Invalid("place", ...). At most one query.
    """
    found = _PLACE.fullmatch(place)
    if found is None or int(found[2]) >= 2**63:
        raise Invalid("place", "There is no form of that name.")
    kind, number = found[1], int(found[2])
    if viewer.is_visitor:
        raise SignInFirst("Sign in first, then files can be attached.")
    post = None
    if kind == "reply":
        thread = find_thread(viewer, number)
        check_reply(viewer, thread)
        board_id = thread.board_id
    elif kind == "thread":
        board = find_board(viewer, number)
        check_start(viewer, board)
        board_id = board.id
    else:
        post = find_post(viewer, number)
        check_edit(viewer, post)
        board_id = post.thread.board_id
    require(viewer, board_id, Right.ATTACH)
    if not viewer.site.settings.attachment_kinds:
        raise NotAllowed("This board takes no attachments.")
    return post


def attach_file(
    viewer: Viewer, place: str, typed_name: str, file: IO[bytes], size: int
) -> AttachmentRow:
    """Keep a file of `size` bytes that was sent at a place; it waits there until it is posted.

    Raises what `check_attach` does, Invalid("file", ...) for a file that is not taken, NoRoom or
    StoreSilent; then neither a file nor a row is left. About ten queries.
    """
    post = check_attach(viewer, place)
    _check_room(viewer, place, post, size)
    content = files.read_content(file, size, viewer.site.settings)
    name = clean_name(typed_name, content.kind)
    # Again where the same file was thrown away, being of no use until now.
    with store.room_in_tables():
        while (attachment := _add(viewer, place, post, name, content)) is None:
            pass
    return attachment_row(attachment)


def _add(
    viewer: Viewer, place: str, post: Post | None, name: str, content: files.Content
) -> Attachment | None:
    kept = files.keep_file(content)
    try:
        with transaction.atomic():
            # Two files at once cannot both have the last of a member's room.
            Member.objects.select_for_update(no_key=True).get(id=viewer.member_id)
            if not files.hold_file(kept.pk):
                return None
            _check_room(viewer, place, post, content.size)
            mine = Attachment.objects.filter(uploader_id=viewer.member_id, place=place)
            last: int = mine.aggregate(last=Max("position"))["last"] or 0
            return Attachment.objects.create(
                file=kept,
                uploader_id=viewer.member_id,
                place=place,
                name=name,
                position=last + 1,
                created_at=viewer.now,
            )
    except (Refusal, DatabaseError):
        # A database that is full keeps even this from being written: then it goes the day after.
        with suppress(DatabaseError):
            files.forget_unused([kept.pk])
        raise


def _check_room(viewer: Viewer, place: str, post: Post | None, size: int) -> None:
    _check_number(viewer, place, post)
    _check_quota(viewer, size)


def _check_number(viewer: Viewer, place: str, post: Post | None) -> None:
    most = viewer.site.settings.attachments_per_post
    waiting = Attachment.objects.filter(uploader_id=viewer.member_id, post__isnull=True)
    here = waiting.filter(place=place).count() + (post.attachment_count if post else 0)
    if here >= most:
        raise Invalid("file", f"A post has at most {most:,} attachments here.")
    if waiting.count() >= MOST_WAITING:
        raise Invalid(
            "file", f"You have sent {MOST_WAITING} files without posting them; post or remove some."
        )


def _check_quota(viewer: Viewer, size: int) -> None:
    quota = quota_bytes(viewer)
    if quota is None:
        return
    left = quota - used_bytes(viewer.member_id)
    if size > left:
        raise Invalid(
            "file",
            f"Your attachments may hold {quota / 1e6:,.0f} MB in all, of which"
            f" {max(0, left) / 1e6:,.1f} MB are left; this file has {size / 1e6:,.1f} MB.",
        )


def check_ids(
    viewer: Viewer, board_id: int, ids: Sequence[int], rendered: Rendered
) -> tuple[int, ...]:
    """The attachments that a text on a board is to have: those of the form, and those that it
    shows. Raises NotAllowed where the viewer may attach nothing there. No query."""
    if ids:
        require(viewer, board_id, Right.ATTACH)
    shown = rendered.attachments if can(viewer, board_id, Right.ATTACH) else ()
    return (*ids, *shown)


def hang(viewer: Viewer, post: Post, ids: Sequence[int], rendered: Rendered) -> bool:
    """Hang them to the post, so far as they are the viewer's and wait; whether any were. See
    `hang_to`."""
    most = viewer.site.settings.attachments_per_post
    return hang_to(viewer, post, ids, rendered.attachments, most=most)


def detach_file(viewer: Viewer, attachment_id: int, reason: str = "") -> Post | None:
    """Take an attachment away for good; answers the post that it hung to.

    One's own that is not posted yet, or one of a post that the viewer may edit; a moderator's
    deed at somebody else's post is logged. Raises NotFound for any other, or NotAllowed.
    """
    attachment = find_attachment(viewer, attachment_id)
    if attachment.post_id is None:
        with transaction.atomic():
            attachment.delete()
            files.forget_unused([attachment.file_id])
        return None
    check_edit(viewer, find_post(viewer, attachment.post_id))
    reason = staff_log.check_reason(reason)
    with transaction.atomic():
        post = hold_post(viewer, attachment.post_id)
        check_edit(viewer, post)
        if not Attachment.objects.filter(id=attachment_id).delete()[0]:
            raise NotFound("There is no such attachment.")
        set_count(post)
        if attachment.is_placed:
            board = find_board(viewer, post.thread.board_id)
            rendered = texts.render_for(board, post.source, post.language, post_id=post.pk)
            Post.objects.filter(id=post.pk).update(html=rendered.html)
            keep_inside_links(post, rendered)
        files.forget_unused([attachment.file_id])
        if post.author_id != viewer.member_id:
            staff_log.log_post(
                viewer,
                staff_log.Verb.REMOVE_ATTACHMENT,
                post.thread,
                post,
                reason,
                more=attachment.name,
            )
    return post

"""Delete an own post, and take that back."""

from dataclasses import dataclass

from django.db import transaction

from paceline.accounts.viewer import Viewer
from paceline.forum import counters, inside_links
from paceline.forum.models import Post, State, Thread
from paceline.lib.errors import NotAllowed
from paceline.permissions.posts import check_delete, posts_at_once
from paceline.posting.finding import hold_post, is_opening
from paceline.search import index


@dataclass(frozen=True, slots=True)
class Deleted:
    """What was deleted or shown again: a post, or the whole thread that begins with it."""

    post: Post
    is_thread: bool


def delete_own(viewer: Viewer, post_id: int) -> Deleted:
    """Delete an own post; its author and moderators still see it. Nothing happens twice.

    The opening post goes with its thread, and only while there are no replies.
    Raises NotFound or NotAllowed.
    """
    with transaction.atomic():
        post = hold_post(viewer, post_id)
        check_delete(viewer, post)
        if is_opening(post):
            _delete_thread(post)
            return Deleted(post, is_thread=True)
        if post.state != State.DELETED:
            was_counted = post.state == State.VISIBLE
            post.state = State.DELETED
            post.save(update_fields=["state"])
            if was_counted:
                counters.remove_post(post.thread, post)
            index.forget_post(post.pk)
            inside_links.post_changed(post.pk)
    return Deleted(post, is_thread=False)


def undelete_own(viewer: Viewer, post_id: int) -> Deleted:
    """Show again what its author deleted; nothing happens where it is shown.

    Where the author's posts wait for approval, it waits again: it may never have been approved.
    Raises NotFound or NotAllowed.
    """
    with transaction.atomic():
        post = hold_post(viewer, post_id)
        check_delete(viewer, post)
        if is_opening(post):
            _undelete_thread(viewer, post.thread)
            return Deleted(post, is_thread=True)
        if post.state == State.DELETED:
            at_once = posts_at_once(viewer, post.thread.board_id)
            post.state = State.VISIBLE if at_once else State.HELD
            post.save(update_fields=["state"])
            if at_once:
                counters.add_post(post.thread, post)
            index.refresh_post(post.pk)
            inside_links.post_changed(post.pk)
    return Deleted(post, is_thread=False)


def _delete_thread(post: Post) -> None:
    thread = post.thread
    if thread.state == State.DELETED:
        return
    if thread.state == State.HIDDEN:
        raise NotAllowed("A moderator has hidden this thread.")
    others = Post.objects.filter(thread=thread, state__in=(State.VISIBLE, State.HELD))
    if others.exclude(id=post.pk).exists():
        raise NotAllowed(
            "Others have replied, so this post stays: without it their posts would make no sense."
            " You can edit it, or ask a moderator."
        )
    was_counted = thread.state == State.VISIBLE
    _set_state(thread, State.DELETED)
    if was_counted:
        counters.remove_thread(thread)
    index.reindex_thread(thread.pk)


def _undelete_thread(viewer: Viewer, thread: Thread) -> None:
    if thread.state != State.DELETED:
        return
    at_once = posts_at_once(viewer, thread.board_id)
    _set_state(thread, State.VISIBLE if at_once else State.HELD)
    if at_once:
        counters.add_thread(thread)
    index.reindex_thread(thread.pk)


def _set_state(thread: Thread, state: State) -> None:
    thread.state = state
    thread.save(update_fields=["state"])
    inside_links.thread_changed(thread.pk)

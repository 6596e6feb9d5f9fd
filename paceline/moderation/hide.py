"""Hide posts and threads, and restore them: taken away from readers, never deleted."""

from django.db import transaction

from paceline.accounts.viewer import Viewer
from paceline.forum import counters, inside_links
from paceline.forum.models import Post, State, Thread
from paceline.forum.staff_log import Verb, check_reason, log_post, log_thread
from paceline.lib.errors import NotAllowed
from paceline.moderation.reach import hold_post, hold_thread
from paceline.moderation.words import words_of
from paceline.search import index


def hide_post(viewer: Viewer, post_id: int, *, reason: str = "") -> Post:
    """Take a post away from readers; with the only visible post of a thread the thread goes.

    A post that its author deleted is hidden too, so that they cannot bring it back.
    Raises NotFound, NotAllowed, Invalid("reason", ...).
    """
    reason = check_reason(reason)
    with transaction.atomic():
        held = hold_post(viewer, post_id)
        thread, post = held.thread, held.post
        if post.state == State.HIDDEN:
            return post
        is_last = post.state == State.VISIBLE and thread.post_count == 1
        if is_last and thread.state != State.HIDDEN:
            _hide_thread(viewer, thread, reason)
            return post
        was, post.state, post.state_reason = post.state, State.HIDDEN, reason
        post.save(update_fields=["state", "state_reason"])
        if was == State.VISIBLE:
            counters.remove_post(thread, post)
            index.forget_post(post.pk)
        inside_links.post_changed(post.pk)
        log_post(viewer, Verb.HIDE_POST, thread, post, reason)
    return post


def restore_post(viewer: Viewer, post_id: int, *, reason: str = "") -> Post:
    """Show a hidden post again; nobody is told of it a second time.

    Raises NotFound, Invalid("reason", ...), and NotAllowed also where its author deleted it or
    where it waits for approval.
    """
    reason = check_reason(reason)
    with transaction.atomic():
        held = hold_post(viewer, post_id)
        thread, post = held.thread, held.post
        if post.state == State.VISIBLE:
            return post
        if post.state == State.DELETED:
            raise NotAllowed("Its author deleted this post; only they can take that back.")
        if post.state == State.HELD:
            raise NotAllowed("This post waits for approval; approve it instead.")
        post.state, post.state_reason = State.VISIBLE, ""
        post.save(update_fields=["state", "state_reason"])
        counters.add_post(thread, post)
        index.index_post(post.pk, words_of(viewer, thread, post))
        inside_links.post_changed(post.pk)
        log_post(viewer, Verb.RESTORE_POST, thread, post, reason)
    return post


def hide_thread(viewer: Viewer, thread_id: int, *, reason: str = "") -> Thread:
    """Take a thread away from readers. Raises NotFound, NotAllowed, Invalid("reason", ...)."""
    reason = check_reason(reason)
    with transaction.atomic():
        thread = hold_thread(viewer, thread_id)
        if thread.state != State.HIDDEN:
            _hide_thread(viewer, thread, reason)
    return thread


def restore_thread(viewer: Viewer, thread_id: int, *, reason: str = "") -> Thread:
    """Show a hidden thread again. Raises as `restore_post`."""
    reason = check_reason(reason)
    with transaction.atomic():
        thread = hold_thread(viewer, thread_id)
        if thread.state == State.VISIBLE:
            return thread
        if thread.state == State.DELETED:
            raise NotAllowed("Its author deleted this thread; only they can take that back.")
        if thread.state == State.HELD:
            raise NotAllowed("This thread waits for approval; approve it instead.")
        if not thread.post_count and thread.moved_to_id is None:
            raise NotAllowed("No post in this thread is visible; restore one of them first.")
        thread.state = State.VISIBLE
        thread.save(update_fields=["state"])
        counters.add_thread(thread)
        index.reindex_thread(thread.pk)
        inside_links.thread_changed(thread.pk)
        log_thread(viewer, Verb.RESTORE_THREAD, thread, reason)
    return thread


def _hide_thread(viewer: Viewer, thread: Thread, reason: str) -> None:
    was, thread.state = thread.state, State.HIDDEN
    thread.save(update_fields=["state"])
    if was == State.VISIBLE:
        counters.remove_thread(thread)
        index.reindex_thread(thread.pk)
    inside_links.thread_changed(thread.pk)
    verb = Verb.REFUSE_THREAD if was == State.HELD else Verb.HIDE_THREAD
    log_thread(viewer, verb, thread, reason)

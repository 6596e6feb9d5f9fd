"""Approve what waits, or refuse it."""

from django.db import transaction

from paceline.accounts.viewer import Viewer
from paceline.forum import inside_links
from paceline.forum.models import Post, State, Thread
from paceline.forum.staff_log import Verb, check_reason, log_post, log_thread
from paceline.lib.errors import NotAllowed
from paceline.moderation.reach import hold_post, hold_thread
from paceline.moderation.words import words_of
from paceline.notifications.tell import tell_of_staff
from paceline.posting.publish import publish, publish_thread

_MUST_SAY_WHY = "Say why it is refused; its author will read it."


def approve_post(viewer: Viewer, post_id: int, *, reason: str = "") -> Post:
    """Show a held post; everything happens as if it had just been sent.

    Raises NotFound, Invalid("reason", ...), and NotAllowed also where it does not wait: a visible
    post stays as it is.
    """
    reason = check_reason(reason)
    with transaction.atomic():
        held = hold_post(viewer, post_id)
        thread, post = held.thread, held.post
        if post.state == State.VISIBLE:
            return post
        _check_waits(post.state)
        post.state = State.VISIBLE
        post.save(update_fields=["state"])
        publish(thread, post, words_of(viewer, thread, post))
        inside_links.post_changed(post.pk)
        log_post(viewer, Verb.APPROVE_POST, thread, post, reason)
    return post


def refuse_post(viewer: Viewer, post_id: int, *, reason: str) -> Post:
    """Hide a held post for good and tell its author why. Raises as `approve_post`."""
    reason = check_reason(reason, must=_MUST_SAY_WHY)
    with transaction.atomic():
        held = hold_post(viewer, post_id)
        thread, post = held.thread, held.post
        if post.state == State.HIDDEN:
            return post
        _check_waits(post.state)
        post.state, post.state_reason = State.HIDDEN, reason
        post.save(update_fields=["state", "state_reason"])
        _tell_author(post.author_id, f"Your post in “{thread.title}”", reason)
        log_post(viewer, Verb.REFUSE_POST, thread, post, reason)
    return post


def approve_thread(viewer: Viewer, thread_id: int, *, reason: str = "") -> Thread:
    """Show a held thread; everything happens as if it had just been sent. Raises alike."""
    reason = check_reason(reason)
    with transaction.atomic():
        thread = hold_thread(viewer, thread_id)
        if thread.state == State.VISIBLE:
            return thread
        _check_waits(thread.state)
        publish_thread(thread)
        inside_links.thread_changed(thread.pk)
        log_thread(viewer, Verb.APPROVE_THREAD, thread, reason)
    return thread


def refuse_thread(viewer: Viewer, thread_id: int, *, reason: str) -> Thread:
    """Hide a held thread for good and tell its author why. Raises alike."""
    reason = check_reason(reason, must=_MUST_SAY_WHY)
    with transaction.atomic():
        thread = hold_thread(viewer, thread_id)
        if thread.state == State.HIDDEN:
            return thread
        _check_waits(thread.state)
        thread.state = State.HIDDEN
        thread.save(update_fields=["state"])
        _tell_author(thread.author_id, f"Your thread “{thread.title}”", reason)
        log_thread(viewer, Verb.REFUSE_THREAD, thread, reason)
    return thread


def _check_waits(state: int) -> None:
    if state != State.HELD:
        raise NotAllowed("This does not wait for approval any more.")


def _tell_author(author_id: int | None, what: str, reason: str) -> None:
    if author_id is not None:
        tell_of_staff(author_id, f"{what} was not approved: {reason}")

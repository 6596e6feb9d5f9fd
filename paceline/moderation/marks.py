"""Lock a thread, pin it, rename it; each again has no effect and leaves no second line."""

from django.db import transaction

from paceline.accounts.viewer import Viewer
from paceline.forum import inside_links
from paceline.forum.models import Prefix, Thread
from paceline.forum.staff_log import Verb, check_reason, log_thread
from paceline.lib.errors import Invalid
from paceline.lib.texts import slugify
from paceline.moderation.reach import hold_thread, refuse_stub
from paceline.posting.texts import check_title
from paceline.search import index


def lock_thread(viewer: Viewer, thread_id: int, *, reason: str = "") -> Thread:
    """Let nobody but moderators reply. Raises NotFound, NotAllowed, Invalid("reason", ...)."""
    return _set(viewer, thread_id, "is_locked", True, Verb.LOCK, reason)


def unlock_thread(viewer: Viewer, thread_id: int, *, reason: str = "") -> Thread:
    """Let members reply again. Raises NotFound, NotAllowed, Invalid("reason", ...)."""
    return _set(viewer, thread_id, "is_locked", False, Verb.UNLOCK, reason)


def pin_thread(viewer: Viewer, thread_id: int, *, reason: str = "") -> Thread:
    """Keep a thread above the others of its board. Raises as `lock_thread`."""
    return _set(viewer, thread_id, "is_pinned", True, Verb.PIN, reason)


def unpin_thread(viewer: Viewer, thread_id: int, *, reason: str = "") -> Thread:
    """Let a thread stand among the others again. Raises as `lock_thread`."""
    return _set(viewer, thread_id, "is_pinned", False, Verb.UNPIN, reason)


def rename_thread(
    viewer: Viewer, thread_id: int, title: str, *, prefix_id: int | None = None, reason: str = ""
) -> Thread:
    """Give a thread another title and prefix (None: no prefix); its stubs follow.

    Raises NotFound, NotAllowed, or Invalid for "title", "prefix" or "reason".
    """
    title = check_title(viewer, title)
    reason = check_reason(reason)
    with transaction.atomic():
        thread = hold_thread(viewer, thread_id)
        refuse_stub(thread)
        prefixes = Prefix.objects.filter(board_id=thread.board_id)
        if prefix_id is not None and not prefixes.filter(id=prefix_id).exists():
            raise Invalid("prefix", "Choose one of this board's prefixes, or none.")
        before = thread.title
        if (title, prefix_id) != (before, thread.prefix_id):
            thread.title, thread.slug, thread.prefix_id = title, slugify(title), prefix_id
            thread.save(update_fields=["title", "slug", "prefix"])
            thread.stubs.update(title=title, slug=thread.slug)
            index.reindex_thread(thread.pk)
            inside_links.thread_changed(thread.pk)
            log_thread(viewer, Verb.RENAME, thread, reason, before=before)
    return thread


def _set(
    viewer: Viewer, thread_id: int, column: str, value: bool, verb: Verb, reason: str
) -> Thread:
    reason = check_reason(reason)
    with transaction.atomic():
        thread = hold_thread(viewer, thread_id)
        refuse_stub(thread)
        if getattr(thread, column) is not value:
            setattr(thread, column, value)
            thread.save(update_fields=[column])
            log_thread(viewer, verb, thread, reason)
    return thread

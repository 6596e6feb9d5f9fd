"""What moderators do to a thread: a small form that asks for a reason, then the deed.

Each address answers GET with the form and POST with the deed, and goes back to the thread.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from paceline.browsing.places import find_post
from paceline.browsing.staff_thread import StaffThread, load_staff_thread
from paceline.lib.errors import Invalid, NotAllowed, NotFound
from paceline.moderation import approve, hide, marks
from paceline.moderation.merge import merge_threads
from paceline.moderation.move import move_thread
from paceline.web.answers import Request
from paceline.web.sent import form_page
from paceline.web.staff_forms import done, number_in

_form = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb that asks for nothing but a reason, in words."""

    do: Callable[..., object]
    button: str
    about: str
    said: str
    is_danger: bool = False
    must_say_why: bool = False


DEEDS = {
    "lock": Deed(
        marks.lock_thread,
        "Lock",
        "Nobody but moderators can reply to a locked thread.",
        "The thread is locked.",
    ),
    "unlock": Deed(
        marks.unlock_thread,
        "Unlock",
        "Members can reply again.",
        "The thread is open for replies again.",
    ),
    "pin": Deed(
        marks.pin_thread,
        "Pin",
        "A pinned thread stays above the others of its board.",
        "The thread is pinned.",
    ),
    "unpin": Deed(
        marks.unpin_thread,
        "Unpin",
        "The thread takes its place among the others again.",
        "The thread is no longer pinned.",
    ),
    "hide": Deed(
        hide.hide_thread,
        "Hide",
        "Readers see the thread no longer; moderators do, and can restore it.",
        "The thread is hidden.",
        is_danger=True,
    ),
    "restore": Deed(
        hide.restore_thread,
        "Restore",
        "Readers see the thread again, with the posts in it that are not hidden.",
        "The thread is back.",
    ),
    "approve": Deed(
        approve.approve_thread,
        "Approve",
        "The thread appears as if it had just been started.",
        "The thread is approved.",
    ),
    "refuse": Deed(
        approve.refuse_thread,
        "Refuse",
        "The thread stays hidden; its author is told why.",
        "The thread is refused.",
        is_danger=True,
        must_say_why=True,
    ),
}


@_form
def change(request: Request, thread_id: int, deed: str) -> HttpResponse:
    """Lock, pin, hide, approve and what undoes it."""
    words = DEEDS[deed]
    thread = load_staff_thread(request.viewer, thread_id)
    context: dict[str, Any] = {"deed": words, "title": f"{words.button} a thread"}
    if request.method == "POST":
        try:
            words.do(request.viewer, thread_id, reason=request.POST.get("reason", ""))
        except (Invalid, NotAllowed) as refusal:
            return _ask(request, "mod/deed.html", thread, context, refusal)
        return done(request, words.said, _address(thread_id))
    return _ask(request, "mod/deed.html", thread, context)


@_form
def move(request: Request, thread_id: int) -> HttpResponse:
    """Move the thread to another board."""
    thread = load_staff_thread(request.viewer, thread_id)
    context: dict[str, Any] = {
        "target_id": number_in(request, "board"),
        "leaves_stub": request.method != "POST" or "leaves_stub" in request.POST,
    }
    if request.method == "POST":
        try:
            if not context["target_id"]:
                raise Invalid("board", "Choose a board.")
            move_thread(
                request.viewer,
                thread_id,
                context["target_id"],
                leaves_stub=context["leaves_stub"],
                reason=request.POST.get("reason", ""),
            )
        except NotFound as refusal:
            no_board = Invalid("board", refusal.sentence)
            return _ask(request, "mod/move.html", thread, context, no_board)
        except (Invalid, NotAllowed) as refusal:
            return _ask(request, "mod/move.html", thread, context, refusal)
        return done(request, "The thread has moved.", _address(thread_id))
    return _ask(request, "mod/move.html", thread, context)


@_form
def rename(request: Request, thread_id: int) -> HttpResponse:
    """Give the thread another title or prefix."""
    thread = load_staff_thread(request.viewer, thread_id)
    context: dict[str, Any] = {
        "typed_title": request.POST.get("title", thread.title),
        "prefix_id": number_in(request, "prefix") if request.POST else thread.prefix_id,
    }
    if request.method == "POST":
        try:
            marks.rename_thread(
                request.viewer,
                thread_id,
                context["typed_title"],
                prefix_id=context["prefix_id"] or None,
                reason=request.POST.get("reason", ""),
            )
        except (Invalid, NotAllowed) as refusal:
            return _ask(request, "mod/rename.html", thread, context, refusal)
        return done(request, "The thread is renamed.", _address(thread_id))
    return _ask(request, "mod/rename.html", thread, context)


@_form
def merge(request: Request, thread_id: int) -> HttpResponse:
    """Merge the thread into another; asks once more with that one's title."""
    thread = load_staff_thread(request.viewer, thread_id)
    target_text = request.POST.get("target", "")
    context: dict[str, Any] = {"target_text": target_text, "target": None}
    if request.method == "POST":
        try:
            target = _find_target(request, target_text)
            context["target"] = target
            if number_in(request, "sure") != target.id:
                return _ask(request, "mod/merge.html", thread, context)
            reason = request.POST.get("reason", "")
            merge_threads(request.viewer, thread_id, target.id, reason=reason)
        except (Invalid, NotAllowed) as refusal:
            context["target"] = None
            return _ask(request, "mod/merge.html", thread, context, refusal)
        return done(request, "The threads are one now.", _address(target.id))
    return _ask(request, "mod/merge.html", thread, context)


def _find_target(request: Request, text: str) -> StaffThread:
    """The thread whose number or address, or whose post's address, was typed."""
    text = text.strip()
    try:
        if found := re.search(r"/p/([1-9]\d{0,17})(?!\d)", text):
            return load_staff_thread(
                request.viewer, find_post(request.viewer, int(found[1])).thread_id
            )
        found = re.search(r"/t/([1-9]\d{0,17})(?!\d)", text) or re.fullmatch(
            r"#?([1-9]\d{0,17})", text
        )
        if found:
            return load_staff_thread(request.viewer, int(found[1]))
    except NotFound:
        raise Invalid("target", "There is no thread of that number or address.") from None
    raise Invalid("target", "Write the thread's number or paste its address.")


def _ask(
    request: Request,
    template: str,
    thread: StaffThread,
    context: dict[str, Any],
    refusal: Invalid | NotAllowed | None = None,
) -> HttpResponse:
    context = {
        "thread": thread,
        "board_id": thread.board.id,
        "back": _address(thread.id),
        "reason": request.POST.get("reason", ""),
        **context,
    }
    return form_page(request, template, context, refusal)


def _address(thread_id: int) -> str:
    return reverse("thread_by_id", args=(thread_id,))

"""A member as moderators see them, and what they do about one: warn, ban, lift the ban."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from paceline.browsing.staff_member import load_staff_member
from paceline.lib.errors import Invalid, NotAllowed
from paceline.moderation import bulk
from paceline.moderation.ban import ban_member, lift_ban, warn_member
from paceline.web.answers import Request
from paceline.web.mod_posts import said
from paceline.web.sent import form_page
from paceline.web.staff_forms import done, number_in, numbers_in

_form = require_http_methods(["GET", "HEAD", "POST"])

# How long a ban lasts, in days; 0 is without an end.
LENGTHS = (
    (1, "One day"),
    (3, "Three days"),
    (7, "A week"),
    (30, "Thirty days"),
    (90, "Ninety days"),
    (365, "A year"),
    (0, "Until it is lifted"),
)


@require_safe
def member(request: Request, member_id: int) -> HttpResponse:
    """Bans, what was done about them, and what they posted lately."""
    return _member_page(request, member_id)


@require_POST
def hide_posts(request: Request, member_id: int) -> HttpResponse:
    """Hide those of the member's posts that were chosen."""
    try:
        outcome = bulk.for_posts(
            request.viewer,
            "hide",
            numbers_in(request, "post"),
            reason=request.POST.get("reason", ""),
        )
    except Invalid as refusal:
        return _member_page(request, member_id, refusal)
    return done(request, said(outcome, "post"), _address(member_id))


@_form
def warn(request: Request, member_id: int) -> HttpResponse:
    """Send the member a word from the staff."""
    if request.method == "POST":
        try:
            warn_member(request.viewer, member_id, request.POST.get("reason", ""))
        except (Invalid, NotAllowed) as refusal:
            return _ask(request, "mod/warn.html", member_id, refusal)
        return done(request, "The member is told.", _address(member_id))
    return _ask(request, "mod/warn.html", member_id)


@_form
def ban(request: Request, member_id: int) -> HttpResponse:
    """Ban the member for a while or for good."""
    if request.method == "POST":
        days = number_in(request, "days")
        try:
            if days not in dict(LENGTHS):
                raise Invalid("days", "Choose how long.")
            until = request.viewer.now + timedelta(days=days) if days else None
            reason = request.POST.get("reason", "")
            ban_member(request.viewer, member_id, reason=reason, until=until)
        except (Invalid, NotAllowed) as refusal:
            return _ask(request, "mod/ban.html", member_id, refusal)
        return done(request, "The member is banned.", _address(member_id))
    return _ask(request, "mod/ban.html", member_id)


@_form
def lift(request: Request, member_id: int) -> HttpResponse:
    """Lift the member's ban."""
    if request.method == "POST":
        try:
            lifted = lift_ban(request.viewer, member_id, reason=request.POST.get("reason", ""))
        except (Invalid, NotAllowed) as refusal:
            return _ask(request, "mod/lift.html", member_id, refusal)
        sentence = "The ban is lifted." if lifted else "No ban was in force."
        return done(request, sentence, _address(member_id))
    return _ask(request, "mod/lift.html", member_id)


def _member_page(request: Request, member_id: int, refusal: Invalid | None = None) -> HttpResponse:
    context: dict[str, Any] = {
        "member": load_staff_member(request.viewer, member_id),
        "chosen": set(numbers_in(request, "post")),
        "reason": request.POST.get("reason", ""),
    }
    return form_page(request, "mod/member.html", context, refusal)


def _ask(
    request: Request,
    template: str,
    member_id: int,
    refusal: Invalid | NotAllowed | None = None,
) -> HttpResponse:
    context = {
        "member": load_staff_member(request.viewer, member_id),
        "back": _address(member_id),
        "lengths": LENGTHS,
        "days": number_in(request, "days") if request.method == "POST" else 7,
        "reason": request.POST.get("reason", ""),
    }
    return form_page(request, template, context, refusal)


def _address(member_id: int) -> str:
    return reverse("mod_member", args=(member_id,))

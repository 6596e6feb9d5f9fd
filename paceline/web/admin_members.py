"""Members in the administration: found, changed, given a new password, closed and opened."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from paceline.administration import members
from paceline.administration.members import MemberValues
from paceline.lib.errors import Invalid, NotAllowed
from paceline.web.answers import Request
from paceline.web.sent import form_page
from paceline.web.staff_forms import done


@require_safe
def search(request: Request) -> HttpResponse:
    """Members by the beginning of their name or address."""
    words = request.GET.get("q", "")[:100]
    context = {"found": members.find_members(request.viewer, words), "words": words}
    return render(request, "admin/members.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, member_id: int) -> HttpResponse:
    """A member's page."""
    if request.method != "POST":
        return _page(request, member_id)
    form = members.load_member_form(request.viewer, member_id)
    values = MemberValues(
        name=request.POST.get("name", ""),
        email=request.POST.get("email", ""),
        custom_title=request.POST.get("custom_title", ""),
        location=request.POST.get("location", ""),
        fields={each.key: request.POST.get(f"field_{each.key}", "") for each in form.inputs},
    )
    try:
        members.change_member(request.viewer, member_id, values)
    except Invalid as refusal:
        return _page(request, member_id, refusal, values=values)
    return done(request, "The member is changed.", _address(member_id))


@require_POST
def password(request: Request, member_id: int) -> HttpResponse:
    """Give a password for one time, and show it this once."""
    try:
        credentials = members.reset_password(request.viewer, member_id)
    except NotAllowed as refusal:
        return _page(request, member_id, refusal)
    context = {"credentials": credentials, "back": _address(member_id)}
    response = render(request, "admin/password.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def close(request: Request, member_id: int) -> HttpResponse:
    """Let the member sign in no more."""
    try:
        members.close_account(request.viewer, member_id)
    except NotAllowed as refusal:
        return _page(request, member_id, refusal)
    return done(request, "The account is closed.", _address(member_id))


@require_POST
def reopen(request: Request, member_id: int) -> HttpResponse:
    """Let the member sign in again."""
    members.open_account(request.viewer, member_id)
    return done(request, "The account is open.", _address(member_id))


def _page(
    request: Request, member_id: int, refusal: Invalid | NotAllowed | None = None, **typed: Any
) -> HttpResponse:
    form = members.load_member_form(request.viewer, member_id)
    context = {"form": form, "values": form.values, **typed}
    return form_page(request, "admin/member.html", context, refusal)


def _address(member_id: int) -> str:
    return reverse("admin_member", args=(member_id,))

"""Groups and who belongs to them; the table of rights, and why somebody may do something."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from paceline.administration import boards, groups, rights
from paceline.lib.errors import Invalid, NotAllowed
from paceline.web.answers import Request
from paceline.web.sent import form_page
from paceline.web.staff_forms import asked_number, done, number_in, number_of, whole_number_in

_form = require_http_methods(["GET", "HEAD", "POST"])


@_form
def listing(request: Request) -> HttpResponse:
    """All groups, and a form for one more."""
    refusal: Invalid | None = None
    if request.method == "POST":
        name, title = request.POST.get("name", ""), request.POST.get("title", "")
        try:
            group_id = groups.add_group(request.viewer, name, title)
        except Invalid as error:
            refusal = error
        else:
            return done(request, "The group is there.", _address(group_id))
    context = {
        "groups": groups.load_groups(request.viewer),
        "name": request.POST.get("name", ""),
        "typed_title": request.POST.get("title", ""),
    }
    return form_page(request, "admin/groups.html", context, refusal)


@_form
def change(request: Request, group_id: int) -> HttpResponse:
    """A group's page: its name, title and place, and its members."""
    if request.method != "POST":
        return _page(request, group_id)
    typed = {
        "name": request.POST.get("name", ""),
        "typed_title": request.POST.get("title", ""),
        "position": request.POST.get("position", ""),
        "attachment_megabytes": request.POST.get("attachment_megabytes", ""),
    }
    try:
        values = groups.GroupValues(
            typed["name"],
            typed["typed_title"],
            whole_number_in(request, "position"),
            whole_number_in(request, "attachment_megabytes")
            if typed["attachment_megabytes"].strip()
            else None,
        )
        groups.change_group(request.viewer, group_id, values)
    except Invalid as refusal:
        return _page(request, group_id, refusal, **typed)
    return done(request, "The group is changed.", _address(group_id))


@require_POST
def add_member(request: Request, group_id: int) -> HttpResponse:
    """Put a member into a group."""
    name = request.POST.get("member_name", "")
    try:
        groups.add_to_group(request.viewer, group_id, name)
    except Invalid as error:
        return _page(request, group_id, Invalid("member_name", error.sentence), member_name=name)
    return done(request, "The member is in the group.", _address(group_id))


@require_POST
def remove_member(request: Request, group_id: int) -> HttpResponse:
    """Take a member out of a group."""
    try:
        groups.take_from_group(request.viewer, group_id, number_in(request, "member"))
    except NotAllowed as refusal:
        return _page(request, group_id, refusal)
    return done(request, "The member is in the group no longer.", _address(group_id))


@_form
def delete(request: Request, group_id: int) -> HttpResponse:
    """Delete a group, after asking once more."""
    form = groups.load_group_form(request.viewer, group_id)
    refusal: NotAllowed | None = None
    if request.method == "POST":
        try:
            groups.delete_group(request.viewer, group_id)
        except NotAllowed as error:
            refusal = error
        else:
            return done(request, "The group is deleted.", reverse("admin_groups"))
    context = {
        "title": "Delete a group",
        "what": form.name,
        "about": "Its members stay members; what the group allowed them goes.",
        "back": _address(group_id),
    }
    return form_page(request, "admin/delete.html", context, refusal)


@_form
def table(request: Request) -> HttpResponse:
    """The rights of all groups on a board, or on the site."""
    board_id = number_in(request, "board") or asked_number(request, "board")
    refusal: Invalid | None = None
    typed: dict[tuple[int, int], str] = {}
    if request.method == "POST":
        typed = _choices(request)
        try:
            rights.set_rights(request.viewer, board_id, typed)
        except Invalid as error:
            refusal = error
        else:
            address = reverse("admin_rights") + (f"?board={board_id}" if board_id else "")
            return done(request, "The rights are kept.", address)
    context = {
        "page": rights.load_rights(request.viewer, board_id),
        "boards": boards.load_tree(request.viewer),
        "typed": typed,
    }
    return form_page(request, "admin/rights.html", context, refusal)


@require_safe
def why(request: Request) -> HttpResponse:
    """What somebody may do on a board, and because of what."""
    tree = boards.load_tree(request.viewer)
    if not tree:
        return HttpResponseRedirect(reverse("admin_rights"))
    board_id = asked_number(request, "board") or tree[0].id
    name = request.GET.get("name", "")[:80]
    refusal: Invalid | None = None
    answers: tuple[rights.Why, ...] = ()
    try:
        answers = rights.explain_rights(request.viewer, board_id, name)
    except Invalid as error:
        refusal = error
    context = {
        "boards": tree,
        "at": board_id,
        "name": name,
        "answers": answers,
    }
    return form_page(request, "admin/why.html", context, refusal)


def _choices(request: Request) -> dict[tuple[int, int], str]:
    """What was chosen, by group and right: fields are called `r-<group>-<right>`."""
    chosen = {}
    for name, choice in request.POST.items():
        parts = name.split("-")
        numbers = [number for number in map(number_of, parts[1:]) if number]
        if parts[0] == "r" and len(parts) == 3 and len(numbers) == 2:
            chosen[numbers[0], numbers[1]] = str(choice)
    return chosen


def _page(
    request: Request, group_id: int, refusal: Invalid | NotAllowed | None = None, **typed: Any
) -> HttpResponse:
    form = groups.load_group_form(request.viewer, group_id, request.GET.get("after", "")[:80])
    context = {
        "form": form,
        "name": form.name,
        "typed_title": form.title,
        "position": form.position,
        "attachment_megabytes": form.attachment_megabytes,
        "member_name": "",
        **typed,
    }
    return form_page(request, "admin/group.html", context, refusal)


def _address(group_id: int) -> str:
    return reverse("admin_group", args=(group_id,))

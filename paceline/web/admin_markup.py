"""The board's own codes and smilies: lists, forms, and what each becomes."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from paceline.administration import codes, smilies
from paceline.administration.codes import CodeValues
from paceline.administration.smilies import SmilieValues, Upload
from paceline.lib.errors import Invalid, Refusal
from paceline.web.answers import Request
from paceline.web.incoming import refused_upload
from paceline.web.sent import form_page, text
from paceline.web.staff_forms import checked, done

_form = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def code_list(request: Request) -> HttpResponse:
    """The codes in their order, each with what it becomes."""
    return render(request, "admin/codes.html", {"codes": codes.load_codes(request.viewer)})


@_form
def code(request: Request, code_id: int = 0) -> HttpResponse:
    """Add a code (0) or change one; with `do=try` only show what it becomes."""
    if code_id:
        line = codes.load_code(request.viewer, code_id)
        values, shown = line.values, line.shown
    else:
        codes.load_codes(request.viewer)
        values, shown = CodeValues(name=""), ""
    refusal: Invalid | None = None
    if request.method == "POST":
        values = CodeValues(
            **{name: text(request, name) for name in ("name", "template", "example")}
        )
        try:
            if request.POST.get("do") != "try":
                _keep_code(request, code_id, values)
                return done(request, "The code is kept.", reverse("admin_codes"))
            shown = codes.try_code(request.viewer, values)
        except Invalid as error:
            refusal, shown = error, ""
    context = {"id": code_id, "values": values, "shown": shown}
    return form_page(request, "admin/code.html", context, refusal)


def _keep_code(request: Request, code_id: int, values: CodeValues) -> None:
    if code_id:
        codes.change_code(request.viewer, code_id, values)
    else:
        codes.add_code(request.viewer, values)


@require_POST
def move_code(request: Request, code_id: int) -> HttpResponse:
    """Move a code up or down."""
    codes.move_code(request.viewer, code_id, request.POST.get("direction", ""))
    return done(request, "The order is kept.", reverse("admin_codes"))


@_form
def delete_code(request: Request, code_id: int) -> HttpResponse:
    """Delete a code, after asking once more."""
    what = f"[{codes.load_code(request.viewer, code_id).values.name}]"
    if request.method == "POST":
        codes.delete_code(request.viewer, code_id)
        return done(request, "The code is deleted.", reverse("admin_codes"))
    about = "Posts that hold it show it as it was typed."
    return _ask(request, "Delete a code", what, about, reverse("admin_codes"))


@require_safe
def smilie_list(request: Request) -> HttpResponse:
    """The board's own smilies in their order."""
    context = {"smilies": smilies.load_smilies(request.viewer)}
    return render(request, "admin/smilies.html", context)


@_form
def smilie(request: Request, smilie_id: int = 0) -> HttpResponse:
    """Add a smilie (0) or change one."""
    picture = ""
    if smilie_id:
        line = smilies.load_smilie(request.viewer, smilie_id)
        values, picture = line.values, line.picture
    else:
        smilies.load_smilies(request.viewer)
        values = SmilieValues(code="")
    refusal: Refusal | None = None
    if request.method == "POST":
        values = SmilieValues(text(request, "code"), text(request, "name"), text(request, "emoji"))
        try:
            _keep_smilie(request, smilie_id, values)
        except Refusal as error:
            refusal = error
        else:
            return done(request, "The smilie is kept.", reverse("admin_smilies"))
    context = {"id": smilie_id, "values": values, "picture": picture}
    return form_page(request, "admin/smilie.html", context, refusal)


def _keep_smilie(request: Request, smilie_id: int, values: SmilieValues) -> None:
    if refused := refused_upload(request):
        raise refused
    sent: Any = request.FILES.get("picture")
    upload = Upload(sent, sent.size) if sent else None
    if smilie_id:
        drops = checked(request, "drops_picture")
        smilies.change_smilie(request.viewer, smilie_id, values, upload, drops_picture=drops)
    else:
        smilies.add_smilie(request.viewer, values, upload)


@require_POST
def move_smilie(request: Request, smilie_id: int) -> HttpResponse:
    """Move a smilie up or down."""
    smilies.move_smilie(request.viewer, smilie_id, request.POST.get("direction", ""))
    return done(request, "The order is kept.", reverse("admin_smilies"))


@_form
def delete_smilie(request: Request, smilie_id: int) -> HttpResponse:
    """Delete a smilie, after asking once more."""
    what = smilies.load_smilie(request.viewer, smilie_id).values.code
    if request.method == "POST":
        smilies.delete_smilie(request.viewer, smilie_id)
        return done(request, "The smilie is deleted.", reverse("admin_smilies"))
    about = "Posts that hold it show its code as it was typed."
    return _ask(request, "Delete a smilie", what, about, reverse("admin_smilies"))


def _ask(request: Request, title: str, what: str, about: str, back: str) -> HttpResponse:
    context = {"title": title, "what": what, "about": about, "back": back, "refusal": None}
    return render(request, "admin/delete.html", context)

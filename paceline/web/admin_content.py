"""What an administrator adds to the board's pages: profile fields, notices, footer pages."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from paceline.administration import fields, notices, pages
from paceline.administration.fields import FieldValues
from paceline.administration.notices import NoticeValues
from paceline.administration.pages import PageValues
from paceline.lib.errors import Invalid
from paceline.web.answers import Request
from paceline.web.sent import form_page
from paceline.web.staff_forms import checked, done, numbers_in, whole_number_in

_form = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def field_list(request: Request) -> HttpResponse:
    """The fields of a profile in their order."""
    return render(request, "admin/fields.html", {"fields": fields.load_fields(request.viewer)})


@_form
def field(request: Request, field_id: int = 0) -> HttpResponse:
    """Add a field (0) or change one."""
    if field_id:
        values = fields.load_field(request.viewer, field_id).values
    else:
        fields.load_fields(request.viewer)
        values = FieldValues(label="")
    context: dict[str, Any] = {"id": field_id, "longest": str(values.longest)}
    refusal: Invalid | None = None
    if request.method == "POST":
        context["longest"] = request.POST.get("longest", "")
        values = FieldValues(
            label=request.POST.get("label", ""),
            help_text=request.POST.get("help_text", ""),
            is_beside_posts=checked(request, "is_beside_posts"),
            is_editable=checked(request, "is_editable"),
        )
        try:
            kept = _with_longest(values, whole_number_in(request, "longest"))
            if field_id:
                fields.change_field(request.viewer, field_id, kept)
            else:
                fields.add_field(request.viewer, kept)
        except Invalid as error:
            refusal = error
        else:
            return done(request, "The field is kept.", reverse("admin_fields"))
    context |= {"values": values}
    return form_page(request, "admin/field.html", context, refusal)


def _with_longest(values: FieldValues, longest: int) -> FieldValues:
    return FieldValues(
        values.label, values.help_text, values.is_beside_posts, values.is_editable, longest
    )


@require_POST
def move_field(request: Request, field_id: int) -> HttpResponse:
    """Move a field up or down."""
    return _move(request, fields.move_field, field_id, "admin_fields")


@_form
def delete_field(request: Request, field_id: int) -> HttpResponse:
    """Show a field no more, after asking once more."""
    what = fields.load_field(request.viewer, field_id).values.label
    about = "It is shown no more. What members wrote in it stays in their data."
    if request.method == "POST":
        fields.delete_field(request.viewer, field_id)
        return done(request, "The field is deleted.", reverse("admin_fields"))
    return _ask(request, "Delete a field", what, about, reverse("admin_fields"))


@require_safe
def notice_list(request: Request) -> HttpResponse:
    """The notices in their order."""
    return render(request, "admin/notices.html", {"notices": notices.load_notices(request.viewer)})


@_form
def notice(request: Request, notice_id: int = 0) -> HttpResponse:
    """Add a notice (0) or change one."""
    targets = notices.load_targets(request.viewer)
    if notice_id:
        values = notices.load_notice(request.viewer, notice_id)
    else:
        values = NoticeValues(title="")
    refusal: Invalid | None = None
    if request.method == "POST":
        values = NoticeValues(
            title=request.POST.get("title", ""),
            source=request.POST.get("source", ""),
            boards=tuple(numbers_in(request, "boards")),
            groups=tuple(numbers_in(request, "groups")),
            is_active=checked(request, "is_active"),
            is_dismissible=checked(request, "is_dismissible"),
        )
        try:
            if notice_id:
                notices.change_notice(request.viewer, notice_id, values)
            else:
                notices.add_notice(request.viewer, values)
        except Invalid as error:
            refusal = error
        else:
            return done(request, "The notice is kept.", reverse("admin_notices"))
    context = {"id": notice_id, "values": values, "targets": targets}
    return form_page(request, "admin/notice.html", context, refusal)


@require_POST
def move_notice(request: Request, notice_id: int) -> HttpResponse:
    """Move a notice up or down."""
    return _move(request, notices.move_notice, notice_id, "admin_notices")


@_form
def delete_notice(request: Request, notice_id: int) -> HttpResponse:
    """Delete a notice, after asking once more."""
    what = notices.load_notice(request.viewer, notice_id).title
    if request.method == "POST":
        notices.delete_notice(request.viewer, notice_id)
        return done(request, "The notice is deleted.", reverse("admin_notices"))
    about = "Its text goes for good. A notice that is not active is kept and not shown."
    return _ask(request, "Delete a notice", what, about, reverse("admin_notices"))


@require_safe
def page_list(request: Request) -> HttpResponse:
    """The footer's pages in their order."""
    return render(request, "admin/pages.html", {"pages": pages.load_pages(request.viewer)})


@_form
def page(request: Request, page_id: int = 0) -> HttpResponse:
    """Add a page (0) or change one."""
    if page_id:
        values = pages.load_page(request.viewer, page_id).values
    else:
        pages.load_pages(request.viewer)
        values = PageValues(title="")
    refusal: Invalid | None = None
    if request.method == "POST":
        values = PageValues(
            title=request.POST.get("title", ""),
            slug=request.POST.get("slug", ""),
            source=request.POST.get("source", ""),
            is_in_footer=checked(request, "is_in_footer"),
        )
        try:
            if page_id:
                pages.change_page(request.viewer, page_id, values)
            else:
                pages.add_page(request.viewer, values)
        except Invalid as error:
            refusal = error
        else:
            return done(request, "The page is kept.", reverse("admin_pages"))
    context = {"id": page_id, "values": values}
    return form_page(request, "admin/page.html", context, refusal)


@require_POST
def move_page(request: Request, page_id: int) -> HttpResponse:
    """Move a page up or down."""
    return _move(request, pages.move_page, page_id, "admin_pages")


@_form
def delete_page(request: Request, page_id: int) -> HttpResponse:
    """Delete a page, after asking once more."""
    what = pages.load_page(request.viewer, page_id).values.title
    if request.method == "POST":
        pages.delete_page(request.viewer, page_id)
        return done(request, "The page is deleted.", reverse("admin_pages"))
    about = "Its text goes for good, and its address leads nowhere."
    return _ask(request, "Delete a page", what, about, reverse("admin_pages"))


def _move(
    request: Request, move: Callable[[Any, int, str], None], row_id: int, back: str
) -> HttpResponse:
    move(request.viewer, row_id, request.POST.get("direction", ""))
    return done(request, "The order is kept.", reverse(back))


def _ask(request: Request, title: str, what: str, about: str, back: str) -> HttpResponse:
    context = {"title": title, "what": what, "about": about, "back": back, "refusal": None}
    return render(request, "admin/delete.html", context)

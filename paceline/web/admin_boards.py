"""The tree of boards, and each board's own page: what it is, its prefixes, its moderators."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from paceline.administration import boards, moderators
from paceline.administration.boards import BoardValues
from paceline.administration.prefixes import change_prefixes
from paceline.lib.errors import Invalid, NotAllowed
from paceline.web.answers import Request
from paceline.web.sent import form_page
from paceline.web.staff_forms import checked, done, number_in, number_of

_form = require_http_methods(["GET", "HEAD", "POST"])

# What a board can take, in words; HTML and linkbacks no board takes.
SWITCHES = (
    ("takes_threads", "Takes threads", "A board that does not is a heading for other boards."),
    ("allows_bbcode", "BB code", "Bold, quotes, links and the like in square brackets."),
    ("allows_markdown", "Markdown", "Bold, quotes, links and the like in stars, > and the like."),
    ("allows_smilies", "Smilies", "Signs such as :) become small pictures."),
    (
        "allows_images",
        "[IMG] code",
        "Pictures from elsewhere, shown in posts; else links to them.",
    ),
)


@require_safe
def tree(request: Request) -> HttpResponse:
    """All boards in their order."""
    return render(request, "admin/boards.html", {"boards": boards.load_tree(request.viewer)})


@_form
def add(request: Request) -> HttpResponse:
    """Add a board."""
    refusal: Invalid | None = None
    values = BoardValues(name="")
    if request.method == "POST":
        values = _values(request)
        try:
            board_id = boards.add_board(request.viewer, values)
        except Invalid as error:
            refusal = error
        else:
            return done(request, "The board is there.", _address(board_id))
    context = {
        "values": values,
        "parents": boards.load_parents(request.viewer),
        "switches": SWITCHES,
    }
    return form_page(request, "admin/board_new.html", context, refusal)


@_form
def change(request: Request, board_id: int) -> HttpResponse:
    """A board's page: what it is and takes."""
    if request.method != "POST":
        return _page(request, board_id)
    values = _values(request)
    try:
        boards.change_board(request.viewer, board_id, values)
    except Invalid as refusal:
        return _page(request, board_id, refusal, values=values)
    return done(request, "The board is changed.", _address(board_id))


@require_POST
def move(request: Request, board_id: int) -> HttpResponse:
    """Move a board up or down among its siblings."""
    boards.move_board(request.viewer, board_id, request.POST.get("direction", ""))
    return done(request, "The board is moved.", reverse("admin_boards"))


@_form
def delete(request: Request, board_id: int) -> HttpResponse:
    """Delete an empty board, after asking once more."""
    form = boards.load_board_form(request.viewer, board_id)
    refusal: NotAllowed | None = None
    if request.method == "POST":
        try:
            boards.delete_board(request.viewer, board_id)
        except NotAllowed as error:
            refusal = error
        else:
            return done(request, "The board is deleted.", reverse("admin_boards"))
    context = {
        "title": "Delete a board",
        "what": form.values.name,
        "about": "Its rights, prefixes and moderators go with it.",
        "back": _address(board_id),
    }
    return form_page(request, "admin/delete.html", context, refusal)


@require_POST
def prefixes(request: Request, board_id: int) -> HttpResponse:
    """Rename, delete and add prefixes of a board."""
    typed = {
        number_of(name.removeprefix("prefix-")): str(label)
        for name, label in request.POST.items()
        if name.startswith("prefix-")
    }
    new = request.POST.getlist("new")
    try:
        change_prefixes(request.viewer, board_id, typed, new)
    except Invalid as refusal:
        return _page(request, board_id, refusal, labels=typed, new=new)
    return done(request, "The prefixes are kept.", _address(board_id))


@require_POST
def add_moderator(request: Request, board_id: int) -> HttpResponse:
    """Name a moderator of a board."""
    name = request.POST.get("name", "")
    try:
        moderators.add_moderator(request.viewer, board_id, name)
    except Invalid as error:
        refusal = Invalid("moderator", error.sentence)
        return _page(request, board_id, refusal, moderator=name)
    return done(request, "The moderator is named.", _address(board_id))


@require_POST
def remove_moderator(request: Request, board_id: int) -> HttpResponse:
    """Take a board away from a moderator."""
    moderators.remove_moderator(request.viewer, board_id, number_in(request, "member"))
    return done(request, "The board has one moderator less.", _address(board_id))


def _page(
    request: Request, board_id: int, refusal: Invalid | None = None, **typed: Any
) -> HttpResponse:
    form = boards.load_board_form(request.viewer, board_id)
    context = {
        "form": form,
        "values": form.values,
        "switches": SWITCHES,
        "labels": {prefix.id: prefix.name for prefix in form.prefixes},
        "new": [],
        "moderator": "",
        **typed,
    }
    return form_page(request, "admin/board.html", context, refusal)


def _values(request: Request) -> BoardValues:
    return BoardValues(
        name=request.POST.get("name", ""),
        description=request.POST.get("description", ""),
        parent_id=number_in(request, "parent_id") or None,
        **{name: checked(request, name) for name, _, _ in SWITCHES},
    )


def _address(board_id: int) -> str:
    return reverse("admin_board", args=(board_id,))

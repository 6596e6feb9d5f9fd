"""Putting a notice away: a cookie remembers it here, for members the board does as well."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from paceline.browsing.notices import dismissed_by, dismissible_ids, remember_dismissal
from paceline.web.addresses import is_own, way_back
from paceline.web.answers import Request

COOKIE = "paceline_notices"
# More than any board shows at a time; the newest are kept.
MOST_KEPT = 50
_YEAR_S = 365 * 24 * 3600


def dismissed_in(request: HttpRequest) -> frozenset[int]:
    """The ids of the notices that this browser has put away. No query."""
    return frozenset(_ids_in(request))


@csrf_exempt
@require_POST
def dismiss(request: Request, notice_id: int) -> HttpResponseBase:
    """Put a notice away and go back to the page.

    A visitor's pages carry no token, since they are the same for all visitors, and nothing is
    written for a visitor but their own cookie; a member's request is checked like any other.
    """
    if request.viewer.is_visitor:
        return _dismiss(request, notice_id)
    return _dismiss_for_member(request, notice_id)


@csrf_protect
def _dismiss_for_member(request: Request, notice_id: int) -> HttpResponse:
    remember_dismissal(request.viewer, notice_id)
    return _dismiss(request, notice_id)


def _dismiss(request: Request, notice_id: int) -> HttpResponse:
    response = HttpResponseRedirect(_way_back(request))
    known = dismissible_ids(request.viewer)
    _keep(response, [n for n in [*_ids_in(request), notice_id] if n in known], request)
    return response


def restore_dismissed(response: HttpResponse, request: HttpRequest, member: Any) -> None:
    """A member has signed in: what they put away elsewhere is put away here too. One query."""
    if remembered := dismissed_by(member):
        _keep(response, [*remembered, *_ids_in(request)], request)


def _keep(response: HttpResponse, ids: Iterable[int], request: HttpRequest) -> None:
    newest = list(dict.fromkeys(ids))[-MOST_KEPT:]
    response.set_cookie(
        COOKIE,
        ".".join(map(str, newest)),
        max_age=_YEAR_S,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def _ids_in(request: HttpRequest) -> list[int]:
    parts = request.COOKIES.get(COOKIE, "").split(".")[-MOST_KEPT:]
    return [int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 19]


def _way_back(request: HttpRequest) -> str:
    here = f"{request.scheme}://{request.get_host()}"
    came_from = request.headers.get("Referer", "")
    default = came_from.removeprefix(here) if came_from.startswith(f"{here}/") else "/"
    return way_back(request, default if is_own(default) else "/")

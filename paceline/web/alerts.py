"""A member's alerts, and the end of letters by mail."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from paceline.browsing.alerts import load_alerts
from paceline.lib.errors import NotFound
from paceline.notifications import letters
from paceline.notifications.read import mark_all_alerts_read
from paceline.web.answers import Request
from paceline.web.converters import read_id


@require_safe
def alerts(request: Request) -> HttpResponse:
    """What the member was told, newest first."""
    page = load_alerts(request.viewer, read_id(request.GET.get("before", "")))
    return render(request, "alerts/list.html", {"page": page})


@require_POST
def read_all(request: Request) -> HttpResponse:
    """All alerts count as read."""
    count = mark_all_alerts_read(request.viewer)
    messages.success(
        request, "All alerts are marked as read." if count else "There was nothing unread."
    )
    return HttpResponseRedirect(reverse("alerts"))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop_letters(request: Request, token: str) -> HttpResponse:
    """Ends letters about alerts; also by a mail program's one click (RFC 8058), hence no CSRF
    token: whoever has the letter has the address, and looking at the page changes nothing."""
    if not letters.is_stop_token(token):
        raise NotFound("This link is not whole; copy all of it from the letter.")
    is_done = request.method == "POST" and letters.stop_letters(token)
    return render(request, "alerts/stop.html", {"is_done": is_done})

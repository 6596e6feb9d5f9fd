"""Pages about members: one of them, all of them, those who are here now."""

from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from paceline.browsing import member_list, who
from paceline.browsing.member_page import load_member_page
from paceline.web.answers import Request
from paceline.web.presence import note


@require_safe
def page(request: Request, member_id: int, slug: str = "") -> HttpResponse:
    """A member's page; moves on to the address with their name in it."""
    shown = load_member_page(request.viewer, member_id)
    if slug != shown.person.slug:
        address = reverse("member", args=(member_id, shown.person.slug))
        return HttpResponsePermanentRedirect(address)
    note(request)
    return render(request, "members/page.html", {"page": shown})


@require_safe
def list_page(request: Request) -> HttpResponse:
    """All members."""
    found = member_list.load_member_list(
        request.viewer,
        sort=request.GET.get("sort", "name"),
        query=request.GET.get("q", ""),
        after=request.GET.get("after", ""),
    )
    note(request)
    sorts = [(key, words) for key, (_, _, words) in member_list.SORTS.items()]
    return render(request, "members/list.html", {"found": found, "sorts": sorts})


@require_safe
def online(request: Request) -> HttpResponse:
    """Who is online now."""
    note(request)
    return render(request, "members/online.html", {"page": who.load_online_page(request.viewer)})

"""Addresses that an old board had: each leads to what its page has become."""

from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from paceline.imports.old_addresses import NewPlace, find_new_place
from paceline.web.addresses import thread_address
from paceline.web.answers import Request


@require_safe
def lead_on(request: Request, old_path: str) -> HttpResponse:
    """For good to where the thread, post, member or board is now."""
    host = request.get_host().rpartition(":")[0] or request.get_host()
    query = request.META.get("QUERY_STRING", "")
    place = find_new_place(request.viewer, host, f"/{old_path}", query)
    return HttpResponsePermanentRedirect(_address_of(place))


def _address_of(place: NewPlace) -> str:
    if place.kind == "thread":
        return thread_address(place.id, place.slug, place.page)
    if place.kind == "post":
        # Its page may change; its own address never does.
        return reverse("post", args=(place.id,))
    return reverse(place.kind, args=(place.id, place.slug))

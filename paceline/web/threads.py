"""Reading a thread: its pages, the addresses of its posts, and the page for paper."""

from django.http import HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from paceline.browsing import places
from paceline.browsing.thread_page import load_print_page, load_thread_page
from paceline.browsing.who import who_is_here
from paceline.notifications import read as alerts
from paceline.unread import marks
from paceline.web.addresses import thread_address
from paceline.web.answers import Request
from paceline.web.composer import collected_quotes
from paceline.web.linked_data import describe, thread_data
from paceline.web.presence import note
from paceline.web.writing import quick_reply


@require_safe
def page(request: Request, thread_id: int, slug: str = "", page: int = 1) -> HttpResponse:
    """A page of a thread; moves on to the one address that the page has."""
    shown = load_thread_page(request.viewer, thread_id, page)
    if shown.moved_to:
        return HttpResponseRedirect(reverse("thread_by_id", args=(shown.moved_to,)))
    address = thread_address(shown.id, shown.slug, page)
    if request.path != address:
        return HttpResponsePermanentRedirect(address)
    note(request, board_id=shown.board.id, thread_id=thread_id)
    marks.note_thread_read(request.viewer, thread_id, shown.last_number)
    alerts.note_thread_read(request.viewer, thread_id)
    here = who_is_here(request.viewer, thread_id=thread_id)
    context = {
        "page": shown,
        "board_id": shown.board.id,
        "here_now": here,
        "form": quick_reply(request, shown),
        "collected": collected_quotes(request),
        "about": describe(shown),
        # For search engines, which are visitors.
        "data": thread_data(shown, request.build_absolute_uri)
        if request.viewer.is_visitor
        else None,
    }
    return render(request, "threads/page.html", context)


@require_safe
def post(request: Request, post_id: int) -> HttpResponse:
    """The permanent address of a post leads to where it stands now."""
    return _go_to(places.find_post(request.viewer, post_id))


@require_safe
def first_unread(request: Request, thread_id: int) -> HttpResponse:
    """To the first post that is new to the member."""
    return _go_to(places.find_first_unread(request.viewer, thread_id))


@require_safe
def last(request: Request, thread_id: int) -> HttpResponse:
    """To the last post."""
    return _go_to(places.find_last(request.viewer, thread_id))


@require_safe
def print_page(request: Request, thread_id: int) -> HttpResponse:
    """The thread on one page without controls."""
    pages = load_print_page(request.viewer, thread_id)
    return render(request, "threads/print.html", {"pages": pages, "page": pages[0]})


def _go_to(place: places.Place) -> HttpResponse:
    address = thread_address(place.thread_id, place.slug, place.page)
    return HttpResponseRedirect(f"{address}#p{place.number}")

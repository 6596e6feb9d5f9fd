"""Addresses that views make or are given: of a form by its place, and the way back."""

import re
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from paceline.browsing.paths import PlaceOfPost, PlaceOfThread
from paceline.lib.paging import page_of

LONGEST_WAY_BACK = 500
_PLACE = re.compile(r"(reply|thread|edit):([1-9][0-9]{0,18})")
_FORMS = {"reply": "reply", "thread": "new_thread", "edit": "edit_post"}
# Letters that no address of ours has, and that browsers or proxies read in ways of their own.
_ODD = re.compile(r"[\x00-\x20\x7f-\xa0\\\ud800-\udfff]")


def split_place(place: str) -> tuple[str, int]:
    """The kind and the id of a place such as `reply:12`; an empty kind where it is none."""
    found = _PLACE.fullmatch(place)
    if found is None or int(found[2]) >= 2**63:
        return "", 0
    return found[1], int(found[2])


def form_address(place: str) -> str | None:
    """The page of the form of that place; None where it is none."""
    kind, number = split_place(place)
    return reverse(_FORMS[kind], args=(number,)) if kind else None


def way_back(request: HttpRequest, default: str) -> str:
    """The address of ours that a form or link gave as `next`; `default` where it is none."""
    given = request.POST.get("next") or request.GET.get("next") or ""
    return given if is_own(given) else default


def is_own(address: str) -> bool:
    """Whether an address is a path on this board and cannot lead anywhere else."""
    return (
        address.startswith("/")
        and not address.startswith("//")
        and len(address) <= LONGEST_WAY_BACK
        and not _ODD.search(address)
        and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    )


def thread_address(thread_id: int, slug: str, page: int = 1) -> str:
    """The one address of a page of a thread."""
    if page == 1:
        return reverse("thread", args=(thread_id, slug))
    return reverse("thread_page", args=(thread_id, slug, page))


def post_address(request: Any, post: Any) -> str:
    """Where a post stands now, given its row with its thread."""
    page = page_of(post.number, request.viewer.site.settings.posts_per_page)
    return f"{thread_address(post.thread_id, post.thread.slug, page)}#p{post.number}"


def new_posts_address(request: Any, thread: PlaceOfThread, number: int) -> str:
    """Where the post of that number stands, with those after it."""
    page = page_of(max(number, 1), request.viewer.site.settings.posts_per_page)
    return f"{thread_address(thread.thread_id, thread.slug, page)}#p{number}"


def address_of(place: PlaceOfThread | PlaceOfPost) -> str:
    """The address of a place that a page of browsing gave."""
    if isinstance(place, PlaceOfThread):
        return thread_address(place.thread_id, place.slug)
    thread = place.thread
    return f"{thread_address(thread.thread_id, thread.slug, place.page)}#p{place.number}"

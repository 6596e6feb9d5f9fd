"""Drafts: kept while somebody types, listed, thrown away."""

from contextlib import suppress
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from paceline.browsing.drafts_page import load_drafts_page
from paceline.browsing.writing_pages import load_new_posts
from paceline.lib.errors import NotFound
from paceline.media.attachments import waiting_at
from paceline.posting.attach import detach_file
from paceline.posting.drafts import forget_draft, save_draft
from paceline.web import sent
from paceline.web.addresses import form_address, split_place, way_back
from paceline.web.answers import Request, is_fetch
from paceline.web.composer import check_signed_in
from paceline.web.while_writing import new_posts_facts


@require_safe
def drafts(request: Request) -> HttpResponse:
    """What a member has begun to write."""
    check_signed_in(request, "Drafts are kept for members; sign in to see yours.")
    rows = [(row, form_address(row.place)) for row in load_drafts_page(request.viewer)]
    return render(request, "writing/drafts.html", {"rows": rows})


@require_POST
def save(request: Request) -> HttpResponse:
    """Keep what was typed so far. For a script also how many posts came since post `seen`."""
    check_signed_in(request, "Drafts are kept for members; sign in and it will be saved.")
    place = sent.text(request, "place")
    saved_at = save_draft(
        request.viewer,
        place,
        sent.text(request, "source"),
        sent.text(request, "title"),
        language=sent.text(request, "language"),
        once_key=sent.text(request, "once_key"),
    )
    kind, thread_id = split_place(place)
    seen = sent.read_number(sent.text(request, "seen"))
    news: dict[str, Any] = {"new_posts": 0, "new_address": ""}
    if is_fetch(request) and kind == "reply" and seen:
        # A draft is kept also where the thread is there no longer.
        with suppress(NotFound):
            news = new_posts_facts(request, load_new_posts(request.viewer, thread_id, seen))
    return sent.done(
        request,
        way_back(request, form_address(place) or reverse("drafts")),
        "The draft is saved.",
        saved_at=saved_at.isoformat(timespec="seconds"),
        **news,
    )


@require_POST
def discard(request: Request) -> HttpResponse:
    """Throw a draft away, and the files that were sent for it."""
    check_signed_in(request, "Drafts are kept for members; sign in to see yours.")
    place = sent.text(request, "place")
    forget_draft(request.viewer, place)
    for row in waiting_at(request.viewer, place):
        detach_file(request.viewer, row.id)
    return sent.done(request, way_back(request, reverse("drafts")), "The draft is thrown away.")

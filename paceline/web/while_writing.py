"""What a form asks for while somebody writes: a preview, new posts, members' names, smilies."""

from dataclasses import asdict
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from paceline.browsing.smilies import all_smilies, find_emoji
from paceline.browsing.suggestions import suggest_members
from paceline.browsing.writing_pages import NewPosts, load_new_posts
from paceline.posting.preview import preview_text
from paceline.web import sent
from paceline.web.addresses import new_posts_address, split_place
from paceline.web.answers import Request, is_fetch
from paceline.web.composer import check_signed_in
from paceline.web.limits import check_suggestions

# For an hour in the browser: the list changes with the program, or with an administrator's hand.
_SMILIES_KEPT_S = 3600


@require_POST
def preview(request: Request) -> HttpResponse:
    """What a text would look like: for a script the HTML alone."""
    check_signed_in(request, "Sign in to see a preview.")
    kind, target_id = split_place(sent.text(request, "place"))
    html = preview_text(
        request.viewer,
        kind,
        target_id,
        sent.text(request, "source"),
        sent.text(request, "language"),
    )
    template = "writing/_preview.html" if is_fetch(request) else "writing/preview.html"
    return render(request, template, {"html": html})


@require_safe
def newer(request: Request, thread_id: int) -> HttpResponse:
    """How many posts of others came in a thread since post `seen`, and where they begin: JSON."""
    check_signed_in(request, "Sign in to reply.")
    seen = sent.read_number(request.GET.get("seen", "")) or 0
    return JsonResponse(new_posts_facts(request, load_new_posts(request.viewer, thread_id, seen)))


def new_posts_facts(request: Request, new: NewPosts) -> dict[str, Any]:
    """The new posts as a script reads of them."""
    address = new_posts_address(request, new.thread, new.first) if new.count else ""
    return {"new_posts": new.count, "new_address": address}


@require_safe
def suggest(request: Request) -> HttpResponse:
    """Names of members that begin with `q`, as JSON."""
    check_signed_in(request, "Sign in to look up members.")
    check_suggestions(request)
    return JsonResponse({"names": suggest_members(request.GET.get("q", ""))})


@require_safe
def smilies(request: Request) -> HttpResponse:
    """All smilies; with `q` emoji that have this in their names. JSON."""
    word = request.GET.get("q", "")
    rows = find_emoji(word) if word else all_smilies()
    answer = JsonResponse({"smilies": [asdict(row) for row in rows]})
    answer["Cache-Control"] = f"private, max-age={_SMILIES_KEPT_S}"
    return answer

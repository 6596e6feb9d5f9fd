"""The search page."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from paceline.browsing.results import Asked, load_form, load_results
from paceline.lib.errors import Invalid, TooMany
from paceline.web.answers import Request, refusal_page
from paceline.web.converters import read_id
from paceline.web.limits import check_searches
from paceline.web.sent import form_page


@require_safe
def search(request: Request) -> HttpResponse:
    """The form, and below it what was found by it."""
    asked = read_asked(request)
    refusal = None
    try:
        if asked.typed.strip():
            check_searches(request)
        page = load_results(request.viewer, asked)
    except TooMany as too_many:
        return refusal_page(request, too_many, typed=asked.typed)
    except Invalid as invalid:
        refusal = invalid
        page = load_form(request.viewer, asked)
    context = {"page": page, "asked": asked, "board_id": asked.board_id or None}
    return form_page(request, "search/page.html", context, refusal)


def read_asked(request: Request) -> Asked:
    """What the form was sent with; whatever makes no sense is left out."""
    sent = request.GET
    return Asked(
        typed=sent.get("q", ""),
        board_id=read_id(sent.get("board", "")),
        thread_id=read_id(sent.get("thread", "")),
        member=sent.get("by", ""),
        since=sent.get("since", ""),
        until=sent.get("until", ""),
        titles_only=bool(sent.get("titles")),
        best_first=sent.get("sort") == "best",
        any_word=sent.get("match") == "any",
        before=read_id(sent.get("before", "")),
        skip=read_id(sent.get("skip", "")),
    )

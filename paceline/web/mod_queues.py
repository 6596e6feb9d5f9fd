"""The moderators' own pages: the overview, what waits, reports, the log, a board's threads."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from paceline.browsing import queues
from paceline.browsing.staff_log import LogFilter, load_log
from paceline.browsing.staff_thread import load_thread_choice
from paceline.lib.errors import Invalid, NotAllowed, NotFound
from paceline.moderation import bulk
from paceline.moderation.reports import handle_report
from paceline.web.answers import Request
from paceline.web.mod_posts import said
from paceline.web.sent import form_page
from paceline.web.staff_forms import asked_number, done, number_in, numbers_in, one_of

BOARD_DEEDS = (
    ("lock", "Lock"),
    ("unlock", "Unlock"),
    ("pin", "Pin"),
    ("unpin", "Unpin"),
    ("hide", "Hide"),
    ("restore", "Restore"),
    ("move", "Move"),
)


@require_safe
def overview(request: Request) -> HttpResponse:
    """What waits, and what was done lately."""
    context = {
        "overview": queues.load_overview(request.viewer),
        "most": queues.MOST_COUNTED,
        "log": load_log(request.viewer, LogFilter()),
    }
    return render(request, "mod/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def held(request: Request) -> HttpResponse:
    """Threads and posts that wait for approval."""
    refusal: Invalid | None = None
    if request.method == "POST":
        try:
            return _decide(request)
        except Invalid as error:
            refusal = error
    context: dict[str, Any] = {
        "queue": queues.load_held(request.viewer),
        "chosen_threads": set(numbers_in(request, "thread")),
        "chosen_posts": set(numbers_in(request, "post")),
        "chosen_deed": request.POST.get("deed", "approve"),
        "reason": request.POST.get("reason", ""),
    }
    return form_page(request, "mod/held.html", context, refusal)


def _decide(request: Request) -> HttpResponse:
    viewer, reason = request.viewer, request.POST.get("reason", "")
    deed = one_of(request, "deed", ("approve", "refuse"))
    threads, posts = numbers_in(request, "thread"), numbers_in(request, "post")
    if not threads and not posts:
        raise Invalid("chosen", "Choose at least one.")
    sentences = []
    if threads:
        outcome = bulk.for_threads(viewer, deed, threads, reason=reason)
        sentences.append(said(outcome, "thread"))
    if posts:
        sentences.append(said(bulk.for_posts(viewer, deed, posts, reason=reason), "post"))
    return done(request, " ".join(sentences), reverse("mod_held"))


@require_safe
def reports(request: Request) -> HttpResponse:
    """What readers reported, open or handled."""
    return _reports_page(request)


@require_POST
def handle(request: Request, report_id: int) -> HttpResponse:
    """Close a report with what came of it."""
    outcome = request.POST.get("outcome", "")
    try:
        closed = handle_report(request.viewer, report_id, outcome)
    except Invalid as refusal:
        return _reports_page(request, report_id, outcome, refusal)
    sentence = "Closed; whoever reported it is told." if closed else "It was closed already."
    return done(request, sentence, reverse("mod_reports"))


def _reports_page(
    request: Request, report_id: int = 0, outcome: str = "", refusal: Invalid | None = None
) -> HttpResponse:
    queue = queues.load_reports(
        request.viewer,
        is_handled=request.GET.get("show") == "handled",
        after=request.GET.get("after", ""),
    )
    context = {"queue": queue, "typed_at": report_id, "outcome": outcome}
    return form_page(request, "mod/reports.html", context, refusal)


@require_safe
def log(request: Request) -> HttpResponse:
    """The staff's log, narrowed by verb, actor, board or member."""
    asked = LogFilter(
        verb=request.GET.get("verb", ""),
        actor=request.GET.get("actor", "")[:80],
        board_id=asked_number(request, "board"),
        member_id=asked_number(request, "member"),
    )
    address = request.GET.copy()
    address.pop("after", None)
    context = {
        "log": load_log(request.viewer, asked, request.GET.get("after", "")),
        "asked": asked,
        "narrowed": address.urlencode(),
    }
    return render(request, "mod/log.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def board(request: Request, board_id: int) -> HttpResponse:
    """A board's threads, to change several at once."""
    refusal: Invalid | NotAllowed | None = None
    if request.method == "POST":
        try:
            return _change_several(request, board_id)
        except NotFound as error:
            refusal = Invalid("board", error.sentence)
        except (Invalid, NotAllowed) as error:
            refusal = error
    context: dict[str, Any] = {
        "choice": load_thread_choice(request.viewer, board_id, request.GET.get("after", "")),
        "board_id": board_id,
        "deeds": BOARD_DEEDS,
        "chosen": set(numbers_in(request, "thread")),
        "chosen_deed": request.POST.get("deed", "lock"),
        "target_id": number_in(request, "board"),
        "leaves_stub": "leaves_stub" in request.POST,
        "reason": request.POST.get("reason", ""),
    }
    return form_page(request, "mod/board.html", context, refusal)


def _change_several(request: Request, board_id: int) -> HttpResponse:
    viewer, reason = request.viewer, request.POST.get("reason", "")
    deed = one_of(request, "deed", [name for name, _ in BOARD_DEEDS])
    ids = numbers_in(request, "thread")
    if deed == "move":
        target_id, leaves_stub = number_in(request, "board"), "leaves_stub" in request.POST
        outcome = bulk.move_threads(viewer, ids, target_id, leaves_stub=leaves_stub, reason=reason)
    else:
        outcome = bulk.for_threads(viewer, deed, ids, reason=reason)
    return done(request, said(outcome, "thread"), reverse("mod_board", args=(board_id,)))

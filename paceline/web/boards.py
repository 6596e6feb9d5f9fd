"""The index, a board's page, and the lists over many boards."""

from django.http import HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from paceline.browsing import thread_list
from paceline.browsing.board_index import load_board_index
from paceline.browsing.start_where import boards_to_start_on
from paceline.browsing.who import who_is_here
from paceline.lib.errors import NotAllowed, SignInFirst
from paceline.permissions.boards import find_board
from paceline.web.answers import Request
from paceline.web.presence import note

# Threads without a reply that stand beside the index.
WAITING_BESIDE = 4


@require_safe
def index(request: Request) -> HttpResponse:
    """All boards."""
    note(request)
    context = {
        "index": load_board_index(request.viewer),
        "waiting": thread_list.load_waiting(request.viewer, WAITING_BESIDE),
        "here_now": who_is_here(request.viewer),
    }
    return render(request, "boards/index.html", context)


@require_safe
def start_where(request: Request) -> HttpResponse:
    """On which board to start a thread; where there is one, straight to its form."""
    if request.viewer.is_visitor:
        raise SignInFirst("Sign in to start a thread.")
    boards = boards_to_start_on(request.viewer)
    if not boards:
        raise NotAllowed("There is no board on which you may start threads.")
    if len(boards) == 1:
        return HttpResponseRedirect(reverse("new_thread", args=(boards[0].id,)))
    return render(request, "boards/start_where.html", {"boards": boards})


@require_safe
def board_page(request: Request, board_id: int, slug: str = "") -> HttpResponse:
    """One board."""
    board = find_board(request.viewer, board_id)
    if slug != board.slug:
        return HttpResponsePermanentRedirect(reverse("board", args=(board_id, board.slug)))
    page = thread_list.load_board_page(
        request.viewer,
        board_id,
        sort=request.GET.get("sort", "last"),
        prefix_id=_number(request.GET.get("prefix", "")),
        after=request.GET.get("after", ""),
    )
    note(request, board_id=board_id)
    return render(request, "boards/board.html", {"page": page, "board_id": board_id})


@require_safe
def new_posts(request: Request) -> HttpResponse:
    """Threads with something new."""
    found = thread_list.load_new(request.viewer, request.GET.get("after", ""))
    about = "Threads with posts that you have not read."
    if request.viewer.is_visitor:
        about = "The threads that were posted to last."
    return _list_page(request, "New posts", about, found)


@require_safe
def unanswered(request: Request) -> HttpResponse:
    """Threads that wait for a reply."""
    found = thread_list.load_unanswered(request.viewer, request.GET.get("after", ""))
    return _list_page(request, "Waiting for an answer", "Threads that nobody replied to.", found)


@require_safe
def my_threads(request: Request) -> HttpResponse:
    """Threads that the member started."""
    _members_only(request)
    found = thread_list.load_mine(request.viewer, request.GET.get("after", ""))
    return _list_page(request, "My threads", "Threads that you started.", found)


@require_safe
def my_posts(request: Request) -> HttpResponse:
    """Threads that the member wrote in."""
    _members_only(request)
    after = request.GET.get("after", "")
    found = thread_list.load_mine(request.viewer, after, taking_part=True)
    return _list_page(request, "Taking part", "Threads that you wrote in.", found)


@require_safe
def watched(request: Request) -> HttpResponse:
    """Threads that the member watches."""
    _members_only(request)
    found = thread_list.load_watched(request.viewer, request.GET.get("after", ""))
    return _list_page(request, "Watched", "Threads that you watch.", found)


def _list_page(
    request: Request, title: str, about: str, found: thread_list.ThreadList
) -> HttpResponse:
    return render(request, "boards/list.html", {"title": title, "about": about, "found": found})


def _members_only(request: Request) -> None:
    if request.viewer.is_visitor:
        raise SignInFirst("This list is made for each member; sign in to see yours.")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0

"""The archive, for small machines, slow lines and whoever reads all of it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from paceline.accounts.viewer import Viewer
from paceline.browsing import archive_pages as browsing
from paceline.web.addresses import thread_address
from paceline.web.public import public


@public
def index(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """All boards."""
    boards = browsing.load_archive_index(viewer)
    context = {"viewer": viewer, "boards": boards, "full": _whole(request, reverse("board_index"))}
    return render(request, "archive/index.html", context)


@public
def board(request: HttpRequest, viewer: Viewer, board_id: int, after: int = 0) -> HttpResponse:
    """A board's threads."""
    page = browsing.load_archive_board(viewer, board_id, after)
    full = _whole(request, reverse("board", args=(board_id, page.board.slug)))
    context = {"viewer": viewer, "page": page, "full": full}
    return render(request, "archive/board.html", context)


@public
def thread(request: HttpRequest, viewer: Viewer, thread_id: int, page: int = 1) -> HttpResponse:
    """A thread's posts."""
    shown = browsing.load_archive_thread(viewer, thread_id, page)
    if shown.moved_to:
        return HttpResponseRedirect(reverse("archive_thread", args=(shown.moved_to,)))
    full = _whole(request, thread_address(shown.id, shown.slug, shown.full_page))
    context = {"viewer": viewer, "page": shown, "full": full}
    return render(request, "archive/thread.html", context)


def _whole(request: HttpRequest, path: str) -> str:
    return request.build_absolute_uri(path)

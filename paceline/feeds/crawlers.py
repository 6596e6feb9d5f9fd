"""What programs that read the whole site are told: where to go, and where not.

`paceline.urls` wraps each view in `web.public.public`.
"""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from paceline.accounts.viewer import Viewer
from paceline.browsing.sitemap import count_windows, load_listed_boards, load_listed_threads
from paceline.lib.errors import NotFound

# Pages that hold nothing of their own, cost much, or are somebody's alone.
_KEPT_OUT = (
    *("/account/", "/alerts/", "/mod/", "/admin/", "/search/", "/contact/", "/new/", "/mine/"),
    *("/unanswered/", "/watched/", "/online/", "/drafts/", "/preview", "/t/*/print", "/t/*/last"),
    *("/t/*/unread", "/p/*/likes", "/p/*/history", "/p/*/report", "/p/*/edit", "/p/*/quote"),
    "/p/*/multiquote",
)


def robots(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """robots.txt (RFC 9309)."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _KEPT_OUT), ""]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def sitemap(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The list of sitemaps: one of boards, and one for each window of threads."""
    paths = [reverse("sitemap_boards")]
    paths += [
        reverse("sitemap_threads", args=(window,)) for window in range(1, count_windows(viewer) + 1)
    ]
    addresses = [request.build_absolute_uri(path) for path in paths]
    return _xml(request, "feeds/sitemaps.xml", addresses=addresses)


def sitemap_boards(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The index and the boards."""
    rows: list[tuple[str, datetime | None]] = [(reverse("board_index"), None)]
    rows += [
        (reverse("board", args=(board.id, board.slug)), board.changed_at)
        for board in load_listed_boards(viewer)
    ]
    return _xml(request, "feeds/sitemap.xml", rows=rows, base=_base(request))


def sitemap_threads(request: HttpRequest, viewer: Viewer, window: int) -> HttpResponse:
    """A window of threads, each by its first page: the others are linked from there."""
    found = load_listed_threads(viewer, window)
    if not found and window > count_windows(viewer):
        raise NotFound
    rows = [
        (reverse("thread", args=(thread.id, thread.slug)), thread.changed_at) for thread in found
    ]
    return _xml(request, "feeds/sitemap.xml", rows=rows, base=_base(request))


def _base(request: HttpRequest) -> str:
    """Scheme and host, before a path."""
    return request.build_absolute_uri("/").rstrip("/")


def _xml(request: HttpRequest, template: str, **context: object) -> HttpResponse:
    return render(request, template, context, content_type="application/xml")

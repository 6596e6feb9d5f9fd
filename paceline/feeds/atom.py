"""Atom feeds (RFC 4287) of the site, a board, a thread.

`paceline.urls` wraps each view in `web.public.public`, which asks as a visitor and answers 304
where nothing has changed.
"""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.http import http_date

from paceline.accounts.viewer import Viewer
from paceline.browsing.feed_entries import (
    FeedEntry,
    FeedPage,
    load_board_feed,
    load_site_feed,
    load_thread_feed,
)
from paceline.lib.texts import size_in_words
from paceline.media.attachments import AttachmentRow

# What no XML can hold: https://www.w3.org/TR/xml/#charsets
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# Tags that point somewhere, as the renderer spells them: attributes hold no sign of these.
_PATH_IN_TAG = re.compile(r"""(<(?:a|img)(?: [a-z-]+="[^"<>]*")*? (?:href|src)=")([/#])""")


class _Atom(Atom1Feed):
    """With the address that links within posts are meant from."""

    def root_attributes(self) -> dict[str, Any]:
        return {**super().root_attributes(), "xml:base": self.feed["link"]}


def newest_threads(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The newest threads of the site."""
    return _answer(request, load_site_feed(viewer), reverse("board_index"))


def board(request: HttpRequest, viewer: Viewer, board_id: int) -> HttpResponse:
    """The newest threads of a board."""
    page = load_board_feed(viewer, board_id)
    return _answer(request, page, reverse("board", args=(board_id, page.slug)))


def thread(request: HttpRequest, viewer: Viewer, thread_id: int) -> HttpResponse:
    """The newest posts of a thread."""
    page = load_thread_feed(viewer, thread_id)
    return _answer(request, page, reverse("thread", args=(thread_id, page.slug)))


def _answer(request: HttpRequest, page: FeedPage, path: str) -> HttpResponse:
    whole = request.build_absolute_uri
    feed = _Atom(
        title=_clean(page.title),
        link=whole(path),
        description=_clean(page.description),
        subtitle=_clean(page.description),
        feed_url=whole(request.path),
        language="en",
    )
    for entry in page.entries:
        address = whole(reverse("post", args=(entry.post_id,)))
        feed.add_item(
            title=_clean(entry.title),
            link=address,
            description=_clean(_whole(_content(entry), whole("/"), address)),
            unique_id=address,
            author_name=_clean(entry.author_name),
            pubdate=entry.posted_at,
            updateddate=entry.changed_at,
        )
    response = HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml")
    if page.entries:
        changed = max(entry.changed_at for entry in page.entries)
        response["Last-Modified"] = http_date(changed.timestamp())
    return response


def _files(rows: tuple[AttachmentRow, ...]) -> str:
    """Links to what hangs to a post and its text does not show."""
    if not rows:
        return ""
    items = (
        f'<li><a href="{escape(row.address)}">{escape(row.name)}</a>'
        f" ({escape(size_in_words(row.size))})</li>"
        for row in rows
    )
    return f"<ul>{''.join(items)}</ul>"


def _content(entry: FeedEntry) -> str:
    return entry.html + _files(entry.attachments)


def _whole(html: str, root: str, page: str) -> str:
    """With whole addresses in the place of this board's paths, and of places within the post,
    which is on `page`: few readers heed a feed's base."""
    begins = {"/": root, "#": f"{page}#"}
    return _PATH_IN_TAG.sub(lambda found: found[1] + begins[found[2]], html)


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)

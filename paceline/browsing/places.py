"""Where a post stands in its thread: its page and number, for links that lead to it."""

from dataclasses import dataclass
from typing import Any

from paceline.accounts.viewer import Viewer
from paceline.forum.models import Post, Thread
from paceline.lib.errors import NotFound
from paceline.lib.paging import page_of
from paceline.permissions.posts import shown_posts, visible_posts
from paceline.permissions.threads import visible_threads
from paceline.unread.marks import read_line, with_marks


@dataclass(frozen=True, slots=True)
class Place:
    """Where a post stands: its thread's address, page and number."""

    thread_id: int
    slug: str
    page: int
    number: int


def find_post(viewer: Viewer, post_id: int) -> Place:
    """Where a post stands now. Raises NotFound. One query."""
    row = (
        Post.objects.filter(visible_posts(viewer), id=post_id)
        .values_list("thread_id", "thread__slug", "number")
        .first()
    )
    if row is None:
        raise NotFound("There is no such post.")
    return Place(row[0], row[1], page_of(row[2], viewer.site.settings.posts_per_page), row[2])


def find_first_unread(viewer: Viewer, thread_id: int) -> Place:
    """The first post that is new to the viewer; the last post where none is. Two queries."""
    thread = _find_marked(viewer, thread_id)
    line = read_line(viewer, thread.board_read_at)
    if line is None:
        return find_last(viewer, thread_id)
    fresh = Post.objects.filter(
        shown_posts(viewer),
        thread_id=thread_id,
        number__gt=thread.read_number or 0,
        posted_at__gt=line,
    )
    number = fresh.order_by("number").values_list("number", flat=True).first()
    if number is None:
        return find_last(viewer, thread_id)
    size = viewer.site.settings.posts_per_page
    return Place(thread.pk, thread.slug, page_of(number, size), number)


def find_last(viewer: Viewer, thread_id: int) -> Place:
    """The last post of a thread that the viewer can see. Two queries."""
    thread = _find_marked(viewer, thread_id)
    numbers = Post.objects.filter(shown_posts(viewer), thread_id=thread_id).order_by("-number")
    number = numbers.values_list("number", flat=True).first() or 1
    size = viewer.site.settings.posts_per_page
    return Place(thread.pk, thread.slug, page_of(number, size), number)


def _find_marked(viewer: Viewer, thread_id: int) -> Any:
    found = with_marks(Thread.objects.filter(visible_threads(viewer), id=thread_id), viewer).first()
    if found is None:
        raise NotFound("There is no such thread.")
    return found

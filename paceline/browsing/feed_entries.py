"""What feeds hold: the newest threads of the site or a board, the newest posts of a thread.

Each costs one query more than it says where a post has attachments.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet

from paceline.accounts.viewer import Viewer
from paceline.forum.models import Post, State, Thread
from paceline.lib.errors import NotFound
from paceline.media.attachments import AttachmentRow, below_posts
from paceline.permissions.boards import find_board, readable_board_ids
from paceline.permissions.threads import listed_threads

ENTRIES = 40


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A post in a feed; `title` is its thread's. `changed_at` is its last edit, or its posting."""

    post_id: int
    title: str
    author_name: str
    posted_at: datetime
    changed_at: datetime
    html: str
    # Those that the text itself does not show.
    attachments: tuple[AttachmentRow, ...]


@dataclass(frozen=True, slots=True)
class FeedPage:
    """A feed: `about_id` and `slug` are those of its board or thread, 0 and empty for the site."""

    title: str
    description: str
    entries: tuple[FeedEntry, ...]
    about_id: int = 0
    slug: str = ""


def load_site_feed(viewer: Viewer) -> FeedPage:
    """The newest threads that the viewer may read, each with its first post. Two queries."""
    settings = viewer.site.settings
    entries = _opening_posts(Thread.objects.filter(listed_threads(viewer)))
    return FeedPage(settings.site_name, settings.site_description, entries)


def load_board_feed(viewer: Viewer, board_id: int) -> FeedPage:
    """The same of one board. Two queries. Raises NotFound."""
    board = find_board(viewer, board_id)
    if board_id not in readable_board_ids(viewer):
        raise NotFound("There is no such board.")
    threads = Thread.objects.filter(listed_threads(viewer), board_id=board_id)
    return FeedPage(
        f"{board.name} - {viewer.site.settings.site_name}",
        board.description,
        _opening_posts(threads),
        board.id,
        board.slug,
    )


def load_thread_feed(viewer: Viewer, thread_id: int) -> FeedPage:
    """The newest posts of a thread. Two queries. Raises NotFound."""
    thread = Thread.objects.filter(listed_threads(viewer), id=thread_id).first()
    if thread is None:
        raise NotFound("There is no such thread.")
    posts = Post.objects.filter(thread_id=thread_id, state=State.VISIBLE).order_by("-number")
    return FeedPage(
        f"{thread.title} - {viewer.site.settings.site_name}",
        "",
        _entries(posts[:ENTRIES]),
        thread.pk,
        thread.slug,
    )


def _opening_posts(threads: QuerySet[Thread]) -> tuple[FeedEntry, ...]:
    newest = list(threads.order_by("-id").values_list("id", flat=True)[:ENTRIES])
    posts = Post.objects.filter(
        thread_id__in=newest, number=F("thread__first_number"), state=State.VISIBLE
    )
    return _entries(posts.order_by("-thread_id"))


def _entries(posts: QuerySet[Post]) -> tuple[FeedEntry, ...]:
    rows = list(
        posts.values_list(
            *("id", "thread__title", "author__name", "author_name", "posted_at", "edited_at"),
            *("html", "attachment_count"),
        )
    )
    files = below_posts((row[0], row[-1]) for row in rows)
    return tuple(
        FeedEntry(
            *(post_id, title, name or name_then, posted_at, edited_at or posted_at, html),
            attachments=files.get(post_id, ()),
        )
        for post_id, title, name, name_then, posted_at, edited_at, html, _ in rows
    )

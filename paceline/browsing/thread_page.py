"""A page of a thread: the window of its posts, finished for showing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from paceline.accounts.models import Ignore
from paceline.accounts.viewer import Viewer
from paceline.browsing.people import AUTHOR_COLUMNS, Person, person_of
from paceline.browsing.rules import PostingRules, posting_rules
from paceline.browsing.tagged import TaggedMember, tagged_in_thread, tagged_members
from paceline.forum.models import Draft, Like, Post, State, Thread
from paceline.lib.errors import NotAllowed, NotFound
from paceline.lib.paging import nearby_pages, page_of, window_of
from paceline.media.attachments import AttachmentRow, files_of_page
from paceline.permissions.boards import find_board
from paceline.permissions.posts import (
    allows,
    check_delete,
    check_edit,
    check_like,
    check_report,
    shown_posts,
)
from paceline.permissions.rights import Right
from paceline.permissions.table import BoardInfo, load_table
from paceline.permissions.threads import check_reply, visible_threads
from paceline.unread.marks import read_line, with_marks
from paceline.unread.watching import watches_thread


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post, finished for showing. The `may_*` values say which controls belong to it."""

    id: int
    number: int
    title: str
    author: Person
    author_name: str
    is_thread_starter: bool
    is_own: bool
    is_ignored: bool
    is_unread: bool
    posted_at: datetime
    html: str
    # Those that the text itself does not show.
    attachments: tuple[AttachmentRow, ...]
    state: str
    state_reason: str
    edited_at: datetime | None
    edited_by_name: str
    edit_reason: str
    revision_count: int
    like_count: int
    is_liked: bool
    may_like: bool
    may_edit: bool
    may_delete: bool
    may_undelete: bool
    may_report: bool
    may_quote: bool
    may_moderate: bool


@dataclass(frozen=True, slots=True)
class DraftText:
    """What the viewer had begun to write as a reply."""

    source: str
    language: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """Everything that the page of a thread shows."""

    id: int
    title: str
    slug: str
    prefix: str
    board: BoardInfo
    path: tuple[BoardInfo, ...]
    author_name: str
    author_id: int
    started_at: datetime
    last_posted_at: datetime
    post_count: int
    view_count: int
    state: str
    is_locked: bool
    is_pinned: bool
    # The thread that this one was moved or merged into; 0 for a thread in its place.
    moved_to: int
    page: int
    page_count: int
    pages: tuple[int | None, ...]
    first_number: int
    last_number: int
    # Of the last post of the thread, on whichever page.
    newest_number: int
    posts: tuple[PostRow, ...]
    first_unread: int | None
    is_watched: bool
    tagged: tuple[TaggedMember, ...]
    draft: DraftText | None
    # Files that were sent for the draft.
    waiting: tuple[AttachmentRow, ...]
    rules: PostingRules
    may_reply: bool
    cannot_reply_because: str
    may_tag: bool
    may_moderate: bool


def load_thread_page(viewer: Viewer, thread_id: int, page: int = 1) -> ThreadPage:
    """The page of a thread, posts by number. Two queries while rights stand, and one more where
    a post has attachments or the viewer has a draft.

    Raises NotFound for a thread that is not there for the viewer and for a page beyond its last.
    """
    thread = _find_thread(viewer, thread_id)
    size = viewer.site.settings.posts_per_page
    page_count = page_of(max(thread.last_number, 1), size)
    if page > page_count:
        raise NotFound("This thread has no such page.")
    window = window_of(page, size)
    board = find_board(viewer, thread.board_id)
    rights = load_table(viewer).of_viewer(viewer, board.id)
    line = read_line(viewer, thread.board_read_at)
    read_number: int = thread.read_number or 0

    rows = list(
        Post.objects.filter(
            shown_posts(viewer),
            thread_id=thread_id,
            number__gte=window.first,
            number__lte=window.last,
        )
        .select_related("author")
        .only(*_POST_COLUMNS, *(f"author__{column}" for column in AUTHOR_COLUMNS))
        .annotate(
            is_liked=Exists(Like.objects.filter(post=OuterRef("pk"), member_id=viewer.member_id)),
            is_ignored=Exists(
                Ignore.objects.filter(member_id=viewer.member_id, ignored=OuterRef("author_id"))
            ),
        )
        .order_by("number")
    )
    draft = _draft(thread)
    files = files_of_page(
        viewer,
        ((row.pk, row.attachment_count) for row in rows),
        f"reply:{thread_id}" if draft else "",
    )
    posts = tuple(
        _post_row(
            viewer,
            thread,
            row,
            rights,
            files.below.get(row.pk, ()),
            line is not None and row.posted_at > line and row.number > read_number,
        )
        for row in rows
    )
    because = _why_no_reply(viewer, thread)
    return ThreadPage(
        id=thread.pk,
        title=thread.title,
        slug=thread.slug,
        prefix=thread.prefix.label if thread.prefix else "",
        board=board,
        path=tuple(load_table(viewer).path(board.id)),
        author_name=thread.author_name,
        author_id=thread.author_id or 0,
        started_at=thread.started_at,
        last_posted_at=thread.last_posted_at,
        post_count=thread.post_count,
        view_count=thread.view_count,
        state=State(thread.state).name.lower(),
        is_locked=thread.is_locked,
        is_pinned=thread.is_pinned,
        moved_to=thread.moved_to_id or 0,
        page=page,
        page_count=page_count,
        pages=tuple(nearby_pages(page, page_count)),
        first_number=posts[0].number if posts else window.first,
        last_number=posts[-1].number if posts else 0,
        newest_number=thread.last_number,
        posts=posts,
        first_unread=next((post.number for post in posts if post.is_unread), None),
        is_watched=thread.is_watched,
        tagged=tagged_members(viewer, thread.tagged, rights),
        draft=draft,
        waiting=files.waiting,
        rules=posting_rules(viewer, board),
        may_reply=not because,
        cannot_reply_because=because,
        may_tag=bool(rights & Right.TAG) and not viewer.is_visitor,
        may_moderate=bool(rights & Right.MODERATE),
    )


_POST_COLUMNS = (
    "number",
    "title",
    "author_name",
    "html",
    "posted_at",
    "state",
    "state_reason",
    "edited_at",
    "edited_by_name",
    "edit_reason",
    "revision_count",
    "like_count",
    "attachment_count",
    "thread_id",
    "author_id",
)


def _find_thread(viewer: Viewer, thread_id: int) -> Any:
    """The row of the thread with its marks, `is_watched`, `tagged`, and the viewer's draft."""
    drafts = Draft.objects.filter(member_id=viewer.member_id, place=f"reply:{thread_id}")
    thread = (
        with_marks(Thread.objects.filter(visible_threads(viewer), id=thread_id), viewer)
        .select_related("prefix")
        .annotate(
            is_watched=watches_thread(viewer),
            tagged=tagged_in_thread(),
            draft_source=Subquery(drafts.values("source")[:1]),
            draft_language=Subquery(drafts.values("language")[:1]),
            draft_saved_at=Subquery(drafts.values("saved_at")[:1]),
        )
        .first()
    )
    if thread is None:
        raise NotFound("There is no such thread.")
    return thread


def _draft(thread: Any) -> DraftText | None:
    if not thread.draft_source:
        return None
    return DraftText(thread.draft_source, thread.draft_language, thread.draft_saved_at)


def _why_no_reply(viewer: Viewer, thread: Thread) -> str:
    try:
        check_reply(viewer, thread)
    except (NotAllowed, NotFound) as refusal:
        return refusal.sentence
    return ""


def _post_row(
    viewer: Viewer,
    thread: Thread,
    row: Any,
    rights: Right,
    attachments: tuple[AttachmentRow, ...],
    is_unread: bool,
) -> PostRow:
    row.thread = thread
    is_own = viewer.member_id != 0 and row.author_id == viewer.member_id
    is_shown = row.state == State.VISIBLE
    # A thread that its author deleted is taken back where it begins.
    is_gone = row.state == State.DELETED or (
        thread.state == State.DELETED and row.number == thread.first_number
    )
    may_change = is_own and allows(check_delete, viewer, row)
    return PostRow(
        id=row.pk,
        number=row.number,
        title=row.title,
        author=person_of(viewer, row.author, row.author_name),
        author_name=row.author_name,
        is_thread_starter=row.author_id is not None and row.author_id == thread.author_id,
        is_own=is_own,
        is_ignored=row.is_ignored,
        is_unread=is_unread,
        posted_at=row.posted_at,
        html=row.html,
        attachments=attachments,
        state=State(row.state).name.lower(),
        state_reason=row.state_reason,
        edited_at=row.edited_at,
        edited_by_name=row.edited_by_name,
        edit_reason=row.edit_reason,
        revision_count=row.revision_count,
        like_count=row.like_count,
        is_liked=row.is_liked,
        may_like=allows(check_like, viewer, row),
        may_edit=allows(check_edit, viewer, row),
        may_delete=may_change and is_shown and not is_gone,
        may_undelete=may_change and is_gone,
        may_report=not is_own and allows(check_report, viewer, row),
        may_quote=is_shown and bool(rights & Right.REPLY) and not viewer.is_visitor,
        may_moderate=bool(rights & Right.MODERATE),
    )


def load_print_page(viewer: Viewer, thread_id: int) -> list[ThreadPage]:
    """Up to ten pages of a thread, one after another, for paper. Two or three queries a page."""
    first = load_thread_page(viewer, thread_id)
    return [first] + [
        load_thread_page(viewer, thread_id, page)
        for page in range(2, min(first.page_count, 10) + 1)
    ]

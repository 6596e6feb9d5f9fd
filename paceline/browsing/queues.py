"""What waits for the staff: held threads and posts, and reports."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from paceline.accounts.viewer import Viewer
from paceline.browsing.people import AUTHOR_COLUMNS, Person, person_of
from paceline.browsing.stretches import stretch_of
from paceline.forum.models import Post, Report, State, Thread
from paceline.media.attachments import AttachmentRow, below_posts
from paceline.permissions.boards import moderated_board_ids
from paceline.permissions.members import check_staff
from paceline.permissions.table import BoardInfo, load_table

# How many of each kind a page of a queue shows, the oldest first.
MOST_SHOWN = 50
# Counts stop here: "100 or more" says enough.
MOST_COUNTED = 100


@dataclass(frozen=True, slots=True)
class StaffOverview:
    """How much waits on the boards of a moderator, each at most `MOST_COUNTED`."""

    held_threads: int
    held_posts: int
    open_reports: int
    boards: tuple[BoardInfo, ...]

    @property
    def held(self) -> int:
        return self.held_threads + self.held_posts


@dataclass(frozen=True, slots=True)
class PostBefore:
    """The visible post before a held one, so that a moderator sees what it answers."""

    number: int
    author_name: str
    html: str


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A thread or post that waits: `id` is the thread's where `is_thread`, else the post's.

    `was_edited` where the post, or the opening one, says something else than at first.
    """

    id: int
    is_thread: bool
    post_id: int
    number: int
    thread_id: int
    thread_title: str
    board: BoardInfo
    author: Person
    posted_at: datetime
    html: str
    attachments: tuple[AttachmentRow, ...]
    was_edited: bool
    before: PostBefore | None


@dataclass(frozen=True, slots=True)
class HeldQueue:
    """What waits for approval, the oldest first; `has_more` where not all of it is here."""

    threads: tuple[HeldRow, ...]
    posts: tuple[HeldRow, ...]
    has_more: bool


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report and the post it is about."""

    id: int
    reason: str
    reporter_id: int
    reporter_name: str
    reported_at: datetime
    handled_at: datetime | None
    handled_by_name: str
    outcome: str
    post_id: int
    number: int
    post_state: str
    author_id: int
    author_name: str
    html: str
    attachments: tuple[AttachmentRow, ...]
    thread_id: int
    thread_title: str
    board: BoardInfo
    # Other open reports of the same post, closed together with this one.
    others: int


@dataclass(frozen=True, slots=True)
class ReportQueue:
    """Reports: open ones the oldest first, handled ones the newest first; `older` leads on."""

    reports: tuple[ReportRow, ...]
    is_handled: bool
    older: str


def load_overview(viewer: Viewer) -> StaffOverview:
    """How much waits for a moderator. Three queries. Raises NotFound for whoever is none."""
    check_staff(viewer)
    moderated = moderated_board_ids(viewer)
    return StaffOverview(
        held_threads=_count(_held_threads(viewer)),
        held_posts=_count(_held_posts(viewer)),
        open_reports=_count(_reports(viewer).filter(handled_at__isnull=True)),
        boards=tuple(
            board for board in load_table(viewer).boards.values() if board.id in moderated
        ),
    )


def load_held(viewer: Viewer) -> HeldQueue:
    """Held threads and posts on the viewer's boards. Four queries, or five where there are
    attachments. Raises NotFound."""
    check_staff(viewer)
    threads = list(_held_threads(viewer).order_by("started_at", "id")[: MOST_SHOWN + 1])
    posts = list(
        _held_posts(viewer)
        .select_related("thread", "author")
        .only(*_POST_COLUMNS, *_AUTHOR_COLUMNS)
        .annotate(before_id=Subquery(_post_before()))
        .order_by("posted_at", "id")[: MOST_SHOWN + 1]
    )
    openings = _openings(row.pk for row in threads[:MOST_SHOWN])
    before = _posts_before(row.before_id for row in posts[:MOST_SHOWN])
    shown = [*openings.values(), *posts[:MOST_SHOWN]]
    files = below_posts((row.pk, row.attachment_count) for row in shown)
    return HeldQueue(
        threads=tuple(
            _held_row(viewer, openings[row.pk], files, None, is_thread=True)
            for row in threads[:MOST_SHOWN]
            if row.pk in openings
        ),
        posts=tuple(
            _held_row(viewer, row, files, before.get(row.before_id), is_thread=False)
            for row in posts[:MOST_SHOWN]
        ),
        has_more=len(threads) > MOST_SHOWN or len(posts) > MOST_SHOWN,
    )


def load_reports(viewer: Viewer, *, is_handled: bool = False, after: str = "") -> ReportQueue:
    """Open reports on the viewer's boards, or handled ones. Two queries, or three where there are
    attachments. Raises NotFound."""
    check_staff(viewer)
    rows = _reports(viewer).filter(handled_at__isnull=not is_handled)
    rows = rows.select_related("post__thread", "post__author", "reporter", "handled_by")
    found = stretch_of(
        rows.only(*_REPORT_COLUMNS),
        "handled_at" if is_handled else "reported_at",
        MOST_SHOWN,
        after,
        least_first=not is_handled,
    )
    others = _open_by_post(row.post_id for row in found.rows)
    files = below_posts((row.post_id, row.post.attachment_count) for row in found.rows)
    return ReportQueue(
        reports=tuple(_report_row(viewer, row, files, others) for row in found.rows),
        is_handled=is_handled,
        older=found.further,
    )


# What hangs to posts and their texts do not show, by post.
Files = dict[int, tuple[AttachmentRow, ...]]
_POST_COLUMNS = (
    "number",
    "posted_at",
    "author_name",
    "html",
    "attachment_count",
    "revision_count",
    "thread__title",
    "thread__board_id",
)
_AUTHOR_COLUMNS = tuple(f"author__{column}" for column in AUTHOR_COLUMNS)
_REPORT_COLUMNS = (
    "reason",
    "reported_at",
    "handled_at",
    "outcome",
    "reporter__name",
    "handled_by__name",
    "post__number",
    "post__state",
    "post__html",
    "post__attachment_count",
    "post__author_id",
    "post__author_name",
    "post__thread__title",
    "post__thread__board_id",
)


def _count(rows: QuerySet[Any]) -> int:
    return rows.order_by()[:MOST_COUNTED].count()


def _held_threads(viewer: Viewer) -> QuerySet[Thread]:
    return Thread.objects.filter(state=State.HELD, board_id__in=moderated_board_ids(viewer))


def _held_posts(viewer: Viewer) -> QuerySet[Post]:
    return Post.objects.filter(state=State.HELD, thread__board_id__in=moderated_board_ids(viewer))


def _reports(viewer: Viewer) -> QuerySet[Report]:
    return Report.objects.filter(post__thread__board_id__in=moderated_board_ids(viewer))


def _openings(thread_ids: Iterable[int]) -> dict[int, Post]:
    """The opening posts of held threads, by thread. One query."""
    rows = (
        Post.objects.filter(thread_id__in=list(thread_ids), number=F("thread__first_number"))
        .select_related("thread", "author")
        .only(*_POST_COLUMNS, *_AUTHOR_COLUMNS)
    )
    return {row.thread_id: row for row in rows}


def _post_before() -> QuerySet[Any]:
    visible = Post.objects.filter(
        thread=OuterRef("thread"), number__lt=OuterRef("number"), state=State.VISIBLE
    )
    return visible.order_by("-number").values("id")[:1]


def _posts_before(ids: Iterable[int | None]) -> dict[int, PostBefore]:
    rows = Post.objects.filter(id__in=[each for each in ids if each])
    return {
        row.pk: PostBefore(row.number, row.author_name, row.html)
        for row in rows.only("number", "author_name", "html")
    }


def _held_row(
    viewer: Viewer, row: Post, files: Files, before: PostBefore | None, *, is_thread: bool
) -> HeldRow:
    return HeldRow(
        id=row.thread_id if is_thread else row.pk,
        is_thread=is_thread,
        post_id=row.pk,
        number=row.number,
        thread_id=row.thread_id,
        thread_title=row.thread.title,
        board=load_table(viewer).boards[row.thread.board_id],
        author=person_of(viewer, row.author, row.author_name),
        posted_at=row.posted_at,
        html=row.html,
        attachments=files.get(row.pk, ()),
        was_edited=row.revision_count > 0,
        before=before,
    )


def _open_by_post(post_ids: Iterable[int]) -> dict[int, int]:
    rows = Report.objects.filter(post_id__in=set(post_ids), handled_at__isnull=True)
    counted: dict[int, int] = {}
    for post_id in rows.values_list("post_id", flat=True):
        counted[post_id] = counted.get(post_id, 0) + 1
    return counted


def _report_row(
    viewer: Viewer, row: Report, files: Files, open_by_post: dict[int, int]
) -> ReportRow:
    post = row.post
    return ReportRow(
        id=row.pk,
        reason=row.reason,
        reporter_id=row.reporter_id or 0,
        reporter_name=row.reporter.name if row.reporter else "Somebody who has left",
        reported_at=row.reported_at,
        handled_at=row.handled_at,
        handled_by_name=row.handled_by.name if row.handled_by else "",
        outcome=row.outcome,
        post_id=post.pk,
        number=post.number,
        post_state=State(post.state).name.lower(),
        author_id=post.author_id or 0,
        author_name=post.author_name,
        html=post.html,
        attachments=files.get(post.pk, ()),
        thread_id=post.thread_id,
        thread_title=post.thread.title,
        board=load_table(viewer).boards[post.thread.board_id],
        others=max(0, open_by_post.get(post.pk, 0) - (row.handled_at is None)),
    )

"""The page of a member: who they are, and what of theirs the viewer may see."""

from dataclasses import dataclass, replace
from datetime import datetime

from paceline.accounts.fields import profile_fields, shown_fields
from paceline.accounts.models import Ignore, Member
from paceline.accounts.viewer import Viewer
from paceline.browsing.people import AUTHOR_COLUMNS, Person, person_of
from paceline.forum.models import Post, State, Thread
from paceline.lib.errors import NotFound
from paceline.permissions.posts import visible_posts
from paceline.permissions.table import is_staff, load_table
from paceline.permissions.threads import listed_threads

LATEST = 10


@dataclass(frozen=True, slots=True)
class ThreadLine:
    """A thread that the member started."""

    id: int
    title: str
    slug: str
    board_name: str
    started_at: datetime
    post_count: int


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post of the member; its address is that of the post, which finds its page."""

    id: int
    number: int
    thread_title: str
    board_name: str
    posted_at: datetime


@dataclass(frozen=True, slots=True)
class MemberPage:
    """Everything that the page shows.

    `last_seen_at` is None for one who does not show it; `fields` are all that are filled in.
    An erased account has only its name: no facts, no activity.
    """

    person: Person
    is_erased: bool
    last_seen_at: datetime | None
    fields: tuple[tuple[str, str], ...]
    threads: tuple[ThreadLine, ...]
    posts: tuple[PostLine, ...]
    is_self: bool
    is_ignored: bool
    may_moderate: bool


def load_member_page(viewer: Viewer, member_id: int) -> MemberPage:
    """A member with their latest threads and posts on boards that the viewer may read.

    Raises NotFound. Three queries for a visitor, four for a member who looks at another; one
    for an account that was erased.
    """
    columns = (*AUTHOR_COLUMNS, "is_active")
    member = Member.objects.only(*columns).filter(id=member_id).first()
    if member is None:
        raise NotFound("There is no such member.")
    is_erased = member.erased_at is not None
    is_self = member.pk == viewer.member_id
    person = person_of(viewer, member, member.name)
    if is_self and member.shows_online:
        # Who reads this page is here, even where that has not been written yet.
        person = replace(person, is_online=True)
    return MemberPage(
        person=person,
        is_erased=is_erased,
        last_seen_at=member.last_seen_at if member.shows_online or is_self else None,
        fields=shown_fields(profile_fields(viewer.site), member.fields, beside_posts=False),
        threads=() if is_erased else _latest_threads(viewer, member_id),
        posts=() if is_erased else _latest_posts(viewer, member_id),
        is_self=is_self,
        is_ignored=not is_self and not is_erased and _ignores(viewer, member_id),
        may_moderate=is_staff(viewer) and not is_erased,
    )


def _latest_threads(viewer: Viewer, member_id: int) -> tuple[ThreadLine, ...]:
    boards = load_table(viewer).boards
    rows = Thread.objects.filter(listed_threads(viewer), author_id=member_id)
    return tuple(
        ThreadLine(
            id=row.pk,
            title=row.title,
            slug=row.slug,
            board_name=boards[row.board_id].name,
            started_at=row.started_at,
            post_count=row.post_count,
        )
        for row in rows.order_by("-started_at", "-id")[:LATEST]
    )


def _latest_posts(viewer: Viewer, member_id: int) -> tuple[PostLine, ...]:
    boards = load_table(viewer).boards
    rows = Post.objects.filter(visible_posts(viewer), author_id=member_id, state=State.VISIBLE)
    found = rows.order_by("-posted_at", "-id").values_list(
        "id", "number", "thread__title", "thread__board_id", "posted_at"
    )
    return tuple(
        PostLine(post_id, number, title, boards[board_id].name, posted_at)
        for post_id, number, title, board_id, posted_at in found[:LATEST]
    )


def _ignores(viewer: Viewer, member_id: int) -> bool:
    if viewer.member is None:
        return False
    return Ignore.objects.filter(member_id=viewer.member_id, ignored_id=member_id).exists()

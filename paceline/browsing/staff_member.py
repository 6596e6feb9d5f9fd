"""A member as the staff sees them: bans, the staff's deeds about them, what they posted lately."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from paceline.accounts.models import Ban, Member
from paceline.accounts.viewer import Viewer
from paceline.browsing.people import Person, person_of
from paceline.browsing.staff_log import LogLine, line_of
from paceline.forum.models import Post, StaffAction, State
from paceline.lib.errors import NotFound, Refusal
from paceline.permissions.boards import can
from paceline.permissions.members import check_discipline, check_staff
from paceline.permissions.posts import visible_posts
from paceline.permissions.rights import Right
from paceline.permissions.staff_lines import visible_lines
from paceline.permissions.table import load_table

MOST_POSTS = 30
MOST_LINES = 50


@dataclass(frozen=True, slots=True)
class BanRow:
    """A ban, in force or over. `until` is None for one without an end."""

    reason: str
    by_name: str
    banned_at: datetime
    until: datetime | None
    lifted_at: datetime | None
    lifted_by_name: str
    is_in_force: bool


@dataclass(frozen=True, slots=True)
class RecentPost:
    """A post that the viewer can see; `may_moderate` where it stands on their boards."""

    id: int
    number: int
    thread_id: int
    thread_title: str
    board_name: str
    posted_at: datetime
    state: str
    html: str
    may_moderate: bool


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Everything on the staff's page of a member. `cannot_because` is empty where the viewer
    may warn and ban them."""

    person: Person
    cannot_because: str
    ban: BanRow | None
    bans: tuple[BanRow, ...]
    lines: tuple[LogLine, ...]
    posts: tuple[RecentPost, ...]


def load_staff_member(viewer: Viewer, member_id: int) -> StaffMember:
    """The staff's page of a member. Six queries at most. Raises NotFound."""
    check_staff(viewer)
    member = Member.objects.filter(id=member_id, erased_at__isnull=True).first()
    if member is None:
        raise NotFound("There is no such member.")
    bans = tuple(
        _ban_row(viewer, row)
        for row in Ban.objects.filter(member=member).select_related("banned_by", "lifted_by")
    )
    lines = StaffAction.objects.filter(visible_lines(viewer) & Q(member=member))
    posts = (
        Post.objects.filter(visible_posts(viewer), author=member)
        .select_related("thread")
        .order_by("-posted_at", "-id")
    )
    return StaffMember(
        person=person_of(viewer, member, member.name),
        cannot_because=_why_not(viewer, member),
        ban=next((ban for ban in bans if ban.is_in_force), None),
        bans=bans,
        lines=tuple(line_of(viewer, row) for row in lines.order_by("-at", "-id")[:MOST_LINES]),
        posts=tuple(_recent_post(viewer, row) for row in posts[:MOST_POSTS]),
    )


def _why_not(viewer: Viewer, member: Member) -> str:
    try:
        check_discipline(viewer, member)
    except Refusal as refusal:
        return refusal.sentence
    return ""


def _ban_row(viewer: Viewer, row: Ban) -> BanRow:
    return BanRow(
        reason=row.reason,
        by_name=row.banned_by.name if row.banned_by else "",
        banned_at=row.banned_at,
        until=row.until,
        lifted_at=row.lifted_at,
        lifted_by_name=row.lifted_by.name if row.lifted_by else "",
        is_in_force=row.lifted_at is None and (row.until is None or row.until > viewer.now),
    )


def _recent_post(viewer: Viewer, row: Any) -> RecentPost:
    return RecentPost(
        id=row.pk,
        number=row.number,
        thread_id=row.thread_id,
        thread_title=row.thread.title,
        board_name=load_table(viewer).boards[row.thread.board_id].name,
        posted_at=row.posted_at,
        state=State(row.state).name.lower(),
        html=row.html,
        may_moderate=can(viewer, row.thread.board_id, Right.MODERATE),
    )

"""Who is here: in a thread, on a board, anywhere."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from paceline.accounts.models import Presence
from paceline.accounts.viewer import Viewer
from paceline.forum.models import Thread
from paceline.lib.kept import forget_also
from paceline.lib.texts import fold_name, slugify
from paceline.permissions.rights import Right
from paceline.permissions.table import load_table
from paceline.permissions.threads import visible_threads

KEPT_S = 15.0
_MOST_KEPT = 2000
_MOST_NAMED = 200


@dataclass(frozen=True, slots=True)
class Name:
    """A member to link to."""

    id: int
    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Who:
    """The members who are somewhere, by name, and how many visitors."""

    members: tuple[Name, ...]
    visitor_count: int


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A member who is online, and what they read; `label` is empty where that is not for the
    viewer to know."""

    member: Name
    seen_at: datetime
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class OnlinePage:
    """Who is online, those seen last first; at most two hundred are named."""

    rows: tuple[Whereabouts, ...]
    member_count: int
    visitor_count: int


_kept: dict[tuple[int, int, int], tuple[float, Who]] = {}


def who_is_here(viewer: Viewer, *, board_id: int = 0, thread_id: int = 0) -> Who:
    """Who was seen in a thread, or on a board and in its threads, or anywhere, within
    `online_minutes`. One query, or none for 15 seconds after the last.

    The caller has made sure that the place is there for the viewer. Members who do not show
    that they are online are not among them.
    """
    minutes = viewer.site.settings.online_minutes
    key = (board_id, thread_id, minutes)
    kept = _kept.get(key)
    if kept is None or time.monotonic() - kept[0] >= KEPT_S:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        who = _count(board_id, thread_id, viewer.now - timedelta(minutes=minutes))
        kept = _kept[key] = (time.monotonic(), who)
    return _with_viewer(kept[1], viewer)


def load_online_page(viewer: Viewer) -> OnlinePage:
    """The page of everybody who is online. At most four queries."""
    since = viewer.now - timedelta(minutes=viewer.site.settings.online_minutes)
    seen = Presence.objects.filter(seen_at__gt=since)
    members = seen.filter(member__isnull=False, member__is_active=True)
    rows = list(members.select_related("member").order_by("-seen_at", "id")[: _MOST_NAMED + 1])
    member_count = len(rows) if len(rows) <= _MOST_NAMED else members.count()
    rows = rows[:_MOST_NAMED]
    own = viewer.member
    if own and own.shows_online and own.pk not in {row.member_id for row in rows}:
        # Who reads this page is here, even where that has not been written yet.
        rows.insert(0, Presence(member=own, seen_at=viewer.now))
        member_count += 1
    titles = {
        thread_id: (title, slug)
        for thread_id, title, slug in Thread.objects.filter(
            visible_threads(viewer), id__in={row.thread for row in rows} - {0}
        ).values_list("id", "title", "slug")
    }
    return OnlinePage(
        rows=tuple(_whereabouts(viewer, row, titles) for row in rows),
        member_count=member_count,
        visitor_count=seen.filter(member__isnull=True).count(),
    )


@forget_also
def forget_who() -> None:
    """Count anew when next asked for. For tests."""
    _kept.clear()


def _with_viewer(who: Who, viewer: Viewer) -> Who:
    """The viewer is here too, even where that has not been written yet."""
    if viewer.member is None or not viewer.member.shows_online:
        return who
    if any(member.id == viewer.member_id for member in who.members):
        return who
    own = Name(viewer.member_id, viewer.name, slugify(viewer.name))
    everybody = sorted([*who.members, own], key=lambda member: fold_name(member.name))
    return Who(tuple(everybody), who.visitor_count)


def _count(board_id: int, thread_id: int, since: datetime) -> Who:
    seen = Presence.objects.filter(seen_at__gt=since)
    if thread_id:
        seen = seen.filter(thread=thread_id)
    elif board_id:
        seen = seen.filter(board=board_id)
    found = (
        seen.order_by("member__name_key", "member_id")
        .values_list("member_id", "member__name", "member__is_active")
        .annotate(n=Count("id"))
    )
    members, visitors = [], 0
    for member_id, name, is_active, count in found:
        if member_id is None:
            visitors += count
        elif is_active:
            members.append(Name(member_id, name, slugify(name)))
    return Who(tuple(members), visitors)


def _whereabouts(viewer: Viewer, row: Presence, titles: dict[int, tuple[str, str]]) -> Whereabouts:
    assert row.member is not None
    member = Name(row.member.pk, row.member.name, slugify(row.member.name))
    table = load_table(viewer)
    label = address = ""
    if row.thread in titles:
        label, slug = titles[row.thread]
        address = f"/t/{row.thread}/{slug}/"
    elif not row.thread and row.board in table.with_right(viewer, Right.SEE):
        board = table.boards[row.board]
        label, address = board.name, f"/b/{board.id}/{board.slug}/"
    return Whereabouts(member, row.seen_at, label, address)

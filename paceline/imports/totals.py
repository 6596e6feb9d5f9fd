"""What an old board counted of a member, beyond what came along.

A page says that somebody has 640 posts and shows two of them. Both stay true: the two are rows,
and 638 are carried. With each further page more become rows and fewer are carried; the highest
total that any page stated is the one that counts.
"""

from dataclasses import dataclass
from typing import Any

from paceline.accounts.models import Member
from paceline.imports.known import Kind, Known
from paceline.imports.saved_pages.page import SavedAuthor

# The column of Member that each total of the page belongs to.
COLUMNS = {
    "post_count": "post_count",
    "mentioned_posts": "mentioned_count",
    "tagged_threads": "tagged_count",
    "quoted_posts": "quoted_count",
    "likes_given": "likes_given_count",
    "liked_times": "liked_count",
    "liked_posts": "liked_post_count",
}
_MOST = 2_000_000_000  # what the column holds


@dataclass(frozen=True, slots=True)
class Counted:
    """The counters of some members at a moment, by member and column."""

    values: dict[int, dict[str, int]]


def count_now(member_ids: list[int]) -> Counted:
    """What is counted of these members now. One query."""
    rows = Member.objects.filter(id__in=member_ids).values("id", *COLUMNS.values())
    return Counted({row.pop("id"): row for row in rows})


def settle_totals(before: Counted, stated: dict[int, SavedAuthor], known: Known) -> None:
    """Bring what is carried in step with what the page stated and what came along with it.

    `before` was counted before anything of the page was. In the caller's transaction; three
    queries for each member for whom something is new. Members are held in the order of ids.
    """
    now = count_now(sorted(before.values)).values
    for member_id in sorted(before.values):
        came = {
            column: now[member_id][column] - count
            for column, count in before.values[member_id].items()
            if member_id in now and now[member_id][column] != count
        }
        _settle(member_id, came, _totals(stated.get(member_id)), known)


def _totals(author: SavedAuthor | None) -> dict[str, int]:
    values = {column: getattr(author, name, None) for name, column in COLUMNS.items()}
    return {column: min(value, _MOST) for column, value in values.items() if value is not None}


def _settle(member_id: int, came: dict[str, int], totals: dict[str, int], known: Known) -> None:
    about = known.about(Kind.TOTALS, str(member_id))
    held = dict(about.get("held", {}))
    stated = dict(about.get("stated", {}))
    for column, count in came.items():
        held[column] = held.get(column, 0) + count
    for column, total in totals.items():
        stated[column] = max(stated.get(column, 0), total)
    if held == about.get("held", {}) and stated == about.get("stated", {}):
        return
    known.note(Kind.TOTALS, str(member_id), member_id, {**about, "held": held, "stated": stated})
    _carry(member_id, {c: max(0, stated[c] - max(0, held.get(c, 0))) for c in stated})


def _carry(member_id: int, carried: dict[str, int]) -> None:
    member = Member.objects.select_for_update(no_key=True).filter(id=member_id).first()
    if member is None:
        return
    changed: dict[str, Any] = {
        column: max(0, getattr(member, column) + count - int(member.carried.get(column, 0)))
        for column, count in carried.items()
    }
    new = {**member.carried, **carried}
    kept = {column: count for column, count in new.items() if count}
    if changed or kept != member.carried:
        Member.objects.filter(id=member_id).update(carried=kept, **changed)

"""The list of members: by name, by when they joined, by how much they wrote."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.core import signing
from django.db.models import Exists, OuterRef, Q

from paceline.accounts.models import Member
from paceline.accounts.viewer import Viewer
from paceline.browsing.people import AUTHOR_COLUMNS, Person, person_of
from paceline.lib.errors import NotFound
from paceline.lib.texts import fold_name

PER_PAGE = 50
# What members can be sorted by: key, column, whether the greatest come first, words.
SORTS = {
    "name": ("name_key", False, "Name"),
    "joined": ("joined_at", True, "Newest"),
    "posts": ("post_count", True, "Posts"),
}


@dataclass(frozen=True, slots=True)
class MemberList:
    """A stretch of members; `further` leads on where there are more."""

    people: tuple[Person, ...]
    further: str
    is_first: bool
    sort: str
    query: str


def load_member_list(
    viewer: Viewer, *, sort: str = "name", query: str = "", after: str = ""
) -> MemberList:
    """Members whose names begin with `query`, fifty at a time. One query.

    Those who registered and never confirmed their address are left out until they have signed
    in, and erased accounts for good. `after` is the `further` of the stretch before; raises
    NotFound where it is none.
    """
    sort = sort if sort in SORTS else "name"
    column, descending, _ = SORTS[sort]
    members = Member.objects.only(*AUTHOR_COLUMNS, "name_key").filter(
        erased_at__isnull=True, is_active=True
    )
    unconfirmed = EmailAddress.objects.filter(user=OuterRef("pk"), verified=False, primary=True)
    members = members.filter(
        Q(last_login__isnull=False) | Q(post_count__gt=0) | ~Exists(unconfirmed)
    )
    query = query.strip()[:80]
    if query:
        members = members.filter(name_key__startswith=fold_name(query))
    if after:
        members = members.filter(_beyond(column, descending, after))
    sign = "-" if descending else ""
    rows = list(members.order_by(f"{sign}{column}", f"{sign}id")[: PER_PAGE + 1])
    further = ""
    if len(rows) > PER_PAGE:
        rows = rows[:PER_PAGE]
        further = _key_of(rows[-1], column)
    return MemberList(
        people=tuple(person_of(viewer, row, row.name) for row in rows),
        further=further,
        is_first=not after,
        sort=sort,
        query=query,
    )


def _key_of(row: Member, column: str) -> str:
    value = getattr(row, column)
    if isinstance(value, datetime):
        value = value.isoformat()
    return signing.dumps([column, value, row.pk], salt="members")


def _beyond(column: str, descending: bool, after: str) -> Q:
    """The members that come after a place in the list. Signed, so that it is one we gave out."""
    try:
        kept_column, value, member_id = signing.loads(after, salt="members")
    except (signing.BadSignature, ValueError) as error:
        raise NotFound("This list has no such page.") from error
    if kept_column != column:
        raise NotFound("This list has no such page.")
    place: Any = datetime.fromisoformat(value) if column == "joined_at" else value
    way = "lt" if descending else "gt"
    return Q(**{f"{column}__{way}": place}) | Q(**{column: place, f"id__{way}": member_id})

"""The list of members: by name, by when they joined, by how much they wrote."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q

from paceline.accounts.models import Member
from paceline.accounts.viewer import Viewer
from paceline.browsing.people import AUTHOR_COLUMNS, Person, person_of
from paceline.browsing.stretches import stretch_of
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
    found = stretch_of(members, column, PER_PAGE, after, least_first=not descending)
    return MemberList(
        people=tuple(person_of(viewer, row, row.name) for row in found.rows),
        further=found.further,
        is_first=not after,
        sort=sort,
        query=query,
    )

"""Who is tagged in a thread: read with the thread itself, at no query of its own."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Aggregate, CharField, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat

from paceline.accounts.viewer import Viewer
from paceline.forum.models import MemberTag
from paceline.permissions.rights import Right


@dataclass(frozen=True, slots=True)
class TaggedMember:
    """Somebody tagged in the thread."""

    id: int
    name: str
    may_untag: bool


class _Joined(Aggregate):
    """Text values of a group joined with a unit separator, on both databases."""

    function = "GROUP_CONCAT"
    template = "%(function)s(%(expressions)s, char(31))"
    output_field = TextField()
    allow_distinct = False

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(
            compiler, connection, template="STRING_AGG(%(expressions)s, chr(31))", **more
        )


def tagged_in_thread() -> Subquery:
    """A column for a query of threads, which `tagged_members` reads."""
    return Subquery(
        MemberTag.objects.filter(thread=OuterRef("pk"))
        .order_by()
        .values("thread")
        .annotate(
            names=_Joined(
                Concat(
                    Cast("member_id", CharField()),
                    Value(":"),
                    Cast("tagged_by_id", CharField()),
                    Value(":"),
                    "member__name",
                    output_field=TextField(),
                )
            )
        )
        .values("names")
    )


def tagged_members(viewer: Viewer, joined: str | None, rights: Right) -> tuple[TaggedMember, ...]:
    """Those named in the column, by name; `rights` are the viewer's on the board."""
    if not joined:
        return ()
    me = "" if viewer.is_visitor else str(viewer.member_id)
    found = []
    for part in joined.split("\x1f"):
        member_id, tagged_by, name = part.split(":", 2)
        is_mine = bool(me) and me in (member_id, tagged_by)
        may_untag = is_mine or bool(rights & Right.MODERATE)
        found.append(TaggedMember(int(member_id), name, may_untag))
    return tuple(sorted(found, key=lambda member: member.name))

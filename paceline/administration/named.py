"""Rows that forms choose among by name, and members found by theirs."""

from dataclasses import dataclass

from paceline.accounts.models import Member
from paceline.lib.errors import Invalid
from paceline.lib.texts import fold_name


@dataclass(frozen=True, slots=True)
class Named:
    """Something with an id and a name: a prefix, a moderator, a possible parent."""

    id: int
    name: str


def find_member_named(name: str) -> Member:
    """The member of that name. Raises Invalid("name", ...). One query."""
    member = Member.objects.filter(name_key=fold_name(name), erased_at__isnull=True).first()
    if member is None:
        raise Invalid("name", "There is no member of that name.")
    return member

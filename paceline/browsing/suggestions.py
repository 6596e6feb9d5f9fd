"""Names of members to complete what somebody begins to type."""

from paceline.accounts.models import Member
from paceline.lib.texts import fold_name

MOST_NAMES = 8


def suggest_members(beginning: str) -> list[str]:
    """Names that begin so, whatever their case, in alphabetical order. One query or none."""
    key = fold_name(beginning.removeprefix("@"))
    if not key or len(key) > 80:
        return []
    members = Member.objects.filter(name_key__startswith=key, is_active=True)
    found = members.filter(erased_at__isnull=True).order_by("name_key")
    return list(found.values_list("name", flat=True)[:MOST_NAMES])

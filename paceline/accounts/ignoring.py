"""Whom a member ignores: their posts are folded away, for this member alone."""

from dataclasses import dataclass

from paceline.accounts.models import Ignore, Member
from paceline.accounts.viewer import Viewer
from paceline.lib.errors import Invalid, NotFound, SignInFirst
from paceline.lib.texts import slugify

# Nobody reads a list of more, and every page of posts looks into it.
MOST_IGNORED = 500


@dataclass(frozen=True, slots=True)
class Ignored:
    """Somebody whom the viewer ignores."""

    id: int
    name: str
    slug: str


def ignored_members(viewer: Viewer) -> tuple[Ignored, ...]:
    """Those whom the viewer ignores, by name. One query; none for a visitor."""
    if viewer.member is None:
        return ()
    rows = Member.objects.filter(ignored_by__member_id=viewer.member_id).order_by("name_key")
    return tuple(Ignored(pk, name, slugify(name)) for pk, name in rows.values_list("id", "name"))


def ignore_member(viewer: Viewer, member_id: int) -> str:
    """Fold away what a member writes, from now on; answers their name.

    Nothing happens where it is so already. Raises SignInFirst, NotFound, or Invalid("member", …)
    for oneself and for more than MOST_IGNORED. Four queries.
    """
    if viewer.member is None:
        raise SignInFirst("Sign in first, then you can ignore members.")
    if member_id == viewer.member_id:
        raise Invalid("member", "Nobody can ignore themselves.")
    name = _name_of(member_id)
    if Ignore.objects.filter(member_id=viewer.member_id).count() >= MOST_IGNORED:
        raise Invalid("member", f"You ignore {MOST_IGNORED} members; that is the most.")
    Ignore.objects.get_or_create(member_id=viewer.member_id, ignored_id=member_id)
    return name


def stop_ignoring(viewer: Viewer, member_id: int) -> str:
    """Show again what a member writes; answers their name. Raises SignInFirst or NotFound."""
    if viewer.member is None:
        raise SignInFirst("Sign in first; then you see whom you ignore.")
    name = _name_of(member_id)
    Ignore.objects.filter(member_id=viewer.member_id, ignored_id=member_id).delete()
    return name


def _name_of(member_id: int) -> str:
    name = Member.objects.filter(id=member_id).values_list("name", flat=True).first()
    if name is None:
        raise NotFound("There is no such member.")
    return name

"""The Viewer: who is asking, as plain values. What they may do is for `permissions` to say."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import CharField, F, Q, Value
from django.utils import timezone

from paceline.accounts.models import Ban, Group, Member
from paceline.conf.site import Site
from paceline.lib.kept import forget_also
from paceline.lib.times import zone_named

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


@dataclass(frozen=True)
class Viewer:
    """A member, or a visitor where `member` is None.

    `group_ids` are all groups whose rights count, the implied one (guests, members or new
    members) among them. A banned member has the group Banned alone.
    """

    site: Site
    member: Member | None
    group_ids: frozenset[int]
    is_administrator: bool = False
    ban_reason: str | None = None
    now: datetime = field(default_factory=timezone.now)

    @property
    def is_visitor(self) -> bool:
        return self.member is None

    @property
    def is_banned(self) -> bool:
        return self.ban_reason is not None

    @property
    def member_id(self) -> int:
        """The member's id; 0 for a visitor, which is nobody's id."""
        return self.member.pk if self.member else 0

    @property
    def name(self) -> str:
        return self.member.name if self.member else "Visitor"

    @cached_property
    def zone(self) -> tzinfo:
        chosen = self.member.time_zone if self.member else ""
        return zone_named(chosen or self.site.settings.time_zone) or UTC

    @property
    def date_format(self) -> str:
        chosen = self.member.date_format if self.member else ""
        return chosen or self.site.settings.date_format

    @property
    def shows_signatures(self) -> bool:
        return self.member.shows_signatures if self.member else True

    @property
    def shows_avatars(self) -> bool:
        return self.member.shows_avatars if self.member else True

    @property
    def theme(self) -> str:
        return self.member.theme if self.member else "system"


# The board's own groups have roles that never change, and ids that never change either.
_role_ids: dict[str, int] = {}
forget_also(_role_ids.clear)


def role_group_id(role: str) -> int:
    """The id of the board's own group of that role. One query the first time in a process."""
    if role not in _role_ids:
        roles = Group.objects.values_list("role", "id")
        _role_ids.update({role: group_id for role, group_id in roles if role})
    return _role_ids[role]


def load_viewer(site: Site, member: "Member | AbstractBaseUser | None") -> Viewer:
    """The viewer for a signed-in member (one query) or for a visitor (none)."""
    if not isinstance(member, Member):
        return visitor(site)
    now = timezone.now()
    memberships = _memberships_and_ban(member, now)
    if memberships.ban_reason is not None:
        banned = frozenset({role_group_id(Group.Role.BANNED)})
        return Viewer(site, member, banned, ban_reason=memberships.ban_reason, now=now)

    is_new = member.post_count < site.settings.new_member_posts and not memberships.group_ids
    implied = Group.Role.NEW_MEMBERS if is_new else Group.Role.MEMBERS
    groups = {*memberships.group_ids, role_group_id(implied)}
    is_administrator = role_group_id(Group.Role.ADMINISTRATORS) in groups
    return Viewer(site, member, frozenset(groups), is_administrator=is_administrator, now=now)


def visitor(site: Site) -> Viewer:
    """Somebody who has not signed in."""
    return Viewer(site, None, frozenset({role_group_id(Group.Role.GUESTS)}))


@dataclass(frozen=True, slots=True)
class _Memberships:
    group_ids: list[int]
    ban_reason: str | None


def _memberships_and_ban(member: Member, now: datetime) -> _Memberships:
    """Groups and the ban in force, in one query: a ban is marked by a group id of null."""
    groups = member.memberships.order_by().values_list("group_id", Value("", CharField()))
    in_force = Q(lifted_at__isnull=True) & (Q(until__isnull=True) | Q(until__gt=now))
    bans = (
        Ban.objects.filter(in_force, member=member).order_by().values_list(F("id") * 0, F("reason"))
    )
    rows = list(groups.union(bans, all=True))
    reasons = [str(reason) for group_id, reason in rows if group_id == 0]
    return _Memberships([g for g, _ in rows if g], reasons[0] if reasons else None)

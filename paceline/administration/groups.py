"""Groups: add, change, delete; who belongs to them."""

from dataclasses import dataclass, fields, replace

from django.db import transaction
from django.db.models import Count

from paceline.accounts.administrators import check_other_administrator
from paceline.accounts.models import Group, Member, MemberGroup
from paceline.accounts.viewer import Viewer
from paceline.administration.named import Named, find_member_named
from paceline.administration.ordering import place_behind
from paceline.administration.words import check_line, check_number
from paceline.conf.site import notices_changed, rights_changed
from paceline.forum.models import Notice
from paceline.forum.staff_log import Verb, log_member, log_site
from paceline.lib.errors import Invalid, NotAllowed, NotFound
from paceline.lib.texts import fold_name
from paceline.permissions.members import check_administrator

# To these one belongs by what one is; nobody is put into them.
BY_THEMSELVES = (
    Group.Role.GUESTS,
    Group.Role.MEMBERS,
    Group.Role.NEW_MEMBERS,
    Group.Role.BANNED,
)
MEMBERS_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group; `member_count` is None where nobody is put into it."""

    id: int
    name: str
    title: str
    role: str
    member_count: int | None


@dataclass(frozen=True, slots=True)
class GroupForm:
    """A group with what its page changes, and a stretch of its members by name."""

    id: int
    name: str
    title: str
    position: int
    # How much the attachments of one member may hold; None: without end.
    attachment_megabytes: int | None
    role: str
    takes_members: bool
    members: tuple[Named, ...]
    # The name after which the next stretch begins; empty at the end.
    more_after: str


def load_groups(viewer: Viewer) -> tuple[GroupLine, ...]:
    """All groups in their order. One query. Raises NotFound unless an administrator asks."""
    check_administrator(viewer)
    rows = Group.objects.annotate(counted=Count("memberships")).order_by("position", "id")
    return tuple(
        GroupLine(
            id=row.pk,
            name=row.name,
            title=row.title,
            role=row.role or "",
            member_count=None if row.role in BY_THEMSELVES else row.counted,
        )
        for row in rows
    )


def load_group_form(viewer: Viewer, group_id: int, after: str = "") -> GroupForm:
    """A group as its page shows it. Two queries. Raises NotFound."""
    check_administrator(viewer)
    group = _find(group_id)
    members = Member.objects.filter(memberships__group=group, name_key__gt=fold_name(after))
    rows = list(members.order_by("name_key").values_list("id", "name")[: MEMBERS_A_PAGE + 1])
    has_more = len(rows) > MEMBERS_A_PAGE
    return GroupForm(
        id=group.pk,
        name=group.name,
        title=group.title,
        position=group.position,
        attachment_megabytes=group.attachment_megabytes,
        role=group.role or "",
        takes_members=group.role not in BY_THEMSELVES,
        members=tuple(Named(*row) for row in rows[:MEMBERS_A_PAGE]),
        more_after=rows[MEMBERS_A_PAGE - 1][1] if has_more else "",
    )


def add_group(viewer: Viewer, name: str, title: str = "") -> int:
    """Add a group behind the others; answers its id. Raises NotFound, or Invalid by field."""
    check_administrator(viewer)
    name, title = _check(name, title, None)
    with transaction.atomic():
        position = place_behind(Group.objects.all())
        group = Group.objects.create(name=name, title=title, position=position)
        log_site(viewer, Verb.ADD_GROUP, name)
        rights_changed()
    return group.pk


@dataclass(frozen=True, slots=True)
class GroupValues:
    """What the page of a group changes; see GroupForm."""

    name: str
    title: str
    position: int
    attachment_megabytes: int | None = 0


def change_group(viewer: Viewer, group_id: int, values: GroupValues) -> None:
    """Change a group's name, the title beside its members' posts, its place, and its quota.

    Of several titled groups of a member the one with the lowest place gives the title; of
    several quotas the largest counts. Raises NotFound, or Invalid by field.
    """
    check_administrator(viewer)
    name, title = _check(values.name, values.title, group_id)
    check_number("position", values.position)
    check_number("attachment_megabytes", values.attachment_megabytes or 0)
    wanted = replace(values, name=name, title=title)
    with transaction.atomic():
        group = _find(group_id)
        before = GroupValues(group.name, group.title, group.position, group.attachment_megabytes)
        if before == wanted:
            return
        for column in fields(GroupValues):
            setattr(group, column.name, getattr(wanted, column.name))
        group.save(update_fields=[column.name for column in fields(GroupValues)])
        more = f"before: {before.name}" if before.name != name else ""
        log_site(viewer, Verb.CHANGE_GROUP, name, more=more)
        rights_changed()


def delete_group(viewer: Viewer, group_id: int) -> None:
    """Delete a group with the rights it gave. The board's own groups stay.

    A notice for this group alone is put to rest. Raises NotFound or NotAllowed.
    """
    check_administrator(viewer)
    with transaction.atomic():
        group = _find(group_id)
        if group.role:
            raise NotAllowed("This is one of the board's own groups; it stays.")
        for notice in Notice.objects.all():
            if group_id in notice.groups:
                notice.groups = [each for each in notice.groups if each != group_id]
                notice.is_active = notice.is_active and bool(notice.groups)
                notice.save(update_fields=["groups", "is_active"])
                notices_changed()
        log_site(viewer, Verb.DELETE_GROUP, group.name)
        group.delete()
        rights_changed()


def add_to_group(viewer: Viewer, group_id: int, name: str) -> None:
    """Put the member of that name into a group. Raises NotFound, or Invalid("name", ...)."""
    check_administrator(viewer)
    with transaction.atomic():
        group = _find(group_id)
        if group.role in BY_THEMSELVES:
            raise Invalid("name", "One belongs to this group by itself; nobody is put into it.")
        member = find_member_named(name)
        _, is_new = MemberGroup.objects.get_or_create(member=member, group=group)
        if is_new:
            log_member(viewer, Verb.ADD_TO_GROUP, member, more=group.name)
            rights_changed()


def take_from_group(viewer: Viewer, group_id: int, member_id: int) -> None:
    """Take a member out of a group; nothing happens where they are not in it.

    Raises NotFound, or NotAllowed for the last administrator who can sign in.
    """
    check_administrator(viewer)
    with transaction.atomic():
        group = _find(group_id)
        row = MemberGroup.objects.filter(group=group, member_id=member_id).first()
        if row is None:
            return
        if group.role == Group.Role.ADMINISTRATORS:
            check_other_administrator(member_id)
        member = row.member
        row.delete()
        log_member(viewer, Verb.TAKE_FROM_GROUP, member, more=group.name)
        rights_changed()


def _find(group_id: int) -> Group:
    group = Group.objects.filter(id=group_id).first()
    if group is None:
        raise NotFound("There is no such group.")
    return group


def _check(name: str, title: str, group_id: int | None) -> tuple[str, str]:
    name = check_line("name", name, most=60, must="A group needs a name.")
    title = check_line("title", title, most=60)
    if Group.objects.filter(name__iexact=name).exclude(id=group_id or 0).exists():
        raise Invalid("name", "There is a group of that name already.")
    return name, title

"""Members as an administrator finds and changes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q

from paceline.accounts.administrators import check_other_administrator, is_administrator
from paceline.accounts.fields import profile_fields
from paceline.accounts.models import Member, MemberGroup
from paceline.accounts.names import check_free, check_name
from paceline.accounts.viewer import Viewer
from paceline.administration.at_the_keyboard import Credentials, give_one_time_password
from paceline.administration.named import Named
from paceline.administration.words import check_line
from paceline.conf.site import rights_changed
from paceline.forum.models import Post, Thread
from paceline.forum.staff_log import Verb, log_member
from paceline.lib.errors import Invalid, NotAllowed, NotFound
from paceline.lib.texts import clean_line, fold_name
from paceline.permissions.members import check_administrator
from paceline.posting.rename_member import rename_everywhere

MOST_FOUND = 50
# As long as the column.
LONGEST_ADDRESS = 254


@dataclass(frozen=True, slots=True)
class MemberValues:
    """What an administrator changes of a member; `fields` is by the profile fields' keys."""

    name: str
    email: str
    custom_title: str
    location: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member in the list."""

    id: int
    name: str
    email: str
    post_count: int
    joined_at: datetime
    last_seen_at: datetime | None
    is_active: bool


@dataclass(frozen=True, slots=True)
class MemberFound:
    """What a search found, by name; `has_more` where the search should say more."""

    members: tuple[MemberLine, ...]
    has_more: bool


@dataclass(frozen=True, slots=True)
class ProfileInput:
    """A profile field with what the member has in it."""

    key: str
    label: str
    help_text: str
    longest: int
    value: str


@dataclass(frozen=True, slots=True)
class MemberForm:
    """A member as their page in the administration shows them."""

    line: MemberLine
    values: MemberValues
    inputs: tuple[ProfileInput, ...]
    groups: tuple[Named, ...]
    is_self: bool
    must_change_password: bool


def find_members(viewer: Viewer, words: str = "") -> MemberFound:
    """Members whose name or address begins with the words; of none, the newest. One query.

    Raises NotFound unless an administrator asks.
    """
    check_administrator(viewer)
    rows = Member.objects.filter(erased_at__isnull=True)
    words = clean_line(words)[:100]
    if words:
        begins = Q(name_key__startswith=fold_name(words)) | Q(email__istartswith=words)
        rows = rows.filter(begins).order_by("name_key")
    else:
        rows = rows.order_by("-id")
    found = list(rows[: MOST_FOUND + 1])
    return MemberFound(
        tuple(_line(row) for row in found[:MOST_FOUND]), has_more=len(found) > MOST_FOUND
    )


def load_member_form(viewer: Viewer, member_id: int) -> MemberForm:
    """A member as their page shows them. Two queries. Raises NotFound."""
    check_administrator(viewer)
    member = _find(member_id)
    groups = MemberGroup.objects.filter(member=member).order_by("group__position")
    return MemberForm(
        line=_line(member),
        values=MemberValues(
            name=member.name,
            email=member.email,
            custom_title=member.custom_title,
            location=member.location,
            fields=dict(member.fields),
        ),
        inputs=tuple(
            ProfileInput(
                key=field.key,
                label=field.label,
                help_text=field.help_text,
                longest=field.longest,
                value=member.fields.get(field.key, ""),
            )
            for field in profile_fields(viewer.site)
        ),
        groups=tuple(Named(*each) for each in groups.values_list("group_id", "group__name")),
        is_self=member.pk == viewer.member_id,
        must_change_password=member.must_change_password,
    )


def change_member(viewer: Viewer, member_id: int, values: MemberValues) -> None:
    """Change a member's name (also beside all that they wrote), address, title and fields.

    A new address needs no confirmation; the old one signs in no more. Raises NotFound, or
    Invalid for "name", "email", "custom_title", "location" or "field_<key>".
    """
    check_administrator(viewer)
    columns = _check(viewer, values)
    with transaction.atomic():
        _hold_what_they_wrote(member_id)
        member = _hold(member_id)
        name = clean_line(values.name)
        changed = [column for column, value in columns.items() if getattr(member, column) != value]
        before = member.name
        if name != before:
            _check_new_name(member, name)
            rename_everywhere(member, name)
            changed.append("name")
        if not changed:
            return
        if "email" in changed:
            _change_address(member, columns["email"])
        for column in columns:
            setattr(member, column, columns[column])
        member.save(update_fields=[*columns, "name"])
        more = ", ".join(each.replace("_", " ") for each in changed)
        more += f"; before: {before}" if name != before else ""
        log_member(viewer, Verb.CHANGE_MEMBER, member, more=more)


def reset_password(viewer: Viewer, member_id: int) -> Credentials:
    """A new password for one time, which ends all sessions of the member. Raises NotFound."""
    check_administrator(viewer)
    with transaction.atomic():
        member = _hold(member_id)
        if not member.is_active:
            raise NotAllowed("This account is closed; open it first.")
        credentials = give_one_time_password(member.name)
        log_member(viewer, Verb.RESET_PASSWORD, member)
    return credentials


def close_account(viewer: Viewer, member_id: int) -> None:
    """Let a member sign in no more; what they wrote stays. Raises NotFound or NotAllowed."""
    check_administrator(viewer)
    if member_id == viewer.member_id:
        raise NotAllowed("Nobody closes their own account here.")
    _set_active(viewer, member_id, False, Verb.CLOSE_ACCOUNT)


def open_account(viewer: Viewer, member_id: int) -> None:
    """Let a member sign in again. Raises NotFound."""
    check_administrator(viewer)
    _set_active(viewer, member_id, True, Verb.OPEN_ACCOUNT)


def _set_active(viewer: Viewer, member_id: int, value: bool, verb: Verb) -> None:
    with transaction.atomic():
        member = _hold(member_id)
        if member.is_active == value:
            return
        if not value and is_administrator(member_id):
            check_other_administrator(member_id)
        member.is_active = value
        member.save(update_fields=["is_active"])
        log_member(viewer, verb, member)
        rights_changed()


def _line(row: Member) -> MemberLine:
    return MemberLine(
        id=row.pk,
        name=row.name,
        email=row.email,
        post_count=row.post_count,
        joined_at=row.joined_at,
        last_seen_at=row.last_seen_at,
        is_active=row.is_active,
    )


def _find(member_id: int) -> Member:
    member = Member.objects.filter(id=member_id, erased_at__isnull=True).first()
    if member is None:
        raise NotFound("There is no such member.")
    return member


def _hold(member_id: int) -> Member:
    rows = Member.objects.select_for_update(of=("self",), no_key=True)
    member = rows.filter(id=member_id, erased_at__isnull=True).first()
    if member is None:
        raise NotFound("There is no such member.")
    return member


def _hold_what_they_wrote(member_id: int) -> None:
    """The locks in their order (forum/counters.py): threads come before members."""
    written_in = Post.objects.filter(author_id=member_id).values("thread_id")
    threads = Thread.objects.select_for_update(of=("self",), no_key=True).filter(id__in=written_in)
    list(threads.order_by("id").values_list("id", flat=True))


def _check(viewer: Viewer, values: MemberValues) -> dict[str, Any]:
    fields = {}
    for field in profile_fields(viewer.site):
        value = clean_line(values.fields.get(field.key, ""))
        if len(value) > field.longest:
            raise Invalid(f"field_{field.key}", f"At most {field.longest:,} characters.")
        if value:
            fields[field.key] = value
    email = clean_line(values.email)
    if email:
        _check_address(email)
    return {
        "email": email,
        "custom_title": check_line("custom_title", values.custom_title, most=60),
        "location": check_line("location", values.location, most=100),
        "fields": fields,
    }


def _check_address(email: str) -> None:
    if len(email) > LONGEST_ADDRESS:
        raise Invalid("email", f"An address has at most {LONGEST_ADDRESS} characters.")
    try:
        validate_email(email)
    except ValidationError as error:
        raise Invalid("email", "This is no address for mail.") from error


def _check_new_name(member: Member, name: str) -> None:
    try:
        check_name(name)
        check_free(name, besides=member.pk)
    except ValidationError as error:
        raise Invalid("name", error.messages[0]) from error


def _change_address(member: Member, email: str) -> None:
    others = EmailAddress.objects.filter(email__iexact=email).exclude(user=member)
    if email and others.exists():
        raise Invalid("email", "Another member has this address.")
    EmailAddress.objects.filter(user=member).delete()
    if email:
        EmailAddress.objects.create(user=member, email=email, verified=True, primary=True)

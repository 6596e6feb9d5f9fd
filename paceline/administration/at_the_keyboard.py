"""What the person at the machine may do to members without signing in: `paceline user …`."""

import secrets
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from paceline.accounts.administrators import check_other_administrator
from paceline.accounts.models import Group, Member, MemberGroup
from paceline.accounts.names import check_name
from paceline.conf.site import rights_changed
from paceline.lib.errors import Invalid, NotAllowed, NotFound
from paceline.lib.texts import fold_name

# Without what is easily taken for something else (0 O, 1 I L); 31 letters, 16 of them: 79 bits.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class Credentials:
    """What somebody signs in with the next time; the password must be changed then."""

    name: str
    password: str


def has_administrator() -> bool:
    """Whether anybody administers this board. One query."""
    return MemberGroup.objects.filter(group__role=Group.Role.ADMINISTRATORS).exists()


def create_member(name: str, email: str, *, is_administrator: bool = False) -> Credentials:
    """Add a member whose address needs no confirmation, with a password for one time.

    Raises Invalid("name" or "email", ...).
    """
    try:
        check_name(name)
    except ValidationError as error:
        raise Invalid("name", error.messages[0]) from error
    try:
        validate_email(email)
    except ValidationError as error:
        raise Invalid("email", f"{email!r} is no address for mail.") from error

    with transaction.atomic():
        if Member.objects.filter(name_key=fold_name(name)).exists():
            raise Invalid("name", f"There is a member called {name} already.")
        if EmailAddress.objects.filter(email__iexact=email).exists():
            raise Invalid("email", f"Another member has the address {email}.")
        member = Member.objects.create(name=name, email=email)
        EmailAddress.objects.create(user=member, email=email, verified=True, primary=True)
        if is_administrator:
            _join_administrators(member)
        return _give_one_time_password(member)


def give_one_time_password(name: str) -> Credentials:
    """A new password for one time, in place of one that was lost. Raises NotFound."""
    with transaction.atomic():
        return _give_one_time_password(_member_named(name))


def set_password(name: str, password: str) -> None:
    """The password that somebody chose for a member, to keep.

    Raises NotFound, or Invalid("password", ...) for one that the board would not take from them.
    """
    with transaction.atomic():
        member = _member_named(name)
        try:
            validate_password(password, member)
        except ValidationError as error:
            raise Invalid("password", " ".join(error.messages)) from error
        member.set_password(password)
        member.must_change_password = False
        member.save(update_fields=["password", "must_change_password"])


def make_administrator(name: str) -> bool:
    """Put a member into the group of administrators; False where they were. Raises NotFound."""
    with transaction.atomic():
        return _join_administrators(_member_named(name))


def end_administration(name: str) -> bool:
    """Take a member out of the group of administrators; False where they were not in it.

    Raises NotFound, and Invalid("name", ...) for the last administrator.
    """
    with transaction.atomic():
        member = _member_named(name)
        administrators = MemberGroup.objects.filter(group__role=Group.Role.ADMINISTRATORS)
        if not administrators.filter(member=member).exists():
            return False
        try:
            check_other_administrator(member.pk)
        except NotAllowed as error:
            sentence = f"{member.name} is the last administrator of this board."
            raise Invalid("name", sentence) from error
        administrators.filter(member=member).delete()
        rights_changed()
        return True


def _member_named(name: str) -> Member:
    member = Member.objects.filter(name_key=fold_name(name)).first()
    if member is None:
        raise NotFound(f"There is no member called {name}.")
    return member


def _join_administrators(member: Member) -> bool:
    group = Group.objects.get(role=Group.Role.ADMINISTRATORS)
    _, is_new = MemberGroup.objects.get_or_create(member=member, group=group)
    if is_new:
        rights_changed()
    return is_new


def _give_one_time_password(member: Member) -> Credentials:
    letters = "".join(secrets.choice(_LETTERS) for _ in range(16))
    password = "-".join(letters[at : at + 4] for at in range(0, 16, 4))
    member.set_password(password)
    member.must_change_password = True
    member.save(update_fields=["password", "must_change_password"])
    return Credentials(member.name, password)

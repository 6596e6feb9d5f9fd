"""Finding the member who signs in by the name that they type."""

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.models import EmailAddress

from paceline.accounts.models import Member
from paceline.lib.texts import fold_name


class NameOrAddress(AuthenticationBackend):
    """allauth's own, but that a name is found in every spelling that counts as the same."""

    def _authenticate_by_username(self, username: str, password: str) -> Member | None:
        member = Member.objects.filter(name_key=fold_name(username)).first()
        found: Member | None = self._check_password(member, password)
        return found


def who_is_meant(login: str) -> str:
    """One key for all that somebody can type to sign in as one member: each spelling of the name,
    and each of their addresses. What means nobody is its own key. One query or two."""
    member_id = (
        Member.objects.filter(name_key=fold_name(login)).values_list("id", flat=True).first()
    )
    if member_id is None:
        addresses = EmailAddress.objects.filter(email__iexact=login.strip().lower())
        member_id = addresses.values_list("user_id", flat=True).first()
    return f"member {member_id}" if member_id else f"login {fold_name(login)}"

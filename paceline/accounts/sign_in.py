"""Finding the member who signs in by the name that they type."""

from allauth.account.auth_backends import AuthenticationBackend

from paceline.accounts.models import Member
from paceline.lib.texts import fold_name


class NameOrAddress(AuthenticationBackend):  # type: ignore[misc]
    """allauth's own, but that a name is found in every spelling that counts as the same."""

    def _authenticate_by_username(self, username: str, password: str) -> Member | None:
        member = Member.objects.filter(name_key=fold_name(username)).first()
        found: Member | None = self._check_password(member, password)
        return found

"""Where django-allauth asks us: may somebody register, and what is a name."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from paceline.conf.site import load_site


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Registration follows the board's own setting."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether anybody may register now. One query."""
        return load_site().settings.registration == "open"

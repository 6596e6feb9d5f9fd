"""Where django-allauth asks us: may somebody register, and what is a name."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse

from paceline.conf.site import load_site
from paceline.web.notices import restore_dismissed


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Registration follows the board's own setting."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether anybody may register now. One query."""
        return load_site().settings.registration == "open"

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Signing in brings back, in this browser, which notices the member has put away."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        restore_dismissed(response, request, user)
        return response

"""What stands around the pages of accounts: few sessions, a new password first, honest codes."""

import math
import time
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from paceline.lib.buckets import Buckets, network_of
from paceline.lib.errors import NotAllowed, TooMany
from paceline.lib.kept import forget_also
from paceline.web.answers import GetResponse, refusal_page
from paceline.web.client_address import client_address
from paceline.web.public import asks_for_nobody

# Pages that a member with a password for one time can reach: to choose another, or to go.
_STILL_OPEN = {
    "account_change_password",
    "account_set_password",
    "account_logout",
    "account_reauthenticate",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_reauthenticate",
}
_TOO_MANY = {"too_many_login_attempts", "rate_limited"}

# A row for each session stays until its time is over; programs would make millions of them.
MOST_BEGUN = 120
BEGUN_LASTS_S = 24 * 60 * 60
_begun = Buckets(3600)
forget_also(_begun.clear)


class FewSessions:
    """Visitors have no session but while they register or show a passkey. Those are few and short:
    at most so many begin in an hour from one network, in each process, and they last a day.

    Stands around everything that writes to the session.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        session = request.session
        if not session.modified or session.is_empty() or session.session_key:
            return response
        if request.user.is_authenticated:
            return response
        session.set_expiry(BEGUN_LASTS_S)
        sender = network_of(client_address(request))
        wait_s = _begun.take(sender, MOST_BEGUN, time.monotonic())
        if not wait_s:
            return response
        session.clear()
        session.modified = False
        sentence = "That was begun too often from where you are. Try again later."
        return refusal_page(request, TooMany(sentence, retry_after_s=math.ceil(wait_s)))


class NewPasswordFirst:
    """Leads a member whose password was given for one time to choosing their own.

    Asks for the member only where the request has a session, as every page does then anyway.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or match is None:
            return None
        if asks_for_nobody(view):
            return None
        if match.url_name in _STILL_OPEN or not getattr(
            request.user, "must_change_password", False
        ):
            return None
        if request.method in ("GET", "HEAD"):
            return HttpResponseRedirect(reverse("account_change_password"))
        sentence = "Your password was for one time. Choose a new one first, then send this again."
        return refusal_page(request, NotAllowed(sentence))


class HonestStatus:
    """Gives a form that was refused its status: 422, or 429 where it came too often.

    allauth answers such forms with 200; Django's own views do so too.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: Any) -> Any:
        if request.method == "POST" and response.status_code == HTTPStatus.OK:
            codes = _error_codes(response.context_data or {})
            if codes & _TOO_MANY:
                response.status_code = HTTPStatus.TOO_MANY_REQUESTS
            elif codes:
                response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response


def _error_codes(context: dict[str, Any]) -> set[str]:
    return {
        str(error.code)
        for form in context.values()
        if isinstance(form, BaseForm) and form.is_bound
        for errors in form.errors.as_data().values()
        for error in errors
    }

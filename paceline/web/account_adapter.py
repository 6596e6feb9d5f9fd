"""Where django-allauth asks us: may somebody register, what is a name, how a letter is sent."""

from dataclasses import dataclass
from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.core import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from qrcode.image.svg import SvgPathFillImage

from paceline.accounts.names import TAKEN, check_free, check_name
from paceline.accounts.sign_in import who_is_meant
from paceline.conf.site import load_site
from paceline.jobs.mail import mail_later
from paceline.lib.errors import Invalid
from paceline.lib.texts import clean_line
from paceline.web.addresses import is_own
from paceline.web.client_address import client_address
from paceline.web.notices import restore_dismissed

# As long as the column; longer ones that a form would let pass do not fit on PostgreSQL.
LONGEST_ADDRESS = 254

# Letters that come to an address because somebody has typed it.
_FOR_WHOEVER_ASKS = {
    "account/email/account_already_exists",
    "account/email/email_confirmation",
    "account/email/email_confirmation_signup",
    "account/email/password_reset_key",
    "account/email/unknown_account",
}


@dataclass(frozen=True, slots=True)
class NamedSite:
    """The board in letters: Django's idea of a site, with the name that the board has."""

    name: str
    domain: str


class AccountAdapter(DefaultAccountAdapter):
    """Our answers, where they differ from allauth's."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether anybody may register now. One query."""
        return load_site().settings.registration == "open"

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """The name as it will stand. Raises ValidationError where it is none or taken."""
        name = clean_line(username)
        check_name(name)
        if not shallow:
            check_free(name)
        return name

    def clean_email(self, email: str) -> str:
        if len(email) > LONGEST_ADDRESS:
            raise ValidationError(f"An address has at most {LONGEST_ADDRESS} characters.")
        return email

    def clean_password(self, password: str, user: Any = None) -> str:
        """The password, where it is good; one that was given for one time is not."""
        if user is not None and user.must_change_password and user.check_password(password):
            raise ValidationError("This is the password for one time; choose another.")
        cleaned: str = super().clean_password(password, user)
        return cleaned

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        """The new member. Raises Invalid where somebody took the name in the same moment."""
        try:
            with transaction.atomic():
                return super().save_user(request, user, form, commit)
        except IntegrityError as error:
            raise Invalid("username", TAKEN) from error

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """What wrong passwords are counted by. allauth counts by what was typed, and of one name
        there are more spellings than anybody could try passwords."""
        return who_is_meant(credentials.get("email") or credentials.get("username") or "")

    def login(self, request: HttpRequest, user: Any) -> None:
        # Set for whoever had not signed in (FewSessions); a member's session lasts.
        request.session.set_expiry(None)
        super().login(request, user)

    def is_safe_url(self, url: str) -> bool:
        """Whether `next` may lead there: to a path of ours, as everywhere on the board."""
        return is_own(url)

    def set_password(self, user: Any, password: str) -> None:
        """A password that the member chose: one for one time has done its work."""
        user.must_change_password = False
        super().set_password(user, password)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Signing in brings back, in this browser, which notices the member has put away."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        restore_dismissed(response, request, user)
        return response

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the letter now, send it after the commit.

        Nothing is sent where an address has had as many as anybody can want of what whoever types
        it can have sent there.
        """
        request = allauth_context.request
        if template_prefix in _FOR_WHOEVER_ASKS and not ratelimit.consume(
            request, action="letter", key=email.lower()
        ):
            return
        site = NamedSite(load_site().settings.site_name, request.get_host())
        words = {
            "request": request,
            "email": email,
            "current_site": site,
            "board_url": request.build_absolute_uri("/"),
            "reset_url": request.build_absolute_uri(reverse("account_reset_password")),
            **context,
        }
        words = {name: _on_our_site(request, value) for name, value in words.items()}
        letter = self.render_mail(template_prefix, email, words)
        mail_later(email, letter.subject, str(letter.body))


def _on_our_site(request: HttpRequest, value: Any) -> Any:
    """An address as it goes into a letter: on the board's own site, where it is known, and not on
    whichever of its hosts and ports the request named."""
    here = request.build_absolute_uri("/")
    if settings.SITE_URL and isinstance(value, str) and value.startswith(here):
        return f"{settings.SITE_URL}/{value.removeprefix(here)}"
    return value


class SecondStepAdapter(DefaultMFAAdapter):
    """How the board calls itself in the apps and keys of its members."""

    def get_totp_issuer(self) -> str:
        # A colon would divide the issuer from the account in the address that the app reads.
        return load_site().settings.site_name.replace(":", " ")

    def build_totp_svg(self, url: str) -> str:
        """The picture for the app, dark on white whatever the page's colours are."""
        picture = qrcode.make(url, image_factory=SvgPathFillImage)
        return str(picture.to_string(encoding="unicode"))

    def _get_site_name(self) -> str:
        return load_site().settings.site_name

    def _get_user_identifier(self, user: Any) -> str:
        return str(user.name)

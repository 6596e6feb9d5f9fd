"""Pages about the site: those of the footer, the contact form, and what machines ask for."""

import time

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from paceline.browsing.site_pages import load_site_page
from paceline.lib.errors import Invalid, NotAllowed, TooMany
from paceline.notifications.contact import send_contact
from paceline.web.answers import Request
from paceline.web.limits import check_letters
from paceline.web.sent import form_page

_SALT = "paceline.contact"
# Nobody reads the form and writes a letter faster; programs do.
LEAST_S = 3
# A form that was open for longer may have been copied once for many letters.
MOST_S = 24 * 60 * 60


@require_safe
def site_page(request: Request, slug: str) -> HttpResponse:
    """A page of the footer."""
    return render(request, "site/page.html", {"page": load_site_page(slug)})


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: Request) -> HttpResponse:
    """The form to write to the people who run the board."""
    if request.method != "POST":
        return _contact_form(request, {})
    typed = {name: request.POST.get(name, "") for name in ("name", "address", "subject", "message")}
    try:
        _refuse_programs(request)
        check_letters(request)
        send_contact(request.viewer, **typed)
    except (Invalid, NotAllowed, TooMany) as refusal:
        return _contact_form(request, typed, refusal)
    messages.success(request, "Your letter is on its way. An answer comes to your address.")
    return HttpResponseRedirect(reverse("contact"))


@require_safe
def change_password(request: Request) -> HttpResponse:
    """Where password managers look for the page to change a password.

    https://w3c.github.io/webappsec-change-password-url/
    """
    return HttpResponseRedirect(reverse("account_change_password"))


def _refuse_programs(request: Request) -> None:
    """Raise Invalid where the form was filled by a program: in a field that people do not see,
    or before anybody could have written anything."""
    if request.POST.get("website", ""):
        raise Invalid("website", "Leave this empty; it is there to catch programs.")
    opened = _opened_at(request)
    if opened is None:
        raise Invalid("message", "This form was open for too long; send it again now.")
    if time.time() - opened < LEAST_S:
        raise Invalid("message", "That was fast, as if by a program. Send it again in a moment.")


def _opened_at(request: Request) -> float | None:
    """When the form that was sent had been asked for; None where that was too long ago."""
    try:
        return float(signing.loads(request.POST.get("opened", ""), salt=_SALT, max_age=MOST_S))
    except signing.BadSignature:
        return None


def _contact_form(
    request: Request,
    typed: dict[str, str],
    refusal: Invalid | NotAllowed | TooMany | None = None,
) -> HttpResponse:
    member = request.viewer.member
    context = {
        "typed": {"address": member.email if member else "", **typed},
        # Kept over a refusal, so that whoever mends the letter need not wait again.
        "opened": signing.dumps(_opened_at(request) or time.time(), salt=_SALT),
    }
    return form_page(request, "site/contact.html", context, refusal)

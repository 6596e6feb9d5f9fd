"""What stands around every view: who is asking, and how a refusal is answered."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from paceline.accounts.viewer import Viewer, load_viewer
from paceline.conf.site import load_site
from paceline.lib.errors import NotAllowed, NotFound, Refusal, SignInFirst, TooMany
from paceline.lib.texts import clean_text
from paceline.web.addresses import form_address
from paceline.web.incoming import UPLOADS, refused_upload

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class Request(HttpRequest):
    """A request as views see it, once the middleware has added who is asking."""

    viewer: Viewer
    csp_nonce: str


# More than the largest avatar that can be allowed (20 MB), with the rest of its form. Where
# attachments are sent, each alone, web/incoming.py asks for the board's own limit.
MOST_BODY_BYTES = 24 * 1024 * 1024


class GuardInput:
    """Refuses what no page can mean: null bytes, text that is not UTF-8, endless addresses,
    and a body that is too large, before it is read to the disk."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        raw = request.META.get("QUERY_STRING", "")
        if len(raw) + len(request.path) > 8000:
            return plain_answer(414, "This address is too long.")
        if "\x00" in request.path or "%00" in raw or "\ufffd" in request.path:
            return plain_answer(400, "This address contains characters that no page has.")
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or (int(length) > MOST_BODY_BYTES and request.path != UPLOADS):
            return plain_answer(413, "That is more than this board takes at once.")
        _forget_odd_cookies(request)
        return self.get_response(request)


def _forget_odd_cookies(request: HttpRequest) -> None:
    """As if cookies had not come that hold what no cookie of ours does, such as a null byte,
    which PostgreSQL would not even look for."""
    odd = [name for name, value in request.COOKIES.items() if not value.isprintable()]
    for name in odd:
        del request.COOKIES[name]


class AnswerRefusals:
    """Puts `request.viewer`, found when first asked for; answers a refusal with a page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        cast(Any, request).viewer = SimpleLazyObject(lambda: _viewer_of(request))
        response = self.get_response(request)
        if response.status_code == 405 and not getattr(response, "content", b""):
            return _wrong_method(request, response)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refusal):
            return refusal_page(request, error)
        return None


def _viewer_of(request: HttpRequest) -> Viewer:
    site = load_site()
    # A visitor without a session cookie costs no query and gets no cookie.
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return load_viewer(site, None)
    member = request.user if request.user.is_authenticated else None
    return load_viewer(site, cast(Any, member))


def is_fetch(request: HttpRequest) -> bool:
    """Whether a script of ours asks, which wants a fragment or JSON in place of a page."""
    return request.headers.get("X-Requested-With") == "fetch"


def refusal_page(request: HttpRequest, refusal: Refusal, *, typed: str = "") -> HttpResponse:
    """The answer that says no, with what was typed in it, so that nothing is lost.

    `typed` is for what did not come as a form's text.

    A visitor who sent something can sign in elsewhere and send it again from this page.
    """
    may_resend = isinstance(refusal, SignInFirst)
    return _refusal_page(request, refusal, may_resend=may_resend, typed=typed)


def _refusal_page(
    request: HttpRequest, refusal: Refusal, *, may_resend: bool, typed: str = ""
) -> HttpResponse:
    sign_in = reverse("account_login") if isinstance(refusal, SignInFirst) else ""
    if is_fetch(request):
        answer: HttpResponse = refusal_json(refusal)
    else:
        context = {
            "title": _title_of(refusal),
            "sentence": refusal.sentence,
            "typed": typed or _typed_in(request),
            "resend": sent_fields(request) if may_resend else [],
            "sign_in": sign_in,
            "here": _way_back(request),
        }
        answer = render(request, "refusal.html", context, status=refusal.status)
    if isinstance(refusal, TooMany):
        answer["Retry-After"] = str(refusal.retry_after_s)
    return answer


def refusal_json(refusal: Refusal, *, token: str = "") -> JsonResponse:
    """The answer that says no to a script; with a `token` for its form where that was too old."""
    sign_in = reverse("account_login") if isinstance(refusal, SignInFirst) else ""
    facts = {
        "error": refusal.sentence,
        "refusal": refusal.sentence,
        "field": getattr(refusal, "field", ""),
        "sign_in": sign_in,
        **({"token": token} if token else {}),
    }
    answer = JsonResponse(facts, status=refusal.status)
    if isinstance(refusal, TooMany):
        answer["Retry-After"] = str(refusal.retry_after_s)
    return answer


def _title_of(refusal: Refusal) -> str:
    if isinstance(refusal, NotFound):
        return "Not found"
    if isinstance(refusal, SignInFirst):
        return "Sign in first"
    if isinstance(refusal, TooMany):
        return "A moment, please"
    return "That cannot be done"


def _way_back(request: HttpRequest) -> str:
    """Where signing in leads to: the page that was asked for, or that of the form sent."""
    if request.method == "GET":
        return request.get_full_path()
    return form_address(request.POST.get("place", "")) or ""


# Fields in which somebody has typed something that must not be lost.
TYPED = ("title", "source", "body", "message", "reason", "name")


@dataclass(frozen=True, slots=True)
class SentField:
    """A field of a form that was sent. `is_long` ones are shown as a box to write in."""

    name: str
    value: str
    is_long: bool


def sent_fields(request: HttpRequest) -> list[SentField]:
    """What a form held, to be put into a new one. Nothing where nobody typed a text into it, or
    where it held a password."""
    if not _typed_in(request) or any("password" in name for name in request.POST):
        return []
    return [
        SentField(name, clean_text(str(value)), is_long=name in TYPED)
        for name, values in request.POST.lists()
        for value in values
        if name not in ("csrfmiddlewaretoken", "action")
    ]


def _typed_in(request: HttpRequest) -> str:
    if request.method != "POST":
        return ""
    parts = [clean_text(request.POST.get(name, "")) for name in TYPED]
    return "\n\n".join(part for part in parts if part.strip())


def _wrong_method(request: HttpRequest, response: HttpResponseBase) -> HttpResponse:
    if request.method in ("GET", "HEAD"):
        sentence = "This address takes what a button sends, and is no page of its own."
    else:
        sentence = "This address is a page, and takes nothing that is sent to it."
    refusal = Refusal(sentence)
    refusal.status = 405
    answer = refusal_page(request, refusal)
    answer["Allow"] = response.get("Allow", "")
    return answer


def plain_answer(status: int, sentence: str) -> HttpResponse:
    """An answer for a request that is too broken to be given a page."""
    return HttpResponse(f"{sentence}\n", status=status, content_type="text/plain; charset=utf-8")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old or came from elsewhere; what was typed is given back.

    From a page of ours it can be sent again at once, with a fresh token; a script is given one.
    """
    if refused := refused_upload(request):
        # Nothing of it was read, so that its token could not be found either.
        return refusal_json(refused) if request.path == UPLOADS else refusal_page(request, refused)
    ours = _is_from_here(request)
    refusal = Refusal(
        "This form is no longer valid: it was open for too long, or you signed in or out"
        " meanwhile. Nothing was sent."
        + (" Look it over and send it again." if ours and sent_fields(request) else "")
    )
    refusal.status = 403
    if ours and is_fetch(request):
        # What any page of ours would give; others cannot read the answer.
        return refusal_json(refusal, token=get_token(request))
    return _refusal_page(request, refusal, may_resend=ours)


def _is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that the form stood on a page of this board."""
    said = request.headers.get("Origin") or request.headers.get("Referer", "")
    origin = f"{request.scheme}://{request.get_host()}"
    return said == origin or said.startswith(f"{origin}/")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A library said no and gave no reason for a reader."""
    return refusal_page(request, NotAllowed("This is not open to you."))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No address matched."""
    return refusal_page(request, NotFound())


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django could not make sense of the request."""
    return plain_answer(400, "This request could not be understood.")


def server_error(request: HttpRequest) -> HttpResponse:
    """Something of ours failed; a page that needs no database says so."""
    return plain_answer(500, "Something failed on our side. It has been logged; please try again.")

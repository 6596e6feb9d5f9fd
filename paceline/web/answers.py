"""What stands around every view: who is asking, and how a refusal is answered."""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from paceline.accounts.viewer import Viewer, load_viewer
from paceline.conf.site import load_site
from paceline.lib.errors import NotFound, Refusal, SignInFirst, TooMany

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class Request(HttpRequest):
    """A request as views see it, once the middleware has added who is asking."""

    viewer: Viewer
    csp_nonce: str


class GuardInput:
    """Refuses what no page can mean: null bytes, text that is not UTF-8, endless addresses."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        raw = request.META.get("QUERY_STRING", "")
        if len(raw) + len(request.path) > 8000:
            return plain_answer(414, "This address is too long.")
        if "\x00" in request.path or "%00" in raw or "\ufffd" in request.path:
            return plain_answer(400, "This address contains characters that no page has.")
        return self.get_response(request)


class AnswerRefusals:
    """Puts `request.viewer`, found when first asked for; answers a refusal with a page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        cast(Any, request).viewer = SimpleLazyObject(lambda: _viewer_of(request))
        return self.get_response(request)

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


def refusal_page(request: HttpRequest, refusal: Refusal, *, typed: str = "") -> HttpResponse:
    """The page that says no, with what was typed on it, so that nothing is lost."""
    if isinstance(refusal, NotFound):
        title = "Not found"
    elif isinstance(refusal, SignInFirst):
        title = "Sign in first"
    elif isinstance(refusal, TooMany):
        title = "A moment, please"
    else:
        title = "That cannot be done"
    sign_in = reverse("account_login") if isinstance(refusal, SignInFirst) else ""
    context = {
        "title": title,
        "sentence": refusal.sentence,
        "typed": typed or _typed_in(request),
        "sign_in": sign_in,
        "here": request.get_full_path() if request.method == "GET" else "",
    }
    response = render(request, "refusal.html", context, status=refusal.status)
    if isinstance(refusal, TooMany):
        response["Retry-After"] = str(refusal.retry_after_s)
    return response


def _typed_in(request: HttpRequest) -> str:
    if request.method != "POST":
        return ""
    parts = [request.POST.get(name, "") for name in ("title", "source", "body", "message")]
    return "\n\n".join(part for part in parts if part.strip())


def plain_answer(status: int, sentence: str) -> HttpResponse:
    """An answer for a request that is too broken to be given a page."""
    return HttpResponse(f"{sentence}\n", status=status, content_type="text/plain; charset=utf-8")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old or came from elsewhere; what was typed is given back."""
    refusal = Refusal(
        "This form is no longer valid: it was open for too long, or you signed in or out"
        " meanwhile. Nothing was sent. Go back, load the page anew and send it again."
    )
    refusal.status = 403
    return refusal_page(request, refusal)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No address matched."""
    return refusal_page(request, NotFound())


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django could not make sense of the request."""
    return plain_answer(400, "This request could not be understood.")


def server_error(request: HttpRequest) -> HttpResponse:
    """Something of ours failed; a page that needs no database says so."""
    return plain_answer(500, "Something failed on our side. It has been logged; please try again.")

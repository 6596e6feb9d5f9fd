"""For pages that are the same for everybody: archive, feeds, what machines ask for."""

from collections.abc import Callable
from functools import wraps
from hashlib import blake2b
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe
from django.views.decorators.http import require_safe

from paceline.accounts.viewer import visitor
from paceline.conf.site import load_site

View = Callable[..., HttpResponse]


def public(view: View) -> Callable[..., HttpResponseBase]:
    """Answer whoever asks as a visitor: no session is looked up, no cookie is set or heeded.

    The view is given the visitor in the place of the request's viewer: `view(request, visitor, …)`.
    Browsers and proxies may keep the answer and have to ask whether it still holds; where it
    does, they are told so in a line (304).
    """

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, visitor(load_site()), *args, **kwargs)
        if response.status_code != 200:
            return response
        response["Cache-Control"] = "public, no-cache"
        etag = f'"{blake2b(response.content, digest_size=12).hexdigest()}"'
        response["ETag"] = etag
        modified = parse_http_date_safe(response.get("Last-Modified", ""))
        kept = get_conditional_response(request, etag, modified, response)
        return kept or response

    cast(Any, answer).asks_for_nobody = True
    return answer


def asks_for_nobody(view: Any) -> bool:
    """Whether a view is `public`, so that nothing around it need ask for the member either."""
    return bool(getattr(view, "asks_for_nobody", False))

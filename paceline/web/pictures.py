"""Pictures of elsewhere, sent from here: from where nothing can run, and to be kept by browsers."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from paceline.lib.errors import NotFound
from paceline.media.remote_pictures import PictureFile, PictureGone, TooBusy, open_picture
from paceline.media.signing import address_in_path

# A picture does not change at its address here; one that is taken away shall be gone in a month.
_FOR_LONG = "public, max-age=2592000, immutable"
# What is not to be had now may be later.
_FOR_A_WHILE = "public, max-age=600"

# A grey frame with a hill and a sun that are struck through. Ours, and the only SVG sent here.
_PLACEHOLDER = b"""<svg xmlns="http://www.w3.org/2000/svg" width="320" height="180">
<rect x="1" y="1" width="318" height="178" rx="8" fill="#8882" stroke="#888"/>
<g fill="none" stroke="#888" stroke-width="4" stroke-linecap="round" stroke-linejoin="round">
<path d="M110 120l30-34 20 22 16-16 34 28z"/><circle cx="178" cy="72" r="8"/>
<path d="M104 54l112 72"/></g></svg>"""


@require_safe
def picture(request: HttpRequest, signature: str, encoded: str) -> HttpResponseBase:
    """The picture of an address that one of our pages shows; for any other, nothing is here.

    A picture that is not to be had is 404 with a placeholder, which browsers show in its place.
    """
    address = address_in_path(signature, encoded)
    if address is None:
        raise NotFound("There is no such picture.")
    try:
        return _send(request, open_picture(address))
    except PictureGone as gone:
        return _placeholder(gone.status, _FOR_A_WHILE)
    except TooBusy as busy:
        response = _placeholder(busy.status, "no-store")
        response["Retry-After"] = "5"
        return response


def _send(request: HttpRequest, file: PictureFile) -> HttpResponseBase:
    etag = f'"{file.sha256[:32]}"'
    response = HttpResponse(file.content, content_type=file.media_type)
    response["ETag"] = etag
    kept = get_conditional_response(request, etag, None, response)
    return _harmless(kept or response, _FOR_LONG)


def _placeholder(status: int, kept: str) -> HttpResponseBase:
    answer = HttpResponse(_PLACEHOLDER, content_type="image/svg+xml", status=status)
    return _harmless(answer, kept)


def _harmless(response: HttpResponseBase, kept: str) -> HttpResponseBase:
    response["Cache-Control"] = kept
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    # Feeds show them too, wherever they are read.
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response

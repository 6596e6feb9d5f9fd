"""What every answer tells the browser, whoever made it."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# What a page of ours never asks for, so that nothing that got into one can. Passkeys are asked
# for by our own pages.
PERMISSIONS = ", ".join(
    (
        *(f"{feature}=()" for feature in ("camera", "microphone", "geolocation", "payment")),
        *(f"{feature}=()" for feature in ("usb", "serial", "midi", "display-capture")),
        *(f"publickey-credentials-{deed}=(self)" for deed in ("get", "create")),
    )
)
# Kept by nobody but the browser, which asks each time whether it still holds. Not `no-store`:
# somebody who goes on to another page and comes back finds what they had typed.
FOR_ONE_READER = "private, no-cache"
# Addresses, keys, recovery codes: gone from the screen, gone.
FOR_THIS_MOMENT = "private, no-store"
_ACCOUNT = "/account/"


class SafeHeaders:
    """Adds what the view left unsaid: pages are for the one who asked, and use no devices."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_account = request.path.startswith(_ACCOUNT)
        kept = FOR_THIS_MOMENT if is_account else FOR_ONE_READER
        response.headers.setdefault("Cache-Control", kept)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

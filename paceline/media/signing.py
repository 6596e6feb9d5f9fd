"""Addresses under which the board shows pictures of elsewhere: nobody but the board makes them.

`/picture/<signature>/<address>`: stateless, the same for a picture wherever it is shown. Without
the signature the board would fetch whatever anybody asks it for.
"""

import base64
import binascii

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

_SALT = "paceline.media.picture"
# 128 bits: nobody guesses one, and pages stay short.
_SIGNATURE_BYTES = 16


def picture_path(address: str) -> str:
    """The path on this board under which the picture of an address is shown."""
    return f"/picture/{_sign(address, settings.SECRET_KEY)}/{_encode(address.encode())}"


def address_in_path(signature: str, encoded: str) -> str | None:
    """The address that a path of ours names, or None where the path was made by somebody else.

    Paths made with a key of SECRET_KEY_FALLBACKS still hold.
    """
    try:
        address = base64.b64decode(encoded + "=" * (-len(encoded) % 4), b"-_", validate=True)
        text = address.decode()
    except (binascii.Error, ValueError):
        return None
    # The one spelling that we use: two for one picture would be kept twice by every cache.
    if _encode(address) != encoded:
        return None
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    known = [constant_time_compare(signature, _sign(text, str(key))) for key in keys]
    return text if any(known) else None


def _sign(address: str, key: str) -> str:
    digest = salted_hmac(_SALT, address, secret=key, algorithm="sha256").digest()
    return _encode(digest[:_SIGNATURE_BYTES])


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()

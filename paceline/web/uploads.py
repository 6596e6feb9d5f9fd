"""Serving what members sent: always as a picture, from where nothing can run."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from paceline.media.avatars import read_avatar
from paceline.media.smilie_pictures import read_smilie_picture


@require_safe
def avatar(request: HttpRequest, name: str, size: str = "") -> HttpResponse:
    """An avatar. A new picture has a new name, so that it can be kept for ever."""
    content = read_avatar(name, is_large=size == "large")
    return _for_ever(content, "image/webp")


@require_safe
def smilie(request: HttpRequest, name: str) -> HttpResponse:
    """The picture of a smilie of the board's own, kept for ever alike."""
    return _for_ever(*read_smilie_picture(name))


def _for_ever(content: bytes, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response

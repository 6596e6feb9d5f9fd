"""Serving what members sent: always as a picture, from where nothing can run."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from paceline.media.avatars import read_avatar


@require_safe
def avatar(request: HttpRequest, name: str, size: str = "") -> HttpResponse:
    """An avatar. A new picture has a new name, so that it can be kept for ever."""
    content = read_avatar(name, is_large=size == "large")
    response = HttpResponse(content, content_type="image/webp")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response

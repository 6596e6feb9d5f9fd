"""The door for a WSGI server; `paceline serve` opens it."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

from paceline.conf.content_type import readable_type

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paceline.conf.settings")
_django = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Django, which is told of no text in another writing than UTF-8."""
    environ["CONTENT_TYPE"] = readable_type(environ.get("CONTENT_TYPE", ""))
    return _django(environ, start_response)

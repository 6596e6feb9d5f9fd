"""What stands around the content of every page: notices, footer, counts in the header."""

from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Frame:
    """Placeholder until browsing.frame is written."""


def frame_of(request: HttpRequest) -> Frame:
    return Frame()

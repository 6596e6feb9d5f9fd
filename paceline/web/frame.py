"""Asks for the frame once a page, with what this request's cookies say."""

from typing import Any

from paceline.browsing.frame import Frame, load_frame
from paceline.web.notices import dismissed_in


def frame_of(request: Any, board_id: int | None = None) -> Frame:
    """The frame of the page that answers this request. No query while versions stand."""
    return load_frame(request.viewer, board_id, dismissed_in(request))

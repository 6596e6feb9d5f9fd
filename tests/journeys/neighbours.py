"""Settings of a board in a test that may call one server on loopback; see media/fetch.py."""

import os

from paceline.conf.settings import *  # noqa: F403
from paceline.media.fetch import Neighbours

FETCH_NEIGHBOURS = Neighbours(
    {"pictures.example": ("127.0.0.1",)}, frozenset({int(os.environ["NEIGHBOUR_PORT"])})
)

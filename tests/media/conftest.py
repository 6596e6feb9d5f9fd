"""A server of somebody else, which the board can reach under names of its own."""

from collections.abc import Iterator
from typing import Any

import pytest

from paceline.media.fetch import Neighbours
from tests.media.bad_server import BadServer, bad_server

NAMES = {
    "pictures.example": ("127.0.0.1",),
    "inside.example": ("10.0.0.5",),
    "mixed.example": ("127.0.0.1", "169.254.169.254"),
    "public.example": ("93.184.216.34",),
}


@pytest.fixture
def server(settings: Any) -> Iterator[BadServer]:
    with bad_server() as running:
        settings.FETCH_NEIGHBOURS = Neighbours(NAMES, frozenset({running.port}))
        yield running

"""Whole visits are paid to a board on a machine of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.machine import Machine, new_machine


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    with new_machine(tmp_path) as made:
        yield made

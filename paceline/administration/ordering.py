"""Rows that stand in an order: where a new one goes, and moving one up or down."""

from typing import Any

from django.db.models import Max, QuerySet

from paceline.lib.errors import Invalid

# Between two rows, so that one can be put there by hand.
STEP = 10


def place_behind(rows: QuerySet[Any]) -> int:
    """The place behind all of these rows. One query."""
    last: int = rows.aggregate(last=Max("position"))["last"] or 0
    return last + STEP


def move_among(rows: list[Any], row_id: int, direction: str) -> bool:
    """Move the row of that id one place `up` or `down`, and number all; False at the end.

    `rows` are all of them in their order. One query for each row whose number changes. Raises
    Invalid("direction", ...).
    """
    if direction not in ("up", "down"):
        raise Invalid("direction", "Choose up or down.")
    at = next(index for index, row in enumerate(rows) if row.pk == row_id)
    to = at + (1 if direction == "down" else -1)
    is_moved = 0 <= to < len(rows)
    if is_moved:
        rows.insert(to, rows.pop(at))
    number_all(rows)
    return is_moved


def number_all(rows: list[Any]) -> None:
    """Give the rows the places 10, 20, 30 … in the order given."""
    for index, row in enumerate(rows, 1):
        if row.position != index * STEP:
            row.position = index * STEP
            row.save(update_fields=["position"])

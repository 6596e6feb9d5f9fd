"""A list read stretch by stretch: each begins behind the last row of the one before.

No OFFSET: the key of a row (its value in the column that orders the list, and its id) stands in
the address, signed, so that any stretch costs what the first one costs.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.core import signing
from django.db.models import Model, Q, QuerySet

from paceline.lib.errors import NotFound

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Stretch(Generic[Row]):
    """Some rows in their order; `further` is the key of the next stretch, empty at the end."""

    rows: list[Row]
    further: str


def stretch_of(
    rows: QuerySet[Row], column: str, size: int, after: str, *, least_first: bool = False
) -> Stretch[Row]:
    """At most `size` rows by a column and then by id, the greatest first unless told otherwise.

    `after` is the `further` of the stretch before, empty for the first one; raises NotFound where
    it is the key of another list or of none. One query.
    """
    way, sign = ("gt", "") if least_first else ("lt", "-")
    salt = f"list:{rows.model.__name__}:{column}"
    if after:
        value, last_id = _read_key(after, salt)
        rows = rows.filter(
            Q(**{f"{column}__{way}": value}) | Q(**{column: value, f"id__{way}": last_id})
        )
    found = list(rows.order_by(f"{sign}{column}", f"{sign}id")[: size + 1])
    is_last = len(found) <= size
    return Stretch(found[:size], "" if is_last else _key_of(found[size - 1], column, salt))


def _key_of(row: Model, column: str, salt: str) -> str:
    value = getattr(row, column)
    # A moment as a list of one: there is no other list among the values.
    kept = [value.isoformat()] if isinstance(value, datetime) else value
    return signing.dumps([kept, row.pk], salt=salt, compress=True)


def _read_key(key: str, salt: str) -> tuple[Any, int]:
    try:
        kept, row_id = signing.loads(key, salt=salt)
    except (signing.BadSignature, ValueError) as error:
        raise NotFound("This list has no such page.") from error
    return datetime.fromisoformat(kept[0]) if isinstance(kept, list) else kept, int(row_id)

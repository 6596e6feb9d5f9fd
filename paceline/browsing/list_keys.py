"""Where the next stretch of a list begins: the last row's value and id, signed for the address."""

from datetime import datetime
from typing import Any

from django.core import signing

from paceline.lib.errors import NotFound


def key_of(list_name: str, value: Any, row_id: int) -> str:
    """The key behind a row whose column of that list says `value`: a moment or a number."""
    if isinstance(value, datetime):
        value = value.isoformat()
    return signing.dumps([value, row_id], salt=f"list:{list_name}", compress=True)


def read_key(list_name: str, key: str) -> tuple[Any, int]:
    """The value and the id in a key. Raises NotFound for one that was not made for this list."""
    try:
        value, row_id = signing.loads(key, salt=f"list:{list_name}")
    except (signing.BadSignature, ValueError) as error:
        raise NotFound("This list has no such page.") from error
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value, int(row_id)

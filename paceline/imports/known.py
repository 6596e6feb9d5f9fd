"""What of one old board has been brought in already, and as which row.

A thing is known by the old board's own id where the page shows one, and by a natural key: its
place and name. A page saved as text has only those, so both are remembered of everything.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from paceline.imports.models import ImportedItem

Kind = ImportedItem.Kind

_AT_ONCE = 400  # values in one query; SQLite takes some thousands


def natural_key(*parts: object) -> str:
    """A key made of what a thing is called and where it stands."""
    text = "\x1f".join(str(part) for part in parts)
    return f"n:{hashlib.blake2b(text.encode(), digest_size=16).hexdigest()}"


class Known:
    """The rows of `ImportedItem` of one old board."""

    def __init__(self, source: str) -> None:
        self.source = source

    def look_up(self, kind: Kind, keys: Iterable[str]) -> dict[str, int]:
        """The row here of each key that is known. One query per 400 keys."""
        wanted = sorted(set(keys))
        found: dict[str, int] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            items = self._items(kind).filter(source_id__in=wanted[start : start + _AT_ONCE])
            found.update(items.values_list("source_id", "target_id"))
        return found

    def find(self, kind: Kind, source_id: int | None, key: str) -> int | None:
        """The row here of a thing with that id and natural key. One query or two.

        One that shares only the key and has another id over there is another thing.
        """
        found = self.look_up(kind, [key] if source_id is None else [str(source_id), key])
        if source_id is not None and str(source_id) in found:
            return found[str(source_id)]
        target_id = found.get(key)
        if target_id is not None and source_id is not None and self.has_id(kind, target_id):
            return None
        return target_id

    def remember(
        self,
        kind: Kind,
        target_id: int,
        source_id: int | None,
        key: str = "",
        *,
        about: dict[str, Any] | None = None,
    ) -> None:
        """Note under which id and key a thing is known. One query or two; known ones stay."""
        keys = [str(source_id)] if source_id is not None else []
        ImportedItem.objects.bulk_create(
            [
                ImportedItem(
                    source=self.source,
                    kind=kind,
                    source_id=one,
                    target_id=target_id,
                    about=about or {},
                )
                for one in (*keys, *([key] if key else []))
            ],
            ignore_conflicts=True,
        )

    def remember_missing(
        self, kind: Kind, target_id: int, source_id: int | None, key: str, known: Sequence[str]
    ) -> None:
        """The same for those of the two that are not among `known` yet. No query where both are."""
        new_id = source_id if str(source_id) not in known else None
        new_key = key if key not in known else ""
        if new_id is not None or new_key:
            self.remember(kind, target_id, new_id, new_key)

    def has_id(self, kind: Kind, target_id: int) -> bool:
        """Whether the old board's own id of what became this row is known. One query."""
        items = self._items(kind).filter(target_id=target_id)
        return bool(items.exclude(source_id__startswith="n:").exists())

    def key_of(self, kind: Kind, target_id: int) -> str:
        """The natural key under which this row was first remembered. One query."""
        items = self._items(kind).filter(target_id=target_id, source_id__startswith="n:")
        return next(iter(items.order_by("id").values_list("source_id", flat=True)), "")

    def about(self, kind: Kind, source_id: str) -> dict[str, Any]:
        """What was noted with a thing, empty where nothing was. One query."""
        item = self._items(kind).filter(source_id=source_id).values_list("about", flat=True)
        return dict(next(iter(item), {}))

    def note(self, kind: Kind, source_id: str, target_id: int, about: dict[str, Any]) -> None:
        """Put `about` in place of what was noted with a thing. Two queries."""
        ImportedItem.objects.update_or_create(
            source=self.source,
            kind=kind,
            source_id=source_id,
            defaults={"target_id": target_id, "about": about},
        )

    def forget(self, kind: Kind, source_ids: Iterable[str]) -> None:
        """Notes that have done their work. One query."""
        self._items(kind).filter(source_id__in=list(source_ids)).delete()

    def beginning_with(self, kind: Kind, start: str) -> list[tuple[str, int]]:
        """(source id, row here) of those whose source id begins so. One query."""
        items = self._items(kind).filter(source_id__startswith=start)
        return list(items.values_list("source_id", "target_id"))

    def _items(self, kind: Kind) -> Any:
        return ImportedItem.objects.filter(source=self.source, kind=kind)

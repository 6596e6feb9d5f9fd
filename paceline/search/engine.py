"""Which of the two indexes this board has: its database decides."""

from typing import TYPE_CHECKING, cast

from django.db import connection

from paceline.search import postgres, sqlite

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Protocol

    from paceline.search.entries import Entry, Match, Slice

    class Engine(Protocol):
        """What both modules offer; each says in its own words how."""

        def create(self) -> None: ...
        def put(self, entries: Sequence[Entry]) -> None: ...
        def drop(self, post_ids: Iterable[int]) -> None: ...
        def drop_thread(self, thread_id: int) -> None: ...
        def newest(self, match: Match, part: Slice) -> list[int]: ...
        def best(self, match: Match, part: Slice) -> list[int]: ...
        def count(self, match: Match, most: int = ...) -> int: ...
        def known_ids(self) -> str: ...
        def optimize(self) -> None: ...


def engine() -> "Engine":
    """The index of the database in use."""
    return cast("Engine", postgres if connection.vendor == "postgresql" else sqlite)

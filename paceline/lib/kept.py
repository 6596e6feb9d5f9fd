"""What a process keeps between requests, so that it is read once and not for every page.

Whatever is kept is either held under a version that the database states (`Kept`), or may be lost
(facts on their way to a batch, buckets of limits). All of it can be forgotten with one call.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")
Forget = TypeVar("Forget", bound=Callable[[], object])

_forgetting: list[Callable[[], object]] = []


class Kept(Generic[Value]):
    """One value, held as long as its version stands. Made once, at the top of a module."""

    def __init__(self) -> None:
        self._held: tuple[int, Value] | None = None
        forget_also(self._forget)

    def at(self, version: int, read: Callable[[], Value]) -> Value:
        """The value at that version: the one that is held, or what `read` answers, held from now.

        Threads may read at the same time; each is answered at the version it asked for.
        """
        held = self._held
        if held is None or held[0] != version:
            held = self._held = (version, read())
        return held[1]

    def _forget(self) -> None:
        self._held = None


def forget_also(forget: Forget) -> Forget:
    """Have something of a module's own emptied by `forget_everything`. May be a decorator."""
    _forgetting.append(forget)
    return forget


def forget_everything() -> None:
    """Begin as a process that was just started. For tests, whose databases come and go."""
    for forget in _forgetting:
        forget()

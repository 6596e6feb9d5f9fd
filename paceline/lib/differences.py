"""What differs between two texts, word by word.

Myers' greedy method (E. W. Myers, "An O(ND) Difference Algorithm and Its Variations",
Algorithmica 1 (1986) 251), given up after a number of steps: nobody reads a difference of two
texts that have nothing in common, and nobody shall make a server look for one for minutes.
"""

import re
from dataclasses import dataclass
from typing import Literal

_WORDS = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)
MOST_STEPS = 400_000

Kind = Literal["same", "ins", "del"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is in both (`same`), in the later only, or in the earlier only."""

    kind: Kind
    text: str


def differences(before: str, after: str, *, most_steps: int = MOST_STEPS) -> tuple[Piece, ...]:
    """The pieces in order. Those kept and deleted make up `before`, those kept and inserted
    `after`. Beyond `most_steps` comparisons all between the common ends is one replacement."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    steps: list[tuple[Kind, str]] = [("same", word) for word in old[:start]]
    steps += _middle(middle_old, middle_new, most_steps)
    steps += [("same", word) for word in old[len(old) - end :]]
    return _joined(steps)


def _common(one: list[str], other: list[str]) -> int:
    count = 0
    for word, counterpart in zip(one, other, strict=False):
        if word != counterpart:
            break
        count += 1
    return count


def _middle(old: list[str], new: list[str], most_steps: int) -> list[tuple[Kind, str]]:
    trace = _search(old, new, most_steps)
    if trace is None:
        return [("del", word) for word in old] + [("ins", word) for word in new]
    return _walk_back(old, new, trace)


def _search(old: list[str], new: list[str], most_steps: int) -> list[dict[int, int]] | None:
    """By number of changes, how far each diagonal was reached; None where given up."""
    reached = {1: 0}
    trace: list[dict[int, int]] = []
    steps = 0
    for changes in range(len(old) + len(new) + 1):
        trace.append(dict(reached))
        steps += len(reached)
        for diagonal in range(-changes, changes + 1, 2):
            goes_down = diagonal == -changes or (
                diagonal != changes and reached[diagonal - 1] < reached[diagonal + 1]
            )
            x = reached[diagonal + 1] if goes_down else reached[diagonal - 1] + 1
            began = x
            y = x - diagonal
            while x < len(old) and y < len(new) and old[x] == new[y]:
                x, y = x + 1, y + 1
            reached[diagonal] = x
            steps += 1 + x - began
            if x >= len(old) and y >= len(new):
                return trace
        if steps > most_steps:
            return None
    return trace


def _walk_back(
    old: list[str], new: list[str], trace: list[dict[int, int]]
) -> list[tuple[Kind, str]]:
    x, y = len(old), len(new)
    back: list[tuple[Kind, str]] = []
    for changes in range(len(trace) - 1, -1, -1):
        reached = trace[changes]
        diagonal = x - y
        goes_down = diagonal == -changes or (
            diagonal != changes and reached[diagonal - 1] < reached[diagonal + 1]
        )
        before = diagonal + 1 if goes_down else diagonal - 1
        before_x = reached[before]
        before_y = before_x - before
        while x > before_x and y > before_y and x > 0 and y > 0:
            x, y = x - 1, y - 1
            back.append(("same", old[x]))
        if changes:
            back.append(("ins", new[before_y]) if goes_down else ("del", old[before_x]))
            x, y = before_x, before_y
    return back[::-1]


def _joined(steps: list[tuple[Kind, str]]) -> tuple[Piece, ...]:
    """Runs of one kind in one piece; within a change, what is gone stands before what is new."""
    pieces: list[Piece] = []
    gone: list[str] = []
    come: list[str] = []
    kept: list[str] = []

    def flush() -> None:
        if kept:
            pieces.append(Piece("same", "".join(kept)))
        if gone:
            pieces.append(Piece("del", "".join(gone)))
        if come:
            pieces.append(Piece("ins", "".join(come)))
        for run in (kept, gone, come):
            run.clear()

    for kind, word in steps:
        if kind == "same":
            if gone or come:
                flush()
            kept.append(word)
        else:
            (gone if kind == "del" else come).append(word)
    flush()
    return tuple(pieces)

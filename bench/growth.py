"""How time grows with what is read: ratios in one run, for texts and pages that mean no good.

    .venv/bin/python bench/growth.py

Each line says how many times longer four times as much takes (CPU time, the least of five runs):
about 4 where the time grows with the size, about 16 where it grows with its square. The tests
count steps instead (tests/steps.py), which no busy machine can change; this also sees what
happens inside a regular expression.
"""

import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from paceline.lib.differences import differences
from paceline.markup.render import render

MARKUP = [
    *("a", "x\n\n", "[b]x[/b]", "[b]", "[", "[i][/b]", "[quote]x[/quote]", '[quote="a;1"]x'),
    *("[url=", "[url=http://a]", "[list][*]x[/list]", "http://a", "http://a)", "www.a.b ", "@ab "),
    *(":) ", "&", "[spoiler]x", "http://1.2.3.999/ "),
]
SMALL = 20_000


def least_s(call: Callable[[], object]) -> float:
    """The least CPU time of five calls, in seconds."""
    times = []
    for _ in range(5):
        began = time.process_time()
        call()
        times.append(time.process_time() - began)
    return min(times)


def repeated(unit: str, characters: int) -> Callable[[], object]:
    """A rendering of the unit over and over."""
    return partial(render, unit * (characters // len(unit)))


def report(name: str, make: Callable[[int], Callable[[], object]]) -> None:
    """One line: the time at the small size, and the ratio to four times as much."""
    few, many = least_s(make(SMALL)), least_s(make(4 * SMALL))
    print(f"{name:32} {1000 * few:8.1f} ms   x {many / max(few, 1e-6):5.1f}")


def main() -> None:
    """Print the table."""
    print(f"{'':32} {SMALL // 1000:5} kB       four times as much")
    for unit in MARKUP:
        report(f"markup {unit!r}"[:32], partial(repeated, unit))
    report(
        "markup, nested quotes",
        lambda n: lambda: render("[quote]" * (n // 15) + "x" + "[/quote]" * (n // 15)),
    )
    report(
        "differences, nothing in common",
        lambda n: (
            lambda: differences(
                " ".join(f"a{k}" for k in range(n // 6)), " ".join(f"b{k}" for k in range(n // 6))
            )
        ),
    )


if __name__ == "__main__":
    main()

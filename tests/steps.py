"""How much work a call is, counted and not timed: the same on every machine, however busy.

What runs inside one call of a C function (a regular expression, say) is one step here; how long
that takes is for bench/growth.py to show.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import paceline

_OURS = str(Path(paceline.__file__).parent)


def steps(function: Callable[..., object], *arguments: Any) -> int:
    """The lines of ours that run while the function is called."""
    count = 0

    def in_frame(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal count
        count += 1
        return in_frame

    def at_call(frame: FrameType, event: str, argument: object) -> Any:
        return in_frame if frame.f_code.co_filename.startswith(_OURS) else None

    before = sys.gettrace()
    sys.settrace(at_call)
    try:
        function(*arguments)
    finally:
        sys.settrace(before)
    return count

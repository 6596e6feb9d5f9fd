"""Emoji by their short names, as typed between colons."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("emoji_names.txt")


@cache
def emoji_names() -> Mapping[str, str]:
    """Emoji by name, about 2,500: `bike`, `thumbs_up`, `+1`. In lower case, without colons.

    The table is made by script/make_emoji_names from Unicode's data.
    """
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    return dict(line.split(" ", 1) for line in lines if not line.startswith("#"))

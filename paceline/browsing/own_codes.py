"""The board's own codes, for whoever writes: how each is written and what it becomes."""

from dataclasses import dataclass
from functools import lru_cache

from paceline.forum.rendering import OwnMarkup, load_own_markup
from paceline.markup.options import Options
from paceline.markup.render import render


@dataclass(frozen=True, slots=True)
class CodeRow:
    """An example as typed, and the HTML that it becomes."""

    write: str
    html: str


def own_codes() -> tuple[CodeRow, ...]:
    """The codes in their order. No query while they stand."""
    return _rows(load_own_markup())


@lru_cache(maxsize=4)
def _rows(own: OwnMarkup) -> tuple[CodeRow, ...]:
    options = Options(custom_codes=own.codes)
    return tuple(CodeRow(write, render(write, options).html) for write in own.examples)

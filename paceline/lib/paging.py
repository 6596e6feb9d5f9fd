"""Pages of a thread are windows of post numbers: page 400 costs what page 1 costs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Window:
    """The numbers `first` to `last`, both included, that stand on page `page` (from 1)."""

    page: int
    first: int
    last: int


def window_of(page: int, size: int) -> Window:
    """The window of a page, `size` numbers wide."""
    return Window(page, (page - 1) * size + 1, page * size)


def page_of(number: int, size: int) -> int:
    """The page on which a post of that number stands, from 1."""
    return max(1, (number + size - 1) // size)


def nearby_pages(page: int, count: int) -> list[int | None]:
    """Page numbers for a pager: first, last, those around `page`; None where some are left out."""
    wanted = sorted({1, count, *range(max(1, page - 2), min(count, page + 2) + 1)})
    shown: list[int | None] = []
    before = 0
    for number in wanted:
        if number - before == 2:
            shown.append(number - 1)
        elif number - before > 2:
            shown.append(None)
        shown.append(number)
        before = number
    return shown

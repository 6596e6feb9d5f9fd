"""Dates as boards write them, and which of their numbers is the month.

`10-03-08` is a day in October or in March; a board's administrator decided, and a page does not
say. So all dates of a page are looked at together: a number above 12, posts that would stand
before their predecessors or before their authors joined, an edit before its post.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum

from paceline.imports.saved_pages.page import Month

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar jänner enero janvier januari gennaio",
            "feb february februar febrero février fevrier februari febbraio",
            "mar march märz mär mrz marzo mars maart mrt",
            "apr april abril avril aprile",
            "may mai mayo mei maggio",
            "jun june juni junio juin giugno",
            "jul july juli julio juillet luglio",
            "aug august agosto août aout augustus",
            "sep sept september septiembre septembre settembre",
            "oct october okt oktober octubre octobre ottobre",
            "nov november noviembre novembre",
            "dec december dez dezember diciembre décembre decembre dicembre",
        ),
        start=1,
    )
    for name in names.split()
}
_DAYS_AGO = {
    **dict.fromkeys(("today", "heute", "hoy", "aujourd'hui", "vandaag", "oggi"), 0),
    **dict.fromkeys(("yesterday", "gestern", "ayer", "hier", "gisteren", "ieri"), 1),
}
_TIME = (
    r"(?:(?:,|\s|at|um|à)*?\s*(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?::(?P<second>\d\d))?"
    r"\s*(?P<half>[ap]\.?m\.?)?(?:\s*(?:uhr|h))?)?"
)
_WEEKDAY = r"(?:(?P<weekday>[^\W\d_]{2,10})\.?,?\s+)?"
_FORMS = tuple(
    re.compile(_WEEKDAY + form + _TIME, re.IGNORECASE)
    for form in (
        r"(?P<a>\d{1,4})(?P<sep>[-./])(?P<b>\d{1,2})(?P=sep)(?P<c>\d{1,4})",
        r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?\s+(?:of\s+|de\s+)?(?P<name>[^\W\d_]{3,10})\.?,?\s+"
        r"(?:de\s+)?(?P<year>\d{4}|\d\d)(?!\d|[:.]\d)",
        r"(?P<name>[^\W\d_]{3,10})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})",
    )
)
_RELATIVE = re.compile(rf"(?P<relative>{'|'.join(_DAYS_AGO)})" + _TIME, re.IGNORECASE)
_LONGEST = 60  # characters; no board writes a longer date


class Order(Enum):
    """Where the day, the month and the year stand in a date of three numbers."""

    MONTH_FIRST = "month-first"
    DAY_FIRST = "day-first"
    YEAR_FIRST = "year-first"


@dataclass(frozen=True, slots=True)
class Stamp:
    """A post's date as written, with what must not lie after it and what must not lie before."""

    text: str
    joined: Month | None = None
    edited_text: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """How a page's dates are read. `doubt` is a sentence where they could be read otherwise."""

    order: Order
    doubt: str = ""
    saved_on: date | None = None

    def read(self, text: str) -> datetime | None:
        """The naive moment that `text` names, None where it names none."""
        return read_moment(text, self.order, self.saved_on)


def is_date(text: str) -> bool:
    """Whether `text` is a date and nothing else, whatever the order of its numbers."""
    return len(text) <= _LONGEST and _match(text) is not None


def read_moment(text: str, order: Order, saved_on: date | None = None) -> datetime | None:
    """The naive moment that `text` names; `saved_on` is the day that "Today" means."""
    found = _match(text) if len(text) <= _LONGEST else None
    if found is None:
        return None
    day = _day(found.groupdict(), order, saved_on)
    if day is None:
        return None
    hour, minute = int(found["hour"] or 0), int(found["minute"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"][0] in "pP" else 0)
    try:
        return datetime.combine(day, time(hour, minute, int(found["second"] or 0)))
    except ValueError:
        return None


def read_month(text: str) -> Month | None:
    """The month of a join date: `Dec 2007`, `12-2007`, or a whole date that is not ambiguous."""
    words = text.strip().rstrip(".")
    found = re.fullmatch(r"([^\W\d_]{3,10})\.?\s+(\d{4})", words)
    if found and found[1].lower() in _MONTHS:
        return Month(int(found[2]), _MONTHS[found[1].lower()])
    found = re.fullmatch(r"(\d{1,2})[-./](\d{4})", words)
    if found and 1 <= int(found[1]) <= 12:
        return Month(int(found[2]), int(found[1]))
    readings = {read_moment(words, order) for order in Order} - {None}
    months = {Month(moment.year, moment.month) for moment in readings if moment}
    return months.pop() if len(months) == 1 else None


def decide(
    stamps: Sequence[Stamp], *, told: Order | None = None, saved_on: date | None = None
) -> Decision:
    """How the dates of a page are to be read. `stamps` stand in the order of the posts' numbers.

    No post was written after the day of saving, nor after today.
    """
    if told:
        return Decision(told, saved_on=saved_on)
    numeric = [text for stamp in stamps for text in (stamp.text, stamp.edited_text) if text]
    readings = {order: [read_moment(text, order) for text in numeric] for order in Order}
    likely = _likely(numeric)
    latest = saved_on or datetime.now(UTC).date() + timedelta(days=1)
    faults = {order: _faults(stamps, order, latest) for order in likely}
    best = min(likely, key=lambda order: faults[order])
    rivals = [
        order
        for order in likely
        if order != best and faults[order] == faults[best] and readings[order] != readings[best]
    ]
    if faults[best] == 0 and not rivals:
        return Decision(best, saved_on=saved_on)
    return Decision(best, _doubt(best, faults[best], numeric), saved_on)


def _match(text: str) -> re.Match[str] | None:
    text = text.strip()
    relative = _RELATIVE.fullmatch(text)
    if relative:
        return relative
    for form in _FORMS:
        found = form.fullmatch(text)
        if found and (found.groupdict().get("name") or "jan").lower() in _MONTHS:
            return found
    return None


def _day(parts: dict[str, str | None], order: Order, saved_on: date | None) -> date | None:
    if relative := parts.get("relative"):
        return saved_on - timedelta(days=_DAYS_AGO[relative.lower()]) if saved_on else None
    if name := parts.get("name"):
        return _date(parts["year"] or "", _MONTHS[name.lower()], int(parts["day"] or 0))
    a, b, c = parts["a"] or "", parts["b"] or "", parts["c"] or ""
    if len(a) in {3, 4} or order is Order.YEAR_FIRST:
        return _date(a, int(b), int(c)) if len(c) <= 2 else None
    if order is Order.MONTH_FIRST:
        return _date(c, int(a), int(b))
    return _date(c, int(b), int(a))


def _date(year_text: str, month: int, day: int) -> date | None:
    if len(year_text) not in {2, 4}:
        return None
    year = int(year_text)
    if len(year_text) == 2:
        year += 1900 if year >= 70 else 2000  # boards began in the 1990s
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _likely(texts: Iterable[str]) -> tuple[Order, ...]:
    """The orders, the likeliest first, by custom: AM and PM are American, points are European."""
    joined = " ".join(texts).lower()
    if re.search(r"\d\s*[ap]\.?m\b", joined):
        return (Order.MONTH_FIRST, Order.DAY_FIRST, Order.YEAR_FIRST)
    return (Order.DAY_FIRST, Order.MONTH_FIRST, Order.YEAR_FIRST)


def _faults(stamps: Sequence[Stamp], order: Order, latest: date) -> int:
    """How often the dates of a page contradict themselves or each other when read that way."""
    faults = 0
    before: datetime | None = None
    for stamp in stamps:
        if not stamp.text or _RELATIVE.match(stamp.text):
            continue
        at = read_moment(stamp.text, order)
        if at is None:
            faults += 1
            continue
        faults += at.date() > latest
        faults += before is not None and at < before
        faults += stamp.joined is not None and (at.year, at.month) < stamp.joined
        edited = read_moment(stamp.edited_text, order) if stamp.edited_text else None
        faults += edited is not None and edited < at
        before = at
    return faults


def _doubt(order: Order, faults: int, texts: Sequence[str]) -> str:
    example = next(iter(texts), "")
    if faults:
        return f"Dates such as {example} contradict each other; they were read {order.value}."
    custom = "AM and PM" if order is Order.MONTH_FIRST else "the 24-hour clock"
    return (
        f"Dates such as {example} do not say which number is the month; they were read "
        f"{order.value} because of {custom}."
    )

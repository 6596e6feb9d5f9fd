"""Moments as people read them: a zone, a format, an age.

Plain values in and out; a moment is an aware `datetime` in UTC.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones


@dataclass(frozen=True, slots=True)
class DateFormat:
    """One way of writing a moment: `key` is what a member chooses, `example` what they see."""

    key: str
    pattern: str
    example: str


DATE_FORMATS = (
    DateFormat("us_short", "%m-%d-%y, %I:%M %p", "10-03-08, 11:40 AM"),
    DateFormat("us_long", "%b {day}, %Y, {hour12}:%M %p", "Oct 3, 2008, 11:40 AM"),
    DateFormat("world", "{day} %b %Y, %H:%M", "3 Oct 2008, 11:40"),
    DateFormat("dotted", "%d.%m.%Y, %H:%M", "03.10.2008, 11:40"),
    DateFormat("iso", "%Y-%m-%d %H:%M", "2008-10-03 11:40"),
)
_BY_KEY = {form.key: form for form in DATE_FORMATS}
DEFAULT_FORMAT = "us_short"


@lru_cache(maxsize=700)
def zone_named(name: str) -> tzinfo:
    """The time zone of that name; UTC where the name is unknown or empty."""
    if not name:
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


@lru_cache(maxsize=1)
def zone_names() -> tuple[str, ...]:
    """Every zone a member can choose, by region, in alphabetical order."""
    regions: tuple[str, ...] = (
        "Africa/",
        "America/",
        "Antarctica/",
        "Asia/",
        "Atlantic/",
        "Australia/",
    )
    regions += ("Europe/", "Indian/", "Pacific/")
    return ("UTC", *sorted(n for n in available_timezones() if n.startswith(regions)))


def format_moment(moment: datetime, zone: tzinfo, key: str = DEFAULT_FORMAT) -> str:
    """The moment in that zone, written in the format of that key (see `DATE_FORMATS`)."""
    local = moment.astimezone(zone)
    pattern = _BY_KEY.get(key, _BY_KEY[DEFAULT_FORMAT]).pattern
    pattern = pattern.format(day=local.day, hour12=local.hour % 12 or 12)
    return local.strftime(pattern)


def format_day(moment: datetime, zone: tzinfo) -> str:
    """The day alone, as in `Oct 3, 2008`."""
    local = moment.astimezone(zone)
    return f"{local.strftime('%b')} {local.day}, {local.year}"


def format_month(moment: datetime, zone: tzinfo) -> str:
    """The month alone, as in `Dec 2007`: how a join date is shown."""
    return moment.astimezone(zone).strftime("%b %Y")


def format_age(moment: datetime, now: datetime) -> str:
    """How long ago, in the largest unit: `4 minutes ago`, `yesterday`, `3 years ago`."""
    age = now - moment
    if age < timedelta(minutes=1):
        return "just now"
    if age < timedelta(hours=1):
        return _count(int(age.total_seconds() // 60), "minute")
    if age < timedelta(days=1):
        return _count(int(age.total_seconds() // 3600), "hour")
    if age < timedelta(days=2):
        return "yesterday"
    if age < timedelta(days=31):
        return _count(age.days, "day")
    if age < timedelta(days=365):
        return _count(age.days // 30, "month")
    return _count(age.days // 365, "year")


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'} ago"

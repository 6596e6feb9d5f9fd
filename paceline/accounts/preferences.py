"""How a member likes to read and write, and what they want to hear of."""

from dataclasses import dataclass, fields

from paceline.accounts.models import Member
from paceline.accounts.viewer import Viewer
from paceline.conf.board_settings import POST_LANGUAGES
from paceline.lib.errors import Invalid, SignInFirst
from paceline.lib.times import DATE_FORMATS, zone_names


@dataclass(frozen=True, slots=True)
class Reading:
    """How pages look for a member, what their posts are written in, and whether others see that
    they are online.

    An empty zone, format or language means the board's.
    """

    time_zone: str
    date_format: str
    theme: str
    post_language: str
    shows_signatures: bool
    shows_avatars: bool
    shows_online: bool


def own_reading(viewer: Viewer) -> Reading:
    """What the member has chosen. Raises SignInFirst. No query."""
    member = _member(viewer)
    return Reading(**{field.name: getattr(member, field.name) for field in fields(Reading)})


def change_reading(viewer: Viewer, reading: Reading) -> None:
    """Set what the member has chosen. One query.

    Raises SignInFirst, or Invalid for "time_zone", "date_format", "theme" or "post_language".
    """
    member = _member(viewer)
    if reading.time_zone and reading.time_zone not in zone_names():
        raise Invalid("time_zone", "Choose one of the time zones offered.")
    if reading.date_format and reading.date_format not in {form.key for form in DATE_FORMATS}:
        raise Invalid("date_format", "Choose one of the formats offered.")
    if reading.theme not in Member.Theme.values:
        raise Invalid("theme", "Choose one of the three.")
    if reading.post_language not in ("", *POST_LANGUAGES):
        raise Invalid("post_language", "Choose one of the ways of writing offered.")
    names = [field.name for field in fields(Reading)]
    for name in names:
        setattr(member, name, getattr(reading, name))
    member.save(update_fields=names)


def change_mail(viewer: Viewer, *, watches_own_threads: bool, mails_alerts: bool) -> None:
    """Set what the member hears of. Raises SignInFirst. One query."""
    member = _member(viewer)
    member.watches_own_threads = watches_own_threads
    member.mails_alerts = mails_alerts
    member.save(update_fields=["watches_own_threads", "mails_alerts"])


def themes() -> list[tuple[str, str]]:
    """What can be chosen as a theme: value and words."""
    return [(str(value), str(words)) for value, words in Member.Theme.choices]


def _member(viewer: Viewer) -> Member:
    if viewer.member is None:
        raise SignInFirst("Sign in first, then you can change your settings.")
    return viewer.member

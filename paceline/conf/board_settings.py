"""The settings that an administrator changes in the browser: one table in code.

Each field of `BoardSettings` is a setting: its type and default stand in the code, its group,
unit and help in the field's metadata. Changed values live in `SiteState.settings`.
"""

from dataclasses import MISSING, Field, dataclass, field, fields
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from paceline.conf.own_addresses import read_old_addresses
from paceline.lib.errors import Invalid
from paceline.lib.file_kinds import KINDS
from paceline.lib.texts import clean_line, clean_text
from paceline.lib.times import DATE_FORMATS, zone_names


def _setting(default: Any, group: str, help_text: str, **more: Any) -> Any:
    return field(default=default, metadata={"group": group, "help": help_text, **more})


# What posts can be written in by choice (posting/languages.py says where).
POST_LANGUAGES = ("bbcode", "markdown")


@dataclass(frozen=True, slots=True)
class BoardSettings:
    """The values in force. Frozen: a change is `conf.site.change_settings`."""

    site_name: str = _setting("Paceline", "The site", "Stands on every page.", most=80)
    site_description: str = _setting(
        "", "The site", "One sentence for the index page and for search engines.", most=300
    )
    footer_line: str = _setting(
        "", "The site", "A line at the foot of every page: copyright, consent.", most=500
    )
    contact_mail: str = _setting(
        "", "The site", "Where the contact form sends its letters.", most=254, is_mail=True
    )
    old_addresses: str = _setting(
        "",
        "The site",
        "Where this board, or one that was brought in, was reached before: an address on each"
        " line. Links to its threads, posts and members lead on to where these are now.",
        most=2000,
    )
    time_zone: str = _setting(
        "UTC",
        "Reading",
        "The zone for visitors and for members who chose none.",
        choices=zone_names,
    )
    date_format: str = _setting(
        "us_short",
        "Reading",
        "How dates are written for those who chose nothing else.",
        choices=lambda: tuple(form.key for form in DATE_FORMATS),
    )
    posts_per_page: int = _setting(
        20,
        "Reading",
        "A change moves every page but no post's address.",
        unit="posts",
        least=5,
        most=100,
    )
    threads_per_page: int = _setting(
        30, "Reading", "How many threads a list shows.", unit="threads", least=5, most=100
    )
    online_minutes: int = _setting(
        15,
        "Reading",
        "How long after the last page a member counts as online.",
        unit="minutes",
        least=1,
        most=120,
    )
    senior_member_posts: int = _setting(
        100, "Members", "From how many posts on the title is Senior Member.", unit="posts", least=1
    )
    member_posts: int = _setting(
        30,
        "Members",
        "From how many posts on the title is Member; before, Junior Member.",
        unit="posts",
        least=0,
    )
    registration: str = _setting(
        "open",
        "Members",
        "Who may register: anybody, or nobody.",
        choices=lambda: ("open", "closed"),
    )
    new_member_posts: int = _setting(
        0,
        "Members",
        "Up to how many posts one belongs to New members in place of Members; 0: never.",
        unit="posts",
        least=0,
        most=1000,
    )
    post_length: int = _setting(
        30_000,
        "Writing",
        "The longest text of a post.",
        unit="characters",
        least=100,
        most=200_000,
    )
    post_language: str = _setting(
        "bbcode",
        "Writing",
        "What forms to write in begin with for those who chose nothing else.",
        choices=lambda: POST_LANGUAGES,
    )
    title_length: int = _setting(
        120, "Writing", "The longest title of a thread.", unit="characters", least=20, most=200
    )
    signature_length: int = _setting(
        500, "Writing", "The longest signature.", unit="characters", least=0, most=5000
    )
    edit_minutes: int = _setting(
        0,
        "Writing",
        "How long a member may edit an own post; 0: for ever.",
        unit="minutes",
        least=0,
    )
    remote_pictures: bool = _setting(
        True,
        "Pictures and pages of elsewhere",
        "Posts show pictures of other servers, fetched by this board; off: they are links.",
    )
    keep_remote_pictures: bool = _setting(
        True,
        "Pictures and pages of elsewhere",
        "Keep them, so that old threads have theirs when the other server is gone; off: for a day.",
    )
    remote_picture_megabytes: int = _setting(
        5_000,
        "Pictures and pages of elsewhere",
        "How much is kept of them; beyond it, new ones stay for a day.",
        unit="megabytes",
        least=0,
        most=10_000_000,
    )
    link_previews: bool = _setting(
        True,
        "Pictures and pages of elsewhere",
        "An address that is a paragraph by itself shows title and picture of its page.",
    )
    posts_per_minute: int = _setting(
        30,
        "Limits",
        "How many posts a member may send in a minute; 0: no limit.",
        unit="posts",
        least=0,
    )
    searches_per_minute: int = _setting(
        30,
        "Limits",
        "How many searches one reader may ask for in a minute; 0: no limit.",
        unit="searches",
        least=0,
    )
    reports_per_hour: int = _setting(
        20,
        "Limits",
        "How many reports or letters one reader may send in an hour; 0: no limit.",
        unit="reports",
        least=0,
    )
    attachment_kinds: str = _setting(
        "jpeg png gif webp avif pdf txt gpx fit zip docx xlsx odt ods mp3 ogg m4a mp4 webm",
        "Attachments",
        "The kinds of files that are taken, told by their content; none: attachments are off.",
        several=lambda: tuple(KINDS),
    )
    attachment_kilobytes: int = _setting(
        10_240,
        "Attachments",
        "The largest file that may be attached.",
        unit="kilobytes",
        least=1,
        most=102_400,
    )
    attachments_per_post: int = _setting(
        10,
        "Attachments",
        "How many files may hang to one post.",
        unit="files",
        least=1,
        most=100,
    )
    picture_megapixels: int = _setting(
        30,
        "Attachments",
        "The largest picture that may be attached; making it anew takes 14 MB a megapixel.",
        unit="megapixels",
        least=1,
        most=80,
    )
    avatar_kilobytes: int = _setting(
        2048,
        "Limits",
        "The largest picture that may be sent as an avatar.",
        unit="kilobytes",
        least=16,
        most=20_480,
    )


SETTINGS: tuple[Field[Any], ...] = fields(BoardSettings)
_BY_NAME = {setting.name: setting for setting in SETTINGS}


def settings_from(changed: dict[str, Any]) -> BoardSettings:
    """The settings in force, given the changed values; a value that fits no longer is left out."""
    good: dict[str, Any] = {}
    for name, value in changed.items():
        if name in _BY_NAME:
            try:
                good[name] = read_setting(name, value)
            except Invalid:
                continue
    return BoardSettings(**good)


def read_setting(name: str, value: Any) -> str | int | bool:
    """A value as typed or kept, in the setting's own type.

    Raises Invalid(name, ...) where there is no such setting or the value does not fit it.
    """
    setting = _BY_NAME.get(name)
    if setting is None:
        raise Invalid(name, f"There is no setting called {clean_line(str(name))[:60]}.")
    default = setting.default
    assert default is not MISSING
    if isinstance(default, bool):
        return str(value).strip().lower() in {"1", "true", "yes", "on"}
    if isinstance(default, int):
        return _read_number(setting, value)
    text = clean_text(str(value)).strip()
    choices = setting.metadata.get("choices")
    if choices and text not in choices():
        raise Invalid(name, "Choose one of the values offered.")
    if several := setting.metadata.get("several"):
        return _read_several(name, text, several())
    if len(text) > setting.metadata.get("most", 500):
        raise Invalid(name, f"At most {setting.metadata['most']} characters.")
    if text and setting.metadata.get("is_mail"):
        _check_mail(name, text)
    if name == "old_addresses":
        read_old_addresses(text)
    return text


def _check_mail(name: str, address: str) -> None:
    try:
        validate_email(address)
    except ValidationError as error:
        raise Invalid(name, "Write one mail address, such as desk@example.org.") from error


def _read_several(name: str, text: str, offered: tuple[str, ...]) -> str:
    chosen = set(text.lower().replace(",", " ").split())
    unknown = sorted(chosen - set(offered))
    if unknown:
        raise Invalid(
            name, f"{unknown[0][:30]} is none of those that are offered: {', '.join(offered)}."
        )
    return " ".join(each for each in offered if each in chosen)


def _read_number(setting: Field[Any], value: Any) -> int:
    try:
        number = int(str(value).strip())
    except ValueError as error:
        raise Invalid(setting.name, "Write a whole number.") from error
    least, most = setting.metadata.get("least", 0), setting.metadata.get("most", 2**31 - 1)
    if not least <= number <= most:
        raise Invalid(setting.name, f"Write a number from {least:,} to {most:,}.")
    return number

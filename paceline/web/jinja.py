"""The template environment: what every template can use beside its own context."""

from datetime import datetime
from pathlib import Path
from typing import Any

import jinja2
from django.conf import settings
from django.contrib.messages import get_messages
from django.templatetags.static import static
from django.urls import reverse
from markupsafe import Markup

from paceline import __version__
from paceline.accounts.viewer import Viewer
from paceline.lib import times
from paceline.lib.texts import size_in_words
from paceline.web.composer import new_once_key
from paceline.web.frame import frame_of


def make_environment(**options: Any) -> jinja2.Environment:
    """The environment. Undefined names are errors, so that a typing mistake does not pass."""
    options.setdefault("undefined", jinja2.StrictUndefined)
    options["autoescape"] = True
    environment = jinja2.Environment(  # noqa: S701 (it is set in the line above)
        **options, trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.do"]
    )
    environment.globals.update(
        static=static,
        theme_sheet=theme_sheet(settings.THEME),
        url=_url,
        version=__version__,
        messages_of=get_messages,
        frame_of=frame_of,
        new_once_key=new_once_key,
    )
    environment.filters.update(
        number=lambda value: f"{value:,}",
        plural=_plural,
        moment=_moment,
        day=lambda at, viewer: times.format_day(at, viewer.zone),
        month=lambda at, viewer: times.format_month(at, viewer.zone),
        age=lambda at, viewer: times.format_age(at, viewer.now),
        iso=lambda at: at.isoformat(timespec="seconds"),
        stored_html=Markup,
        size=size_in_words,
        initial=_initial,
        hue=lambda name: sum(map(ord, name)) % 8,
    )
    return environment


def theme_sheet(folder: Path) -> str:
    """The address of a site's own sheet; empty where it has none, or has not collected it yet."""
    if not (folder / "theme.css").is_file():
        return ""
    try:
        return static("theme/theme.css")
    except ValueError:
        # Put there after the last `paceline upgrade`: the pages go on without it.
        return ""


def _url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)


def _plural(count: int, one: str, many: str = "") -> str:
    """`3 posts`, `1 post`, `1,204 views`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def _moment(at: datetime, viewer: Viewer) -> str:
    return times.format_moment(at, viewer.zone, viewer.date_format)


def _initial(name: str) -> str:
    """The letter of a drawn avatar."""
    return next((character for character in name if character.isalnum()), "?")

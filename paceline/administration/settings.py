"""The board's settings: all of the table in code, by group, with what is in force."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from paceline.accounts.viewer import Viewer
from paceline.conf import site
from paceline.conf.board_settings import SETTINGS, read_setting
from paceline.forum.staff_log import Verb, log_site
from paceline.lib.times import DATE_FORMATS
from paceline.permissions.members import check_administrator
from paceline.posting.rerender import begin_run

# A format of dates is chosen by what it looks like.
_EXAMPLES = {form.key: form.example for form in DATE_FORMATS}


@dataclass(frozen=True, slots=True)
class SettingInput:
    """A setting as its form shows it. `kind` is text, number, switch or choice.

    `least` and `most` bound a number, and `most` the characters of a text.
    """

    name: str
    label: str
    kind: str
    value: str
    default: str
    help_text: str
    unit: str
    least: int | None
    most: int | None
    # (value, words)
    choices: tuple[tuple[str, str], ...]
    is_changed: bool


@dataclass(frozen=True, slots=True)
class SettingGroup:
    """Settings that belong together, in the order of the table."""

    name: str
    inputs: tuple[SettingInput, ...]


def load_settings(viewer: Viewer) -> tuple[SettingGroup, ...]:
    """All settings, by group. No query. Raises NotFound unless an administrator asks."""
    check_administrator(viewer)
    groups: dict[str, list[SettingInput]] = {}
    for setting in SETTINGS:
        value = getattr(viewer.site.settings, setting.name)
        groups.setdefault(setting.metadata["group"], []).append(_input(setting, value))
    return tuple(SettingGroup(name, tuple(inputs)) for name, inputs in groups.items())


def change_settings(viewer: Viewer, values: Mapping[str, str]) -> tuple[str, ...]:
    """Set these settings; answers the names of those that are others now.

    Raises NotFound, or Invalid(name, ...), and then changes nothing.
    """
    check_administrator(viewer)
    now = viewer.site.settings
    wanted = {name: read_setting(name, value) for name, value in values.items()}
    changed = {name: value for name, value in wanted.items() if getattr(now, name) != value}
    if changed:
        with transaction.atomic():
            site.change_settings(changed)
            if "old_addresses" in changed:
                # Links in posts lead here or elsewhere by it.
                begin_run()
            more = "; ".join(
                f"{_label(name)}: {getattr(now, name)} → {value}" for name, value in changed.items()
            )
            log_site(viewer, Verb.CHANGE_SETTINGS, "the settings", more=more[:1000])
    return tuple(changed)


def _input(setting: Any, value: Any) -> SettingInput:
    about = setting.metadata
    choices = about.get("choices")
    if isinstance(setting.default, bool):
        kind = "switch"
    elif isinstance(setting.default, int):
        kind = "number"
    else:
        kind = "choice" if choices else "text"
    return SettingInput(
        name=setting.name,
        label=_label(setting.name),
        kind=kind,
        value=_shown(value),
        default=_shown(setting.default),
        help_text=_help(about),
        unit=about.get("unit", ""),
        least=about.get("least"),
        most=about.get("most"),
        choices=tuple((each, _EXAMPLES.get(each, each)) for each in choices()) if choices else (),
        is_changed=value != setting.default,
    )


def _help(about: Any) -> str:
    several = about.get("several")
    offered = f" Offered: {', '.join(several())}." if several else ""
    return f"{about['help']}{offered}"


def _shown(value: Any) -> str:
    return ("1" if value else "") if isinstance(value, bool) else str(value)


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()

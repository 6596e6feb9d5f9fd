"""The site as a request sees it: settings in force and versions, read with one query."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F

from paceline.conf.board_settings import BoardSettings, read_setting, settings_from
from paceline.conf.models import SiteState
from paceline.lib.kept import forget_also

# The version that this process read last, for those who render and have no site at hand.
_markup_version = 1


@dataclass(frozen=True, slots=True)
class Site:
    """What the one row of `SiteState` says."""

    settings: BoardSettings
    settings_version: int
    rights_version: int
    notices_version: int
    markup_version: int


def load_site() -> Site:
    """The site now. One query."""
    global _markup_version
    row = SiteState.objects.filter(id=1).first() or SiteState(id=1)
    _markup_version = row.markup_version
    return Site(
        settings=settings_from(row.settings),
        settings_version=row.settings_version,
        rights_version=row.rights_version,
        notices_version=row.notices_version,
        markup_version=row.markup_version,
    )


def markup_version() -> int:
    """The version of the board's own codes and smilies when the site was read last. No query.

    Every request and every job that renders reads the site first. 1 where there never were any.
    """
    return _markup_version


@forget_also
def _forget_markup_version() -> None:
    global _markup_version
    _markup_version = 1


def change_settings(values: dict[str, Any]) -> Site:
    """Set these settings, keep the others. Raises Invalid(name, ...) and then changes nothing."""
    good = {name: read_setting(name, value) for name, value in values.items()}
    with transaction.atomic():
        _ensure_row()
        row = SiteState.objects.select_for_update(no_key=True).get(id=1)
        row.settings = {**row.settings, **good}
        row.settings_version += 1
        row.save(update_fields=["settings", "settings_version"])
    return load_site()


def rights_changed() -> None:
    """Boards, groups, rights or moderators were changed. In the caller's transaction."""
    _ensure_row()
    SiteState.objects.filter(id=1).update(rights_version=F("rights_version") + 1)


def notices_changed() -> None:
    """A notice or a footer page was changed. In the caller's transaction."""
    _ensure_row()
    SiteState.objects.filter(id=1).update(notices_version=F("notices_version") + 1)


def markup_changed() -> None:
    """A code or smilie of the board's own was changed. In the caller's transaction."""
    _ensure_row()
    SiteState.objects.filter(id=1).update(markup_version=F("markup_version") + 1)


def _ensure_row() -> None:
    SiteState.objects.get_or_create(id=1)

"""Titles that come with a group ("Administrator"), kept in the process while rights stand."""

from collections.abc import Mapping
from types import MappingProxyType

from paceline.accounts.models import MemberGroup
from paceline.conf.site import Site

_kept: tuple[int, Mapping[int, str]] | None = None


def staff_titles(site: Site) -> Mapping[int, str]:
    """By member id, the title of the first titled group in which they are, by its position.

    No query while `rights_version` stands, one when it has changed: whoever changes who is in a
    group must call `conf.site.rights_changed`.
    """
    global _kept
    version = site.rights_version
    if _kept is None or _kept[0] != version:
        _kept = (version, MappingProxyType(_read_titles()))
    return _kept[1]


def forget_titles() -> None:
    """For tests, whose databases come and go."""
    global _kept
    _kept = None


def _read_titles() -> dict[int, str]:
    titled = MemberGroup.objects.exclude(group__title="").order_by("group__position", "group_id")
    titles: dict[int, str] = {}
    for member_id, title in titled.values_list("member_id", "group__title"):
        titles.setdefault(member_id, title)
    return titles

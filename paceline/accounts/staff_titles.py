"""Titles that come with a group ("Administrator"), kept in the process while rights stand."""

from collections.abc import Mapping
from types import MappingProxyType

from paceline.accounts.models import MemberGroup
from paceline.conf.site import Site
from paceline.lib.kept import Kept

_kept: Kept[Mapping[int, str]] = Kept()


def staff_titles(site: Site) -> Mapping[int, str]:
    """By member id, the title of the first titled group in which they are, by its position.

    No query while `rights_version` stands, one when it has changed: whoever changes who is in a
    group must call `conf.site.rights_changed`.
    """
    return _kept.at(site.rights_version, _read_titles)


def _read_titles() -> Mapping[int, str]:
    titled = MemberGroup.objects.exclude(group__title="").order_by("group__position", "group_id")
    titles: dict[int, str] = {}
    for member_id, title in titled.values_list("member_id", "group__title"):
        titles.setdefault(member_id, title)
    return MappingProxyType(titles)

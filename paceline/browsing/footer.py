"""The row of links at the foot of every page: contact, archive, and the administrator's pages."""

from typing import NamedTuple

from paceline.accounts.viewer import Viewer
from paceline.forum.models import SitePage


class FooterLink(NamedTuple):
    """A link as the footer shows it."""

    title: str
    url: str


_FIRST = (FooterLink("Contact Us", "/contact/"), FooterLink("Archive", "/archive/"))
_kept: tuple[int, tuple[FooterLink, ...]] | None = None


def footer_links(viewer: Viewer) -> tuple[FooterLink, ...]:
    """The links in the order in which they are shown.

    No query while the notices' version of the viewer's site stands; one when it has changed.
    """
    global _kept
    version = viewer.site.notices_version
    if _kept is None or _kept[0] != version:
        pages = SitePage.objects.filter(is_in_footer=True).order_by("position", "id")
        rows = [
            FooterLink(title, f"/page/{slug}/")
            for title, slug in pages.values_list("title", "slug")
        ]
        _kept = (version, (*_FIRST, *rows))
    return _kept[1]


def forget_footer() -> None:
    """For tests, whose databases come and go."""
    global _kept
    _kept = None

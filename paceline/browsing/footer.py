"""The row of links at the foot of every page: contact, archive, and the administrator's pages."""

from typing import NamedTuple

from paceline.accounts.viewer import Viewer
from paceline.forum.models import SitePage
from paceline.lib.kept import Kept


class FooterLink(NamedTuple):
    """A link as the footer shows it."""

    title: str
    url: str


_FIRST = (FooterLink("Contact Us", "/contact/"), FooterLink("Archive", "/archive/"))
_kept: Kept[tuple[FooterLink, ...]] = Kept()


def footer_links(viewer: Viewer) -> tuple[FooterLink, ...]:
    """The links in the order in which they are shown.

    No query while the notices' version of the viewer's site stands; one when it has changed.
    """
    return _kept.at(viewer.site.notices_version, _read_links)


def _read_links() -> tuple[FooterLink, ...]:
    pages = SitePage.objects.filter(is_in_footer=True).order_by("position", "id")
    titled = pages.values_list("title", "slug")
    return (*_FIRST, *(FooterLink(title, f"/page/{slug}/") for title, slug in titled))

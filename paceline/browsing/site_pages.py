"""The pages that the footer links to."""

from dataclasses import dataclass
from datetime import datetime

from paceline.forum.models import SitePage
from paceline.lib.errors import NotFound


@dataclass(frozen=True, slots=True)
class SitePageView:
    """A page as the administrator wrote it; `html` is safe to show."""

    slug: str
    title: str
    html: str
    changed_at: datetime


def load_site_page(slug: str) -> SitePageView:
    """The page of that name, the same for everybody. One query. Raises NotFound."""
    page = SitePage.objects.filter(slug=slug).first()
    if page is None:
        raise NotFound("There is no such page.")
    return SitePageView(page.slug, page.title, page.html, page.changed_at)

"""The pages that the footer links to: terms, privacy, and whatever else a board must say."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from paceline.accounts.viewer import Viewer
from paceline.administration.ordering import move_among, place_behind
from paceline.administration.words import check_line, check_text
from paceline.conf.site import notices_changed
from paceline.forum.models import SitePage
from paceline.forum.staff_log import Verb, log_site
from paceline.lib.errors import Invalid, NotFound
from paceline.lib.texts import slugify
from paceline.markup.render import RENDERER_VERSION
from paceline.permissions.members import check_administrator
from paceline.posting.texts import render_for_staff

LONGEST_TEXT = 100_000


@dataclass(frozen=True, slots=True)
class PageValues:
    """What an administrator says of a page. An empty `slug` is made of the title."""

    title: str
    slug: str = ""
    source: str = ""
    is_in_footer: bool = True


@dataclass(frozen=True, slots=True)
class PageLine:
    """A page in the list, and in its form."""

    id: int
    values: PageValues
    changed_at: datetime


def load_pages(viewer: Viewer) -> tuple[PageLine, ...]:
    """All pages in their order. One query. Raises NotFound unless an administrator asks."""
    check_administrator(viewer)
    return tuple(_line(row) for row in SitePage.objects.all())


def load_page(viewer: Viewer, page_id: int) -> PageLine:
    """One page. One query. Raises NotFound."""
    check_administrator(viewer)
    return _line(_find(page_id))


def add_page(viewer: Viewer, values: PageValues) -> int:
    """Add a page behind the others; answers its id. Raises NotFound, or Invalid by field."""
    check_administrator(viewer)
    with transaction.atomic():
        columns = _check(values, 0)
        row = SitePage.objects.create(
            position=place_behind(SitePage.objects.all()), changed_at=viewer.now, **columns
        )
        log_site(viewer, Verb.ADD_PAGE, row.title)
        notices_changed()
    return row.pk


def change_page(viewer: Viewer, page_id: int, values: PageValues) -> None:
    """Change a page; with another slug its address is another. Raises alike."""
    check_administrator(viewer)
    with transaction.atomic():
        row = _find(page_id)
        columns = _check(values, page_id)
        if all(getattr(row, name) == value for name, value in columns.items()):
            return
        for name, value in columns.items():
            setattr(row, name, value)
        row.changed_at = viewer.now
        row.save(update_fields=[*columns, "changed_at"])
        log_site(viewer, Verb.CHANGE_PAGE, row.title)
        notices_changed()


def move_page(viewer: Viewer, page_id: int, direction: str) -> None:
    """Move a page `up` or `down`. Raises NotFound, or Invalid("direction", ...)."""
    check_administrator(viewer)
    with transaction.atomic():
        row = _find(page_id)
        if move_among(list(SitePage.objects.all()), page_id, direction):
            log_site(viewer, Verb.CHANGE_PAGE, row.title, more=direction)
            notices_changed()


def delete_page(viewer: Viewer, page_id: int) -> None:
    """Delete a page with its text. Raises NotFound."""
    check_administrator(viewer)
    with transaction.atomic():
        row = _find(page_id)
        log_site(viewer, Verb.DELETE_PAGE, row.title)
        row.delete()
        notices_changed()


def _line(row: SitePage) -> PageLine:
    values = PageValues(
        title=row.title, slug=row.slug, source=row.source, is_in_footer=row.is_in_footer
    )
    return PageLine(row.pk, values, row.changed_at)


def _find(page_id: int) -> SitePage:
    row = SitePage.objects.filter(id=page_id).first()
    if row is None:
        raise NotFound("There is no such page.")
    return row


def _check(values: PageValues, page_id: int) -> dict[str, Any]:
    title = check_line("title", values.title, most=100, must="A page needs a title.")
    slug = slugify(values.slug or title).strip("-")
    if not slug:
        raise Invalid("slug", "Write the page's address in letters from a to z.")
    if SitePage.objects.filter(slug=slug).exclude(id=page_id).exists():
        raise Invalid("slug", "Another page has this address.")
    source = check_text("source", values.source, most=LONGEST_TEXT)
    return {
        "title": title,
        "slug": slug,
        "source": source,
        "html": render_for_staff(source).html,
        "renderer": RENDERER_VERSION,
        "is_in_footer": values.is_in_footer,
    }

"""A saved page into the board: the story, told once, in one transaction."""

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from paceline.conf.models import SiteState
from paceline.conf.own_addresses import OldAddress, read_home, read_old_addresses
from paceline.conf.site import change_settings, load_site
from paceline.forum.models import SitePage, Thread
from paceline.imports.boards import bring_board
from paceline.imports.known import Kind, Known
from paceline.imports.members import bring_people
from paceline.imports.posts import (
    add_posts,
    find_new,
    forget_aside,
    keep_aside,
    point_waiting,
)
from paceline.imports.report import ImportReport
from paceline.imports.saved_pages.page import SavedPage
from paceline.imports.saved_pages.phrases import zone_name
from paceline.imports.threads import (
    find_place,
    hold,
    lock,
    make_thread,
    release,
    set_start,
)
from paceline.imports.totals import count_now, settle_totals
from paceline.lib.errors import Invalid
from paceline.lib.texts import clean_line, fold_name

# Characters of the setting up to which another address is added by itself.
_ROOM_FOR_OLD = 1_500
_ALWAYS_IN_FOOTER = {"contact us", "archive"}


def bring_in_page(page: SavedPage, *, zone: str = "", at: datetime | None = None) -> ImportReport:
    """Bring a page of a thread in: boards, members, the thread, its posts, what they state.

    What an earlier page brought is left as it is now, so the same page twice changes nothing, and
    another page of the thread adds to it. `zone` names the zone of the page's times; where it is
    empty the page's own note is taken, else UTC. `at` is for tests and defaults to now: no post
    is later. One transaction. Raises Invalid("zone", ...) and then changes nothing.
    """
    own = zone_of(page, zone)
    moments = _moments(page, own, at or timezone.now())
    source = fold_name(page.site_name) or "a saved page"
    report = ImportReport(
        source=page.site_name or source,
        title=page.title,
        source_kind=page.source_kind,
        page_number=page.page_number,
        page_count=page.page_count,
        zone=str(own),
        notes=list(page.unread),
    )
    known = Known(source[:200])
    with transaction.atomic():
        _set_site(page, known, report)
        _bring_in(page, moments, own, known, report)
    return report


def zone_of(page: SavedPage, zone: str = "") -> tzinfo:
    """The zone in which the page's times are written. Raises Invalid("zone", ...)."""
    name = zone or zone_name(page.zone_note) or "UTC"
    try:
        return UTC if name == "UTC" else ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise Invalid("zone", f"There is no time zone called {name}.") from error


def _bring_in(
    page: SavedPage, moments: dict[int, datetime], zone: tzinfo, known: Known, report: ImportReport
) -> None:
    board = bring_board(page, known, report)
    people = bring_people(page, moments, known, report)
    before = count_now([member.pk for member in people.all()])
    place = find_place(page, moments, board, people, known)
    if place.was_deleted:
        report.note("this thread was deleted here for good, so nothing was brought in")
        return
    coming = find_new(page, moments, place.key, known)
    report.known = sum(not post.is_wiki for post in page.posts) - len(coming)
    thread = place.thread
    if thread is None:
        thread = make_thread(page, moments, board, people)
        report.threads += 1
    known.remember(Kind.THREAD, thread.pk, page.thread_source_id, place.key)
    if coming:
        is_shown = place.thread is None or hold(thread := lock(thread))
        set_start(thread, page, moments, people)
        add_posts(coming, thread, people, zone, known, report)
        point_waiting(coming, thread, known)
        forget_aside(coming, known)
        if is_shown:
            release(thread)
    keep_aside(page, thread, known, report)
    report.thread_id, report.thread_slug = thread.pk, thread.slug
    settle_totals(before, people.stated, known)
    for post in page.posts:
        for attachment in post.attachments:
            report.note(f"the file {attachment.name} is not in the page", line=post.line)


def _moments(page: SavedPage, zone: tzinfo, now: datetime) -> dict[int, datetime]:
    """Each post's moment in UTC, by its place on the page.

    A post without a readable date stands at the moment of the one before it, or behind it: it is
    listed as unread, and its place among the others is right.
    """
    moments: dict[int, datetime] = {}
    stated = [
        post.posted_at.replace(tzinfo=zone).astimezone(UTC)
        for post in page.posts
        if post.posted_at is not None and not post.is_wiki
    ]
    last = min([stated[0] if stated else now, now])
    for place, post in enumerate(page.posts):
        if post.posted_at is None:
            moments[place] = last
            continue
        # A clock that ran ahead would put posts into the future, where nobody has read them.
        moments[place] = min(post.posted_at.replace(tzinfo=zone).astimezone(UTC), now)
        if not post.is_wiki:
            last = moments[place]
    return moments


def _home_of(page: SavedPage) -> OldAddress | None:
    """Where the old board stood, where the page links to its index; None otherwise."""
    address = page.breadcrumb[0].url if page.breadcrumb else ""
    if not address.startswith(("http://", "https://")):
        return None
    try:
        return read_home(address.partition("?")[0])
    except Invalid:
        return None


def _set_site(page: SavedPage, known: Known, report: ImportReport) -> None:
    """The site's name and footer line, on a board that has none of its own yet; where it stood."""
    row = SiteState.objects.filter(id=1).first()
    changed = row.settings if row else {}
    wanted = {}
    if home := _home_of(page):
        known.remember(Kind.HOME, 0, None, f"{home.host}{home.folder}"[:200])
        old = load_site().settings.old_addresses
        if home not in read_old_addresses(old) and len(old) < _ROOM_FOR_OLD:
            wanted["old_addresses"] = f"{old}\nhttp://{home.host}{home.folder}".strip()
    if "footer_line" not in changed and page.footer_line:
        wanted["footer_line"] = clean_line(page.footer_line)[:500]
    if "site_name" not in changed and page.site_name and not Thread.objects.exists():
        wanted["site_name"] = clean_line(page.site_name)[:80]
    if wanted:
        change_settings(wanted)
        report.settings = tuple(sorted(wanted))
    titles = {fold_name(title) for title in SitePage.objects.values_list("title", flat=True)}
    for name in page.footer_links:
        if fold_name(name) not in titles | _ALWAYS_IN_FOOTER:
            report.note(f"the footer linked to {name}, which has no page here")

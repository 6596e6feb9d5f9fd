"""Cards of pages elsewhere: what a page says of itself, fetched in the background and kept."""

import json
import logging
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from paceline.conf.site import load_site
from paceline.lib.texts import clean_line
from paceline.markup.addresses import MAX_ADDRESS_CHARS, safe_address
from paceline.markup.media_hosts import oembed_address
from paceline.markup.render import PreviewFact, plain_excerpt
from paceline.media.fetch import Fetched, Unfetched, fetch
from paceline.media.models import LinkPreview
from paceline.media.remote_pictures import (
    fetch_pictures,
    hash_address,
    next_try,
    picture_facts,
)

log = logging.getLogger(__name__)

# What a page says of itself stands at its start; large sites have half a megabyte before it.
MOST_BYTES = 1024 * 1024
DEADLINE_S = 8.0
# For all pages of a post.
JOB_S = 10.0
# A page that is linked again after a week is asked again.
FRESH = timedelta(days=7)
LONGEST_TITLE, LONGEST_SITE, LONGEST_DESCRIPTION = 160, 60, 240

# Possessive throughout, for a page may be made to be looked at for ever.
_HTML = re.compile(
    rb"\s*+(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype html|html|head|meta|title)\b", re.I | re.S
)
_START_BYTES = 16_384
_LONGEST_TAG = 4_000
_META = re.compile(r"<meta\s", re.I)
_TITLE = re.compile(r"<title(?:\s[^<>]{0,200})?>", re.I)
_TAG = re.compile(r"""<meta(?:[^>"']|"[^"]*+"|'[^']*+')*+>""", re.I)
_CHARSET_IN_PAGE = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([a-z0-9_-]{2,30})", re.I)
# Python knows codecs that take the square of a page's length.
_CHARSET = re.compile(
    r"utf-?8|(?:us-)?ascii|iso-?8859-?\d{1,2}|latin-?\d|(?:windows-?|cp)(?:125\d|874|932)"
    r"|koi8-[ru]|shift[_-]jis|euc-(?:jp|kr)|gb(?:k|2312|18030)|big5",
    re.I,
)


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says of itself; an empty `title` is nothing. `picture` is an address or empty."""

    title: str = ""
    site: str = ""
    description: str = ""
    picture: str = ""


def find_previews(addresses: Iterable[str]) -> dict[str, PreviewFact]:
    """What is known of these pages, by address; those of this board are left out.

    Two queries, and one for the board's settings; none for no address.
    """
    wanted = {hash_address(address): address for address in addresses if _is_elsewhere(address)}
    board = load_site().settings if wanted else None
    if board is None or not board.link_previews:
        return {}
    rows = list(LinkPreview.objects.filter(address_hash__in=wanted).exclude(title=""))
    shown = [row.picture for row in rows if row.picture and board.remote_pictures]
    pictures = picture_facts(shown)
    facts = {}
    for row in rows:
        picture = pictures.get(row.picture)
        facts[wanted[row.address_hash]] = PreviewFact(
            title=row.title,
            site=row.site,
            description=row.description,
            # One whose size is not known was never seen.
            picture=picture if picture and picture.width else None,
        )
    return facts


def fetch_previews(addresses: Iterable[str]) -> int:
    """Ask those of these pages that were not asked lately; how many said something. For jobs.

    A few queries for each page; outside of transactions.
    """
    if not load_site().settings.link_previews:
        return 0
    ends_at = time.monotonic() + JOB_S
    came = 0
    for address in dict.fromkeys(addresses):
        if _is_elsewhere(address) and time.monotonic() < ends_at and _is_due(address):
            came += _fetch_one(address)
    return came


def read_page(found: Fetched) -> PageFacts:
    """What a page says of itself; nothing where it is no HTML by what is in it. No query."""
    if found.declared_type not in ("text/html", "application/xhtml+xml"):
        return PageFacts()
    if not _HTML.match(found.content[:_START_BYTES].removeprefix(b"\xef\xbb\xbf")):
        return PageFacts()
    page = LexborHTMLParser(_own_words(_decode(found)))
    said: dict[str, str] = {}
    for node in page.css("meta"):
        attributes = node.attributes
        name = (attributes.get("property") or attributes.get("name") or "").lower()
        said.setdefault(name, clean_line(attributes.get("content") or ""))
    heading = page.css_first("title")
    title = said.get("og:title") or said.get("twitter:title") or ""
    if not title and heading is not None:
        title = clean_line(heading.text()[:2000])
    words = said.get("og:description") or said.get("description") or ""
    host = (urlsplit(found.address).hostname or "").removeprefix("www.")
    return PageFacts(
        title=plain_excerpt(title, LONGEST_TITLE),
        site=plain_excerpt(said.get("og:site_name") or host, LONGEST_SITE),
        description=plain_excerpt(words, LONGEST_DESCRIPTION),
        picture=_picture(found.address, said.get("og:image") or said.get("twitter:image") or ""),
    )


def read_oembed(found: Fetched) -> PageFacts:
    """What a host says of a film or a sound by oEmbed (https://oembed.com); nothing where it does
    not. No query."""
    try:
        said = json.loads(found.content)
    except (ValueError, RecursionError):
        return PageFacts()
    if not isinstance(said, dict):
        return PageFacts()
    title, site, picture = (
        clean_line(value) if isinstance(value := said.get(name), str) else ""
        for name in ("title", "author_name", "thumbnail_url")
    )
    return PageFacts(
        title=plain_excerpt(title, LONGEST_TITLE),
        site=plain_excerpt(site, LONGEST_SITE),
        picture=_picture(found.address, picture),
    )


def _own_words(page: str) -> str:
    """The title and the first metas of a page, alone in one that is small.

    No parser is given what a stranger wrote: a megabyte of nested elements takes it minutes.
    """
    metas = [page[match.start() :][:_LONGEST_TAG] for match in islice(_META.finditer(page), 200)]
    found = [match[0] for meta in metas if (match := _TAG.match(meta))]
    if title := _TITLE.search(page):
        words = page[title.end() :][:_LONGEST_TAG].partition("<")[0]
        found.append(f"<title>{words}</title>")
    return "<!doctype html><head>" + "".join(found)


def _picture(page: str, said: str) -> str:
    try:
        address = urljoin(page, said) if said else ""
    except ValueError:
        return ""
    is_good = address.startswith("http") and len(address) <= MAX_ADDRESS_CHARS
    return (safe_address(address) or "") if is_good else ""


def _decode(found: Fetched) -> str:
    in_page = _CHARSET_IN_PAGE.search(found.content[:4096])
    charset = found.declared_charset or (in_page[1].decode() if in_page else "")
    if found.content.startswith(b"\xef\xbb\xbf") or not _CHARSET.fullmatch(charset):
        charset = "utf-8-sig"
    try:
        return found.content.decode(charset, "replace")
    except LookupError:
        return found.content.decode("utf-8", "replace")


def _is_elsewhere(address: str) -> bool:
    own = urlsplit(settings.SITE_URL).netloc.lower()
    return not own or urlsplit(address).netloc.lower() != own


def _is_due(address: str) -> bool:
    row = LinkPreview.objects.filter(address_hash=hash_address(address)).first()
    if row is None:
        return True
    now = timezone.now()
    if row.retry_at is not None:
        return row.retry_at <= now
    return row.fetched_at is None or row.fetched_at < now - FRESH


def _fetch_one(address: str) -> bool:
    said, is_final = PageFacts(), True
    oembed = oembed_address(address)
    try:
        found = fetch(
            oembed or address,
            most_bytes=MOST_BYTES,
            deadline_s=DEADLINE_S,
            accept="application/json" if oembed else "text/html",
            is_start_enough=True,
        )
        said = read_oembed(found) if oembed else read_page(found)
    except Unfetched as error:
        log.info("no page at %s: %s", address, error)
        is_final = error.is_final
    if said.picture:
        fetch_pictures([said.picture])
    row, _ = LinkPreview.objects.get_or_create(
        address_hash=hash_address(address), defaults={"address": address}
    )
    if said.title:
        row.title, row.site, row.description = said.title, said.site, said.description
        row.picture, row.fetched_at = said.picture, timezone.now()
        row.failures, row.retry_at = 0, None
    else:
        # What it said before stands.
        row.failures = min(row.failures + 1, 100)
        row.retry_at = next_try(row.failures, is_final=is_final)
    row.save()
    return bool(said.title)

"""A thread page of vBulletin 3.5 to 3.9, saved as HTML, read by the ids of its templates.

The words on the page may be in any language where an id says what they are; only what has no id
(join dates, counters, the note of an edit) is read by vBulletin's English phrases.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from paceline.imports.saved_pages.finish import Told, finish, shown
from paceline.imports.saved_pages.html_source import complete
from paceline.imports.saved_pages.html_tree import (
    Index,
    elements_of,
    index,
    lines_of,
    parse,
    text_of,
    value,
)
from paceline.imports.saved_pages.page import Crumb, NotAPage, Rule, SavedPage, Unread
from paceline.imports.saved_pages.phrases import (
    Pager,
    is_copyright,
    read_footer_links,
    read_pager,
    read_rule,
    read_zone,
)
from paceline.imports.saved_pages.vbulletin_html_post import Setting, read_post

SOURCE_KIND = "vbulletin-3-html"

_MESSAGE = re.compile(r"post_message_\w{1,40}")
_POST = re.compile(r"post(\d{1,18})")
_MESSAGE_AT = re.compile(r"\bid\s*=\s*[\"']?(post(?:_message_)?\w{1,40})")
_THREAD_ID = re.compile(
    r"searchthreadid=(\d{1,18})|showthread\.php\?t=(\d{1,18})|[?&;]t=(\d{1,18})\b"
    r"|/(\d{1,18})-[^/\"'<>\s]{1,200}\.html|-t(\d{1,18})(?:-|\.html)"
)
_BOARD_ID = re.compile(r"[?&]f=(\d{1,18})\b|-(\d{1,18})/?$|/f(\d{1,18})/|/(\d{1,18})-[^/]*/?$")
_DELETED = re.compile(r"has been deleted", re.IGNORECASE)
_OTHERS = (
    ("XenForo", re.compile(r"<html[^>]{1,300}id=\"XenForo\"|data-app=\"public\"|js/xf/", re.I)),
    ("phpBB", re.compile(r"id=\"phpbb\"|viewtopic\.php\?", re.I)),
    ("vBulletin 4", re.compile(r"content=\"vBulletin 4", re.I)),
    ("vBulletin 5", re.compile(r"content=\"vBulletin 5", re.I)),
)


def looks_like_html(text: str) -> bool:
    """Whether a text is HTML rather than a page saved as text."""
    return bool(re.search(r"<(?:!doctype\s+html|html|body|table|div)\b", text[:20_000], re.I))


def read_html(text: str, told: Told) -> SavedPage:
    """The page that the HTML shows. Raises NotAPage where it is no thread of vBulletin 3."""
    page = parse(text)
    ids = index(page)
    messages = [node for key, node in ids.ids.items() if _MESSAGE.fullmatch(key)]
    if not messages or not any(key.startswith("td_post_") for key in ids.ids):
        raise NotAPage(_why_not(text))
    url = _own_address(page)
    base_url = value(page.css_first("base[href]"), "href") or url
    crumbs = _breadcrumb(page, base_url)
    title = _title(page, crumbs)
    pager = _pager(page, ids)
    lines = _lines_of_ids(text)
    setting = Setting(ids, title, base_url)
    posts = [
        read_post(root, message, setting, lines.get(value(message, "id"), 0))
        for root, message in zip(_roots(messages), messages, strict=True)
    ]
    head = SavedPage(
        SOURCE_KIND,
        title,
        (),
        site_name=_site_name(page, crumbs),
        breadcrumb=crumbs,
        board_name=crumbs[-1].name if crumbs else "",
        board_description=_description(page, crumbs),
        thread_source_id=_number_in(_THREAD_ID, url) or _number_in(_THREAD_ID, text),
        url=url,
        page_number=pager.page if pager else None,
        page_count=pager.count if pager else None,
        is_locked=_is_locked(page),
        rules=_rules(page),
    )
    return finish(_with_foot(head, page), posts, list(_without_words(ids, lines)), told)


def _roots(messages: Sequence[LexborNode]) -> Iterator[LexborNode]:
    """For each post's words the outermost element that holds no other post's."""
    held = Counter(step.mem_id for message in messages for step in _upwards(message))
    for message in messages:
        root = message
        for step in _upwards(message):
            if held[step.mem_id] > 1:
                break
            root = step
        yield root


def _upwards(node: LexborNode) -> Iterator[LexborNode]:
    step: LexborNode | None = node
    while step is not None and step.is_element_node:
        yield step
        step = step.parent


def _lines_of_ids(text: str) -> dict[str, int]:
    """The line, from 1, on which each post's id stands first."""
    lines: dict[str, int] = {}
    line, position = 1, 0
    for found in _MESSAGE_AT.finditer(text):
        line += text.count("\n", position, found.start())
        position = found.start()
        lines.setdefault(found[1], line)
    return lines


def _without_words(ids: Index, lines: dict[str, int]) -> Iterator[Unread]:
    """Posts of which the page shows only a line: deleted ones, and those of ignored members."""
    for key, node in ids.ids.items():
        found = _POST.fullmatch(key)
        if found is None or f"post_message_{found[1]}" in ids.ids:
            continue
        text = text_of(node)
        if _DELETED.search(text):
            why = f"the post with id {found[1]} was deleted on the old board"
            yield Unread(lines.get(key, 0), shown(text), why)
        elif text:
            why = f"the page does not show the words of the post with id {found[1]}"
            yield Unread(lines.get(key, 0), shown(text), why, is_post=True)


def _own_address(page: LexborHTMLParser) -> str:
    canonical = value(page.css_first('link[rel="canonical"]'), "href")
    return canonical or value(page.css_first('meta[property="og:url"]'), "content")


def _number_in(form: re.Pattern[str], text: str) -> int | None:
    found = form.search(text)
    return int(next(filter(None, found.groups()))) if found else None


def _breadcrumb(page: LexborHTMLParser, base_url: str) -> tuple[Crumb, ...]:
    marked = page.css('[itemtype$="/BreadcrumbList"] a[itemprop="item"]')
    links = marked or page.css("span.navbar a")
    crumbs: list[Crumb] = []
    for link in links:
        href, name = value(link, "href"), text_of(link)
        if name and not href.endswith("#"):
            url = complete(href, base_url)
            crumbs.append(Crumb(name, url, _number_in(_BOARD_ID, url) if crumbs else None))
    return tuple(crumbs)


def _title(page: LexborHTMLParser, crumbs: Sequence[Crumb]) -> str:
    for selector in ("h1.threadtitle", "h1 strong", "td.navbar strong", "div.navbar strong"):
        node = page.css_first(selector)
        if node is not None and text_of(node):
            return text_of(node)
    title = text_of(node) if (node := page.css_first("title")) is not None else ""
    site = crumbs[0].name if crumbs else ""
    return re.sub(r" - Page \d+$", "", title.removesuffix(site).rstrip(" -|"))


def _site_name(page: LexborHTMLParser, crumbs: Sequence[Crumb]) -> str:
    stated = value(page.css_first('meta[property="og:site_name"]'), "content")
    return stated or (crumbs[0].name if crumbs else "")


def _description(page: LexborHTMLParser, crumbs: Sequence[Crumb]) -> str:
    """The words behind the board's name, in the cell that begins with that name in bold."""
    for strong in page.css("strong") if crumbs else ():
        if text_of(strong) != crumbs[-1].name or strong.parent is None:
            continue
        parts = elements_of(strong.parent)
        if len(parts) >= 2 and parts[0].mem_id == strong.mem_id:
            return " ".join(text_of(part) for part in parts[1:] if part.tag in {"span", "div"})
    return ""


def _pager(page: LexborHTMLParser, ids: Index) -> Pager | None:
    current, total = ids.ids.get("mb_page_current"), ids.ids.get("mb_page_total")
    if current is not None and total is not None:
        return read_pager(f"{text_of(current)} / {text_of(total)}")
    for cell in page.css("div.pagenav td"):
        if pager := read_pager(text_of(cell)):
            return pager
    # A thread that fits on one page has no pager.
    return Pager(1, 1)


def _is_locked(page: LexborHTMLParser) -> bool:
    closed = page.css_first('a.closed, img[src*="threadclosed"]')
    return closed is not None


def _rules(page: LexborHTMLParser) -> tuple[Rule, ...]:
    box = page.css_first('[id^="collapseobj_forumrules"]')
    lines = lines_of(box) if box is not None else []
    return tuple(filter(None, map(read_rule, lines)))


def _with_foot(head: SavedPage, page: LexborHTMLParser) -> SavedPage:
    """The page with what stands under the posts: the links, the copyright line, the zone."""
    lines = lines_of(page.body)[-400:] if page.body is not None else []
    return replace(
        head,
        footer_links=next(filter(None, map(read_footer_links, lines)), ()),
        footer_line=next(filter(is_copyright, lines), ""),
        zone_note=next(filter(None, map(read_zone, lines)), ""),
    )


def _why_not(text: str) -> str:
    for program, sign in _OTHERS:
        if sign.search(text[:200_000]):
            return f"This is a page of {program}; only thread pages of vBulletin 3 are read so far."
    return "No thread of vBulletin 3 was found on this page."

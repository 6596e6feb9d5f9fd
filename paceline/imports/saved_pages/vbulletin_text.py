"""A thread page of vBulletin 3, saved as text: by hand, by a text browser, or by a scraper.

A post begins where a date is followed by `#` and a number, and ends where its author is said to
be online or offline, or where the next begins. What stands in between is told apart by
vBulletin's English phrases. What text cannot show (ids, the whole of a shortened address, where a
quote ends) is not guessed: see vbulletin_text_post.py and text_quotes.py.
"""

import re
from collections.abc import Iterator, Sequence

from paceline.imports.saved_pages.dates import is_date
from paceline.imports.saved_pages.finish import Told, finish
from paceline.imports.saved_pages.page import Crumb, NotAPage, SavedPage, Unread
from paceline.imports.saved_pages.phrases import (
    Pager,
    find_rules,
    is_copyright,
    read_footer_links,
    read_pager,
    read_zone,
)
from paceline.imports.saved_pages.text_cut import Block, Heading
from paceline.imports.saved_pages.text_lines import Line, Lines, Manner, read_lines
from paceline.imports.saved_pages.vbulletin_text_post import read_posts

SOURCE_KIND = "vbulletin-3-text"

# The words of the status icon beside the date, where the way of saving shows them.
_STATUS = re.compile(r"(?:Old|New|Unread|Default)\s+", re.IGNORECASE)
_NUMBER = re.compile(r"#\s*(\d{1,9})(?:\s*[(|].{0,40})?")
_GO_BACK = re.compile(r"Go Back\s+", re.IGNORECASE)
_RELOAD = re.compile(r"Reload this Page(?:\s*>)?", re.IGNORECASE)
_OUT_OF_PLACE = re.compile(r"Top Answer|Wiki ?post", re.IGNORECASE)
_CLOSED = re.compile(r"Closed Thread\b.*", re.IGNORECASE)
_TOOLS = re.compile(r"(?:Thread Tools|Search this Thread|Display Modes?|Rate Thread|Notices)", re.I)
_FOOT = re.compile(r"Posting Rules|You may (?:not )?post new threads|Contact Us\b.*", re.IGNORECASE)
_MOST_CRUMBS = 12


def read_text_page(text: str, told: Told) -> SavedPage:
    """The page that the text shows. Raises NotAPage where no post begins in it."""
    lines = read_lines(text)
    headings = list(_headings(lines))
    if not headings:
        raise NotAPage("No post was found: no line holds a date that a post's number follows.")
    foot_at = _foot_at(lines.all, headings[-1].end)
    above, below = lines.all[: headings[0].start], lines.all[foot_at:]
    crumbs = _breadcrumb(above, lines.manner)
    title = _title(above, lines.manner)
    pager = _pager(above) or _pager(lines.all[headings[-1].end :])
    joined = " ".join(line.text for line in below)
    head = SavedPage(
        SOURCE_KIND,
        title,
        (),
        site_name=crumbs[0].name if crumbs else "",
        breadcrumb=crumbs,
        board_name=crumbs[-1].name if crumbs else "",
        board_description=_description(above, crumbs, lines.manner),
        page_number=pager.page if pager else None,
        page_count=pager.count if pager else None,
        is_locked=any(_CLOSED.fullmatch(line.text) for line in above),
        rules=find_rules(joined),
        footer_links=_footer_links(below, lines.manner),
        footer_line=next((line.text for line in below if is_copyright(line.text)), ""),
        zone_note=read_zone(joined),
    )
    ends = [*(heading.start for heading in headings[1:]), foot_at]
    blocks = [
        Block(heading, lines.all[heading.end : end])
        for heading, end in zip(headings, ends, strict=True)
    ]
    return finish(head, read_posts(blocks, lines, title), list(_about_manner(lines)), told)


def _about_manner(lines: Lines) -> Iterator[Unread]:
    if lines.manner is Manner.PIECES:
        yield Unread(0, "", "saved in pieces: where lines end inside posts is not certain")


def _headings(lines: Lines) -> Iterator[Heading]:
    """Where posts begin, in the order of the page; a number counts once."""
    seen: set[int] = set()
    all_lines = [(index, line) for index, line in enumerate(lines.all) if line.text]
    for place, (index, line) in enumerate(all_lines):
        date_text = _STATUS.sub("", line.text, count=1)
        has_status = date_text != line.text
        if not has_status and not is_date(date_text):
            continue
        following = all_lines[place + 1 : place + 6]
        number, used = _number([text for _, text in following])
        if number is not None and number not in seen:
            seen.add(number)
            end = following[used - 1][0] + 1
            yield Heading(index, end, line.number, date_text, number)
        elif place and _OUT_OF_PLACE.fullmatch(all_lines[place - 1][1].text) and not has_status:
            yield Heading(index, index + 1, line.number, date_text, None)


def _number(following: Sequence[Line]) -> tuple[int | None, int]:
    """The post's number and how many of the lines below its date say it."""
    texts = [line.text for line in following]
    if not texts:
        return None, 0
    if found := _NUMBER.fullmatch(texts[0]):
        return int(found[1]), 1
    if texts[0] == "#" and len(texts) > 1 and texts[1].isdigit() and len(texts[1]) < 10:
        has_link = texts[2:5] == ["(", "permalink", ")"]
        return int(texts[1]), 5 if has_link else 2
    return None, 0


def _foot_at(lines: Sequence[Line], start: int) -> int:
    """The index of the first line that belongs to the page again, behind the last post."""
    for index in range(start, len(lines)):
        if _FOOT.fullmatch(lines[index].text):
            return index
        # In pieces the first rule is on lines of its own.
        pieces = " ".join(line.text for line in lines[index : index + 3])
        if lines[index].text == "You" and _FOOT.fullmatch(pieces):
            return index
    return len(lines)


def _breadcrumb(above: Sequence[Line], manner: Manner) -> tuple[Crumb, ...]:
    if manner is Manner.PIECES:
        return tuple(Crumb(name) for name in _crumb_pieces(above)[:-1])
    rows = [line.text for line in above if " > " in line.text]
    rows = [row for row in rows if _GO_BACK.match(row)] or rows[-1:]
    names = _GO_BACK.sub("", rows[0], count=1).split(" > ") if rows else []
    return tuple(Crumb(name.strip()) for name in names[:_MOST_CRUMBS] if name.strip())


def _crumb_pieces(above: Sequence[Line]) -> list[str]:
    """The pieces between the first signs of a breadcrumb; the last is the thread's title."""
    texts = [line.text for line in above]
    first = next((i for i, text in enumerate(texts) if i and text == ">"), 0)
    names: list[str] = []
    index = first - 1
    while first and index < len(texts) and len(names) < _MOST_CRUMBS:
        names.append(texts[index])
        if index + 1 >= len(texts) or texts[index + 1] != ">":
            break
        index += 2
    return names


def _title(above: Sequence[Line], manner: Manner) -> str:
    texts = [line.text for line in above if line.text]
    if manner is Manner.PIECES:
        return next(iter(_crumb_pieces(above)[-1:]), "") or next(iter(texts), "")
    for index, text in enumerate(texts[:-1]):
        if _RELOAD.fullmatch(text):
            return texts[index + 1]
    others = [text for text in texts if not (_TOOLS.fullmatch(text) or _CLOSED.fullmatch(text))]
    return others[-1] if others else ""


def _description(above: Sequence[Line], crumbs: Sequence[Crumb], manner: Manner) -> str:
    """The words behind the board's name, on the line that begins with it."""
    name = crumbs[-1].name if crumbs else ""
    texts = [line.text for line in above if line.text]
    if name and manner is Manner.PIECES:
        # The breadcrumb ends with the name and a sign; the box names the board once more.
        spots = [i for i, text in enumerate(texts[:-1]) if text == name and texts[i + 1] != ">"]
        candidates = [texts[i + 1] for i in spots]
        return candidates[-1] if candidates and " " in candidates[-1] else ""
    rows = [text for text in texts if name and text.startswith(f"{name} ")]
    return rows[-1].removeprefix(name).strip() if rows else ""


def _pager(lines: Sequence[Line]) -> Pager | None:
    """`Page 2 of 9`, or `2 / 9` behind a link to the page before."""
    texts = [line.text for line in lines if line.text]
    before = ""
    for index, text in enumerate(texts):
        if text.startswith("Page ") or before.endswith("Prev"):
            pieces = " ".join(texts[index : index + 3]) if text.isdigit() else text
            if pager := read_pager(pieces):
                return pager
        before = text
    return None


def _footer_links(below: Sequence[Line], manner: Manner) -> tuple[str, ...]:
    texts = [line.text for line in below]
    if manner is not Manner.PIECES:
        return next(filter(None, map(read_footer_links, texts)), ())
    start = texts.index("Contact Us") if "Contact Us" in texts else len(texts)
    names = []
    for index in range(start, len(texts), 2):
        if is_copyright(texts[index]) or read_zone(texts[index]):
            break
        names.append(texts[index])
        if texts[index + 1 : index + 2] != ["-"]:
            break
    return tuple(names)

"""What both readers leave to the end: dates once all are known, gaps in the numbers, notes."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from paceline.imports.saved_pages.bbcode import shortened_addresses
from paceline.imports.saved_pages.dates import Decision, Order, Stamp, decide
from paceline.imports.saved_pages.page import SavedPage, SavedPost, Unread

_LONGEST_SHOWN = 120  # characters of what could not be read
_MOST_MISSING = 1000  # posts named one by one; a page has at most some hundred


@dataclass(frozen=True, slots=True)
class Told:
    """What the person who imports knows and the page does not say."""

    order: Order | None = None
    saved_on: date | None = None


@dataclass(slots=True)
class RawPost:
    """A post as found: its dates not read yet, with what of it could not be placed."""

    post: SavedPost
    leftover: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def finish(
    head: SavedPage, found: Sequence[RawPost], unread: Sequence[Unread], told: Told
) -> SavedPage:
    """The page with its posts, their dates read, and with everything that could not be."""
    decision = _decide([raw.post for raw in found], told)
    posts = tuple(_with_dates(raw.post, decision) for raw in found)
    notes = [
        *unread,
        *_about_dates(posts, decision),
        *_missing(posts, head.page_number),
        *(note for raw in found for note in _about_post(raw)),
    ]
    return replace(head, posts=posts, unread=tuple(sorted(notes, key=lambda note: note.line)))


def shown(text: str) -> str:
    """The beginning of a text on one line, for a list of what could not be read."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_SHOWN else line[: _LONGEST_SHOWN - 1] + "…"


def _decide(posts: Sequence[SavedPost], told: Told) -> Decision:
    numbered = sorted((p for p in posts if p.number is not None), key=lambda p: p.number or 0)
    stamps = [
        Stamp(post.date_text, post.author.joined, post.edit.date_text if post.edit else "")
        for post in numbered
    ]
    return decide(stamps, told=told.order, saved_on=told.saved_on)


def _with_dates(post: SavedPost, decision: Decision) -> SavedPost:
    edit = post.edit and replace(post.edit, at=decision.read(post.edit.date_text))
    return replace(post, posted_at=decision.read(post.date_text), edit=edit)


def _about_dates(posts: Sequence[SavedPost], decision: Decision) -> Iterator[Unread]:
    if decision.doubt:
        yield Unread(0, "", decision.doubt)
    for post in posts:
        if post.posted_at is None:
            why = f"the date of {_name(post)} could not be read"
            yield Unread(post.line, shown(post.date_text), why, is_post=True)
        if post.edit and post.edit.at is None:
            why = f"the date at which {_name(post)} was edited could not be read"
            yield Unread(post.line, shown(post.edit.date_text), why)


def _missing(posts: Sequence[SavedPost], page_number: int | None) -> Iterator[Unread]:
    """A note for each number that the page ought to have between those that it has."""
    lines = {post.number: post.line for post in posts if post.number is not None}
    for post in posts:
        if post.number is None and not post.is_wiki:
            why = f"the number of {_name(post)} could not be read"
            yield Unread(post.line, "", why, is_post=True)
    if not lines:
        return
    numbers = sorted(lines)
    first = 1 if page_number == 1 else numbers[0]
    missing = (number for number in range(first, numbers[-1]) if number not in lines)
    for number in islice(missing, _MOST_MISSING):
        after = numbers[max(0, bisect_left(numbers, number) - 1)]
        why = f"post #{number} is missing from the page"
        yield Unread(lines.get(after, 0), "", why, is_post=True)


def _about_post(raw: RawPost) -> Iterator[Unread]:
    post = raw.post
    for address in shortened_addresses(f"{post.body_source}\n{post.signature_source}"):
        why = "the old board shortened this address, and the page does not have the whole one"
        yield Unread(post.line, shown(address), why)
    for line in raw.leftover:
        yield Unread(post.line, shown(line), f"of no known form, at {_name(post)}")
    for note in raw.notes:
        yield Unread(post.line, "", note)
    if not post.author.name:
        yield Unread(post.line, "", f"the author of {_name(post)} could not be read", is_post=True)


def _name(post: SavedPost) -> str:
    if post.number is not None:
        return f"post #{post.number}"
    return f"the post with id {post.source_id}" if post.source_id else "a post without a number"

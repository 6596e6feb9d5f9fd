"""Drafts: what a member is writing, kept on the server while typing."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db.models.functions import Length
from django.utils import timezone

from paceline.accounts.viewer import Viewer
from paceline.forum.models import Draft
from paceline.lib.errors import Invalid, SignInFirst
from paceline.lib.texts import clean_line, clean_text
from paceline.markup.render import LANGUAGES
from paceline.posting import once

_PLACE = re.compile(r"(reply|thread|edit):[1-9][0-9]{0,18}")
# More than any board lets a post have: a draft may be too long, but not endless.
LONGEST_DRAFT = 400_000
# Of one member, drafts and characters in all of them; beyond either the oldest go.
MOST_DRAFTS = 100
MOST_CHARACTERS = 2_000_000


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft as a form shows it."""

    place: str
    title: str
    source: str
    language: str
    saved_at: datetime


def save_draft(
    viewer: Viewer,
    place: str,
    source: str,
    title: str = "",
    *,
    language: str = "",
    once_key: str = "",
) -> datetime:
    """Keep what was typed so far at a place; an empty text forgets it. Answers when it was kept.

    `language` is what the form says; one that is not known counts as not chosen.

    Saved late, after the form with that `once_key` was sent with the same text, it is not kept:
    the text is a post by now. Raises SignInFirst for a visitor, Invalid where the place is none
    or the text endless. About five queries.
    """
    if viewer.member is None:
        raise SignInFirst("Drafts are kept for members; sign in and it will be saved.")
    if not _PLACE.fullmatch(place):
        raise Invalid("place", "There is no form of that name.")
    source, title = clean_text(source), clean_line(title)[:200]
    if len(source) > LONGEST_DRAFT:
        raise Invalid("source", f"A draft has at most {LONGEST_DRAFT:,} characters.")
    now = timezone.now()
    if not source.strip() and not title:
        forget_draft(viewer, place)
        return now
    if _is_posted(viewer, place, source, title, once_key):
        return now
    Draft.objects.update_or_create(
        member_id=viewer.member_id,
        place=place,
        defaults={
            "source": source,
            "title": title,
            "language": language if language in LANGUAGES else "",
            "saved_at": now,
        },
    )
    _drop_oldest(viewer)
    return now


def _drop_oldest(viewer: Viewer) -> None:
    """Forget what is beyond the bounds, never the newest. One query or two."""
    mine = Draft.objects.filter(member_id=viewer.member_id).annotate(length=Length("source"))
    total, beyond = 0, []
    rows = mine.order_by("-saved_at", "-id").values_list("id", "length")
    for place, (draft_id, length) in enumerate(rows):
        total += length
        if place and (place >= MOST_DRAFTS or total > MOST_CHARACTERS):
            beyond.append(draft_id)
    if beyond:
        Draft.objects.filter(id__in=beyond).delete()


def _is_posted(viewer: Viewer, place: str, source: str, title: str, once_key: str) -> bool:
    text = source.strip()
    said = f"{title}\n{text}" if place.startswith("thread:") else text
    return once.find_sent(viewer, once.key_of(once_key, place, said)) is not None


def load_draft(viewer: Viewer, place: str) -> DraftRow | None:
    """The draft at a place, or None. One query for a member, none for a visitor."""
    if viewer.member is None:
        return None
    row = Draft.objects.filter(member_id=viewer.member_id, place=place).first()
    return DraftRow(row.place, row.title, row.source, row.language, row.saved_at) if row else None


def forget_draft(viewer: Viewer, place: str) -> None:
    """The text was sent or thrown away. One query."""
    Draft.objects.filter(member_id=viewer.member_id, place=place).delete()

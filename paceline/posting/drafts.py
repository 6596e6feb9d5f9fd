"""Drafts: what a member is writing, kept on the server while typing."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from paceline.accounts.viewer import Viewer
from paceline.forum.models import Draft
from paceline.lib.errors import Invalid, SignInFirst
from paceline.lib.texts import clean_line, clean_text

_PLACE = re.compile(r"(reply|thread|edit):[1-9][0-9]{0,18}")
# More than any board lets a post have: a draft may be too long, but not endless.
LONGEST_DRAFT = 400_000


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft as a form shows it."""

    place: str
    title: str
    source: str
    saved_at: datetime


def save_draft(viewer: Viewer, place: str, source: str, title: str = "") -> datetime:
    """Keep what was typed so far at a place; an empty text forgets it. Answers when it was kept.

    Raises SignInFirst for a visitor, Invalid where the place is none or the text endless.
    One query or two.
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
    Draft.objects.update_or_create(
        member_id=viewer.member_id,
        place=place,
        defaults={"source": source, "title": title, "saved_at": now},
    )
    return now


def load_draft(viewer: Viewer, place: str) -> DraftRow | None:
    """The draft at a place, or None. One query for a member, none for a visitor."""
    if viewer.member is None:
        return None
    row = Draft.objects.filter(member_id=viewer.member_id, place=place).first()
    return DraftRow(row.place, row.title, row.source, row.saved_at) if row else None


def forget_draft(viewer: Viewer, place: str) -> None:
    """The text was sent or thrown away. One query."""
    Draft.objects.filter(member_id=viewer.member_id, place=place).delete()

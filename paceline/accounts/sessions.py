"""Where a member is signed in: the list, and how it ends. The sessions themselves are Django's,
who has which is kept by allauth.usersessions; the moment last seen is gathered in memory."""

import re
import threading
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models.signals import pre_save
from django.dispatch import receiver

from paceline.accounts.models import Member
from paceline.accounts.viewer import Viewer
from paceline.jobs.gathering import wake, written_in_batches
from paceline.lib.errors import NotFound, SignInFirst
from paceline.lib.kept import forget_also

# The column must hold an address; this one is nobody's.
NO_ADDRESS = "0.0.0.0"  # noqa: S104 (not one to listen at)

_BROWSERS = (
    ("Edge", re.compile(r"\bEdgA?/")),
    ("Opera", re.compile(r"\bOPR/")),
    ("Firefox", re.compile(r"\b(?:Firefox|FxiOS)/")),
    ("Chrome", re.compile(r"(?:Chrome|\bCriOS|\bChromium)/")),
    ("Safari", re.compile(r"\bSafari/")),
)
_SYSTEMS = (
    ("iPhone", re.compile(r"\biPhone\b")),
    ("iPad", re.compile(r"\biPad\b")),
    ("Android", re.compile(r"\bAndroid\b")),
    ("Windows", re.compile(r"\bWindows\b")),
    ("Mac", re.compile(r"\bMacintosh\b")),
    ("Linux", re.compile(r"\bLinux\b")),
)
_noted: dict[str, datetime] = {}
forget_also(_noted.clear)
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A device on which a member is signed in; `agent` is what its browser says of itself."""

    id: int
    device: str
    agent: str
    started_at: datetime
    last_seen_at: datetime
    is_current: bool


def list_sessions(viewer: Viewer, current_key: str) -> tuple[SessionRow, ...]:
    """The member's sessions, the current one first, then those seen last. Raises SignInFirst.

    Two queries and two per session: those that are over are found and taken off the list.
    """
    rows = UserSession.objects.purge_and_list(_member(viewer))
    found = [
        SessionRow(
            id=row.pk,
            device=describe_device(row.user_agent),
            agent=row.user_agent,
            started_at=row.created_at,
            last_seen_at=row.last_seen_at,
            is_current=row.session_key == current_key,
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda row: (row.is_current, row.last_seen_at), reverse=True))


def end_session(viewer: Viewer, session_id: int) -> None:
    """Sign the member out on one device. Raises NotFound where it is none of theirs."""
    row = UserSession.objects.filter(user=_member(viewer), id=session_id).first()
    if row is None:
        raise NotFound("You are not signed in there any more.")
    row.end()


def end_other_sessions(viewer: Viewer, current_key: str) -> int:
    """Sign the member out everywhere but here; says on how many devices."""
    rows = list(UserSession.objects.filter(user=_member(viewer)).exclude(session_key=current_key))
    for row in rows:
        row.end()
    return len(rows)


def describe_device(agent: str) -> str:
    """`Firefox on Linux`, from what a browser says of itself."""
    browser = next((name for name, mark in _BROWSERS if mark.search(agent)), "")
    system = next((name for name, mark in _SYSTEMS if mark.search(agent)), "")
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or "Unknown device"


def note_session(key: str, at: datetime) -> None:
    """A page was asked for in this session. No query; it is written within half a minute."""
    with _lock:
        _noted[key] = at
    wake()


@written_in_batches
def write_sessions() -> int:
    """Write when sessions were last seen; says how many. One query, and one per two hundred."""
    with _lock:
        noted = dict(_noted)
        _noted.clear()
    if not noted:
        return 0
    with transaction.atomic():
        rows = list(
            UserSession.objects.select_for_update(skip_locked=True)
            .filter(session_key__in=noted)
            .order_by("id")
        )
        for row in rows:
            row.last_seen_at = max(row.last_seen_at, noted[row.session_key])
        UserSession.objects.bulk_update(rows, ["last_seen_at"], batch_size=200)
    return len(rows)


@receiver(pre_save, sender=UserSession)
def keep_no_address(instance: UserSession, **_more: Any) -> None:
    """The board keeps no network addresses; allauth would put one into each session's row."""
    instance.ip = NO_ADDRESS


def _member(viewer: Viewer) -> Member:
    if viewer.member is None:
        raise SignInFirst("Sign in first; then you see where you are signed in.")
    return viewer.member

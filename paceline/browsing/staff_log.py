"""The staff's log: who did what to what, when, and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from paceline.accounts.viewer import Viewer
from paceline.browsing.stretches import stretch_of
from paceline.forum.models import StaffAction
from paceline.forum.staff_log import OF_MEMBERS, OF_THREADS, Verb
from paceline.lib.texts import fold_name
from paceline.permissions.boards import moderated_board_ids
from paceline.permissions.members import check_staff
from paceline.permissions.rights import Right
from paceline.permissions.staff_lines import visible_lines
from paceline.permissions.table import BoardInfo, load_table

LINES_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class LogLine:
    """One deed. Ids are 0 where there is nothing to lead to; `more` says what the verb adds."""

    id: int
    at: datetime
    actor_name: str
    verb: str
    about: str
    reason: str
    more: str
    board_name: str
    thread_id: int
    post_id: int
    member_id: int


@dataclass(frozen=True, slots=True)
class LogFilter:
    """What of the log is asked for; empty values and 0 mean all."""

    verb: str = ""
    actor: str = ""
    board_id: int = 0
    member_id: int = 0


@dataclass(frozen=True, slots=True)
class StaffLog:
    """A stretch of the log, newest first; `older` leads on where there is more."""

    lines: tuple[LogLine, ...]
    older: str
    is_first: bool
    verbs: tuple[str, ...]
    boards: tuple[BoardInfo, ...]


def load_log(viewer: Viewer, asked: LogFilter, after: str = "") -> StaffLog:
    """The lines that are there for the viewer. One query. Raises NotFound for whoever is no staff.

    An actor is found by the name under which they acted.
    """
    check_staff(viewer)
    rows = StaffAction.objects.filter(visible_lines(viewer) & _asked(asked))
    found = stretch_of(rows, "at", LINES_A_PAGE, after)
    moderated = moderated_board_ids(viewer)
    verbs = tuple(Verb) if viewer.is_administrator else (*OF_THREADS, *OF_MEMBERS)
    return StaffLog(
        lines=tuple(line_of(viewer, row) for row in found.rows),
        older=found.further,
        is_first=not after,
        verbs=tuple(verb.value for verb in verbs),
        boards=tuple(b for b in load_table(viewer).boards.values() if b.id in moderated),
    )


def line_of(viewer: Viewer, row: StaffAction) -> LogLine:
    """A row of the log as the viewer may read it. No query while rights stand."""
    board = load_table(viewer).boards.get(row.board_id or 0)
    return LogLine(
        id=row.pk,
        at=row.at,
        actor_name=row.actor_name,
        verb=row.verb,
        about=row.about,
        reason=row.reason,
        more=_more(viewer, row.verb, row.detail),
        board_name=board.name if board else "",
        thread_id=row.thread_id or 0,
        post_id=row.post_id or 0,
        member_id=row.member_id or 0,
    )


def _asked(asked: LogFilter) -> Q:
    condition = Q()
    if asked.verb:
        condition &= Q(verb=asked.verb)
    if asked.actor:
        name = asked.actor.strip()
        condition &= Q(actor__name_key=fold_name(name)) | Q(actor_name__iexact=name)
    if asked.board_id:
        condition &= Q(board_id=asked.board_id)
    if asked.member_id:
        condition &= Q(member_id=asked.member_id)
    return condition


def _more(viewer: Viewer, verb: str, detail: dict[str, Any]) -> str:
    """What a line adds in words; boards that the viewer may not see are not named."""
    if verb == Verb.MOVE:
        target = load_table(viewer).boards.get(detail.get("to", 0))
        seen = target and load_table(viewer).of_viewer(viewer, target.id) & Right.SEE
        words = f"to {target.name}" if target and seen else "to another board"
        return f"{words}, leaving a pointer" if detail.get("stub") else words
    if verb == Verb.RENAME:
        return f"before: {detail.get('before', '')}"
    if verb == Verb.SPLIT:
        return f"{detail.get('posts', 0):,} posts into thread {detail.get('to', 0)}"
    if verb == Verb.MERGE:
        return f"into thread {detail.get('to', 0)}"
    if verb == Verb.BAN:
        return f"until {detail['until'][:16].replace('T', ' ')} UTC" if detail.get("until") else ""
    if verb == Verb.HANDLE_REPORTS:
        return f"{detail.get('reports', 1):,} closed"
    return str(detail.get("more", ""))

"""Notices above the pages, for some boards or all, for some groups or all."""

from dataclasses import asdict, dataclass

from django.db import transaction

from paceline.accounts.models import Group
from paceline.accounts.viewer import Viewer
from paceline.administration.named import Named
from paceline.administration.ordering import move_among, place_behind
from paceline.administration.words import check_line, check_text
from paceline.conf.site import notices_changed
from paceline.forum.models import Notice
from paceline.forum.staff_log import Verb, log_site
from paceline.lib.errors import Invalid, NotFound
from paceline.markup.render import RENDERER_VERSION
from paceline.permissions.members import check_administrator
from paceline.permissions.table import load_table
from paceline.posting.texts import render_for_staff

# Administrators vouch for their links.
LONGEST_TEXT = 5000


@dataclass(frozen=True, slots=True)
class NoticeValues:
    """What an administrator says of a notice; no boards means all, and no groups all groups."""

    title: str
    source: str = ""
    boards: tuple[int, ...] = ()
    groups: tuple[int, ...] = ()
    is_active: bool = True
    is_dismissible: bool = True


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice in the list; `where` and `whom` say in words for which boards and groups."""

    id: int
    values: NoticeValues
    where: str
    whom: str


@dataclass(frozen=True, slots=True)
class Targets:
    """The boards and groups that a notice can be for."""

    boards: tuple[Named, ...]
    groups: tuple[Named, ...]


def load_notices(viewer: Viewer) -> tuple[NoticeLine, ...]:
    """All notices in their order. Two queries. Raises NotFound unless an administrator asks."""
    targets = load_targets(viewer)
    boards = {each.id: each.name.lstrip("– ") for each in targets.boards}
    groups = {each.id: each.name for each in targets.groups}
    return tuple(
        NoticeLine(
            id=row.pk,
            values=_values(row),
            where=", ".join(boards[each] for each in row.boards if each in boards) or "all boards",
            whom=", ".join(groups[each] for each in row.groups if each in groups) or "everybody",
        )
        for row in Notice.objects.all()
    )


def load_notice(viewer: Viewer, notice_id: int) -> NoticeValues:
    """One notice. One query. Raises NotFound."""
    check_administrator(viewer)
    return _values(_find(notice_id))


def load_targets(viewer: Viewer) -> Targets:
    """What a notice can be for. One query. Raises NotFound."""
    check_administrator(viewer)
    return Targets(
        boards=tuple(
            Named(board.id, f"{'– ' * board.depth}{board.name}")
            for board in load_table(viewer).boards.values()
        ),
        groups=tuple(
            Named(*row) for row in Group.objects.order_by("position").values_list("id", "name")
        ),
    )


def add_notice(viewer: Viewer, values: NoticeValues) -> int:
    """Add a notice beneath the others; answers its id. Raises NotFound, or Invalid by field."""
    check_administrator(viewer)
    columns = _check(viewer, values)
    with transaction.atomic():
        row = Notice.objects.create(position=place_behind(Notice.objects.all()), **columns)
        log_site(viewer, Verb.ADD_NOTICE, row.title)
        notices_changed()
    return row.pk


def change_notice(viewer: Viewer, notice_id: int, values: NoticeValues) -> None:
    """Change a notice. Who put it away does not see it again: for that, write a new one.

    Raises NotFound, or Invalid by field.
    """
    check_administrator(viewer)
    columns = _check(viewer, values)
    with transaction.atomic():
        row = _find(notice_id)
        if all(getattr(row, name) == value for name, value in columns.items()):
            return
        for name, value in columns.items():
            setattr(row, name, value)
        row.save(update_fields=list(columns))
        log_site(viewer, Verb.CHANGE_NOTICE, row.title)
        notices_changed()


def move_notice(viewer: Viewer, notice_id: int, direction: str) -> None:
    """Move a notice `up` or `down`. Raises NotFound, or Invalid("direction", ...)."""
    check_administrator(viewer)
    with transaction.atomic():
        row = _find(notice_id)
        if move_among(list(Notice.objects.all()), notice_id, direction):
            log_site(viewer, Verb.CHANGE_NOTICE, row.title, more=direction)
            notices_changed()


def delete_notice(viewer: Viewer, notice_id: int) -> None:
    """Delete a notice, and who had put it away. Raises NotFound."""
    check_administrator(viewer)
    with transaction.atomic():
        row = _find(notice_id)
        log_site(viewer, Verb.DELETE_NOTICE, row.title)
        row.delete()
        notices_changed()


def _values(row: Notice) -> NoticeValues:
    return NoticeValues(
        title=row.title,
        source=row.source,
        boards=tuple(row.boards),
        groups=tuple(row.groups),
        is_active=row.is_active,
        is_dismissible=row.is_dismissible,
    )


def _find(notice_id: int) -> Notice:
    row = Notice.objects.filter(id=notice_id).first()
    if row is None:
        raise NotFound("There is no such notice.")
    return row


def _check(viewer: Viewer, values: NoticeValues) -> dict[str, str | bool | int | list[int]]:
    columns = asdict(values)
    columns["title"] = check_line("title", values.title, most=120, must="A notice needs a title.")
    columns["source"] = check_text("source", values.source, most=LONGEST_TEXT)
    columns["html"] = render_for_staff(columns["source"]).html
    columns["renderer"] = RENDERER_VERSION
    columns["boards"] = sorted(set(values.boards))
    columns["groups"] = sorted(set(values.groups))
    targets = load_targets(viewer)
    if not {each.id for each in targets.boards}.issuperset(values.boards):
        raise Invalid("boards", "Choose boards that there are.")
    if not {each.id for each in targets.groups}.issuperset(values.groups):
        raise Invalid("groups", "Choose groups that there are.")
    return columns

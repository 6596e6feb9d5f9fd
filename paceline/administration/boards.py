"""The tree of boards: add, change, order, delete."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from paceline.accounts.viewer import Viewer
from paceline.administration.counting import follow_rights, hold_for_counting
from paceline.administration.named import Named
from paceline.administration.ordering import STEP, move_among, number_all
from paceline.administration.words import check_line
from paceline.conf.site import notices_changed, rights_changed
from paceline.forum import inside_links
from paceline.forum.models import Board, Notice, Prefix, Thread
from paceline.forum.staff_log import Verb, log_site
from paceline.lib.errors import Invalid, NotAllowed, NotFound
from paceline.lib.texts import slugify
from paceline.permissions.members import check_administrator
from paceline.permissions.models import BoardModerator
from paceline.permissions.table import load_table
from paceline.posting.rerender import begin_run

# What decides how the posts of a board are rendered.
SWITCHES = ("allows_bbcode", "allows_markdown", "allows_smilies", "allows_images")
# Deeper trees help nobody to find anything.
DEEPEST = 6


@dataclass(frozen=True, slots=True)
class BoardValues:
    """What an administrator says of a board. HTML is never allowed, so it is no value here."""

    name: str
    description: str = ""
    parent_id: int | None = None
    takes_threads: bool = True
    allows_bbcode: bool = True
    allows_markdown: bool = True
    allows_smilies: bool = True
    allows_images: bool = True


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A board in the tree; `depth` 0 is the root."""

    id: int
    name: str
    depth: int
    takes_threads: bool
    thread_count: int
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class BoardForm:
    """A board with everything that its page changes. `parents` are those it may be put into."""

    id: int
    values: BoardValues
    prefixes: tuple[Named, ...]
    moderators: tuple[Named, ...]
    parents: tuple[Named, ...]
    cannot_delete_because: str


def load_tree(viewer: Viewer) -> tuple[BoardLine, ...]:
    """All boards in their order. One query. Raises NotFound unless an administrator asks."""
    check_administrator(viewer)
    table = load_table(viewer)
    counts = dict(Board.objects.values_list("id", "thread_count"))
    lines = []
    for board in table.boards.values():
        siblings = table.children[board.parent_id]
        lines.append(
            BoardLine(
                id=board.id,
                name=board.name,
                depth=board.depth,
                takes_threads=board.takes_threads,
                thread_count=counts.get(board.id, 0),
                is_first=siblings[0] == board.id,
                is_last=siblings[-1] == board.id,
            )
        )
    return tuple(lines)


def load_board_form(viewer: Viewer, board_id: int) -> BoardForm:
    """A board as its page shows it. Four queries or five. Raises NotFound."""
    check_administrator(viewer)
    row = find_board(board_id)
    prefixes = Prefix.objects.filter(board=row).values_list("id", "label")
    moderators = BoardModerator.objects.filter(board=row).order_by("member__name")
    return BoardForm(
        id=row.pk,
        values=BoardValues(
            **{name: getattr(row, name) for name in BoardValues.__dataclass_fields__}
        ),
        prefixes=tuple(Named(*each) for each in prefixes),
        moderators=tuple(
            Named(*each) for each in moderators.values_list("member_id", "member__name")
        ),
        parents=load_parents(viewer, board_id),
        cannot_delete_because=_why_not_delete(row),
    )


def load_parents(viewer: Viewer, board_id: int | None = None) -> tuple[Named, ...]:
    """The boards that a board may stand in: not itself, nor what stands in it. No query."""
    check_administrator(viewer)
    table = load_table(viewer)
    outside = {board_id, *(table.below(board_id) if board_id else ())}
    return tuple(
        Named(board.id, f"{'– ' * board.depth}{board.name}")
        for board in table.boards.values()
        if board.id not in outside
    )


def add_board(viewer: Viewer, values: BoardValues) -> int:
    """Add a board behind its siblings; answers its id. Raises NotFound, or Invalid by field."""
    check_administrator(viewer)
    columns = _check(viewer, values, None)
    with transaction.atomic():
        hold_for_counting([])
        board = Board.objects.create(position=_next_position(values.parent_id), **columns)
        log_site(viewer, Verb.ADD_BOARD, board.name, board_id=board.pk)
        follow_rights()
        rights_changed()
    return board.pk


def change_board(viewer: Viewer, board_id: int, values: BoardValues) -> None:
    """Change a board; in another parent it goes behind its new siblings. Raises alike.

    With other switches its posts are rendered anew in the background.
    """
    check_administrator(viewer)
    columns = _check(viewer, values, board_id)
    with transaction.atomic():
        if find_board(board_id).parent_id != values.parent_id:
            # Before the board: what stands in it may count for members otherwise afterwards.
            hold_for_counting([board_id, *load_table(viewer).below(board_id)])
        board = Board.objects.select_for_update(of=("self",), no_key=True).get(
            id=find_board(board_id).pk
        )
        if not values.takes_threads and Thread.objects.filter(board=board).exists():
            raise Invalid("takes_threads", "This board holds threads; move them elsewhere first.")
        changed = [name for name, value in columns.items() if getattr(board, name) != value]
        if not changed:
            return
        if "parent_id" in changed:
            board.position = _next_position(values.parent_id)
        for name in changed:
            setattr(board, name, columns[name])
        fields = {"parent" if name == "parent_id" else name for name in changed}
        board.save(update_fields=[*fields, "position"])
        more = ", ".join(name.replace("_", " ").removesuffix(" id") for name in changed)
        log_site(viewer, Verb.CHANGE_BOARD, board.name, board_id=board.pk, more=more)
        if "parent_id" in changed:
            follow_rights()
        if "name" in changed:
            inside_links.board_changed(board.pk)
        if any(name in SWITCHES for name in changed):
            begin_run(board_id=board.pk)
        rights_changed()


def move_board(viewer: Viewer, board_id: int, direction: str) -> None:
    """Move a board `up` or `down` among its siblings. Raises NotFound, Invalid("direction")."""
    check_administrator(viewer)
    with transaction.atomic():
        board = find_board(board_id)
        siblings = list(Board.objects.filter(parent_id=board.parent_id))
        if move_among(siblings, board_id, direction):
            log_site(viewer, Verb.MOVE_BOARD, board.name, board_id=board_id, more=direction)
            rights_changed()


def delete_board(viewer: Viewer, board_id: int) -> None:
    """Delete an empty board. Pointers to moved threads go with it, and notices for it alone rest.

    Raises NotFound, or NotAllowed where it holds boards or threads.
    """
    check_administrator(viewer)
    with transaction.atomic():
        # Held in full, so that no thread can begin there meanwhile.
        board = Board.objects.select_for_update(of=("self",)).get(id=find_board(board_id).pk)
        if because := _why_not_delete(board):
            raise NotAllowed(because)
        Thread.objects.filter(board=board, moved_to__isnull=False).delete()
        _take_from_notices(board_id)
        log_site(viewer, Verb.DELETE_BOARD, board.name)
        inside_links.board_changed(board_id)
        board.delete()
        rights_changed()


def find_board(board_id: int) -> Board:
    """The board of that id, whoever asks. Raises NotFound. One query."""
    board = Board.objects.filter(id=board_id).first()
    if board is None:
        raise NotFound("There is no such board.")
    return board


def _check(viewer: Viewer, values: BoardValues, board_id: int | None) -> dict[str, Any]:
    """The columns. Raises Invalid for "name", "description" or "parent_id"."""
    columns = asdict(values)
    columns["name"] = check_line("name", values.name, most=100, must="A board needs a name.")
    columns["description"] = check_line("description", values.description, most=500)
    columns["slug"] = slugify(columns["name"])
    if values.parent_id is not None:
        table = load_table(viewer)
        parent = table.boards.get(values.parent_id)
        below = table.below(board_id) if board_id in table.boards else []
        inside = {board_id, *below}
        if parent is None or parent.id in inside:
            raise Invalid("parent_id", "Choose a board that is not this one nor in it.")
        own_depth = table.boards[board_id].depth if board_id in table.boards else 0
        height = max((table.boards[each].depth - own_depth for each in below), default=0)
        if parent.depth + 1 + height >= DEEPEST:
            raise Invalid("parent_id", f"Boards stand in one another {DEEPEST} deep at most.")
    return columns


def _next_position(parent_id: int | None) -> int:
    siblings = list(Board.objects.filter(parent_id=parent_id))
    number_all(siblings)
    return (len(siblings) + 1) * STEP


def _why_not_delete(board: Board) -> str:
    if board.children.exists():
        return "It holds other boards; move or delete these first."
    if Thread.objects.filter(board=board, moved_to__isnull=True).exists():
        return "It holds threads, perhaps hidden ones; move them elsewhere first."
    return ""


def _take_from_notices(board_id: int) -> None:
    """An empty list would mean all boards, so a notice for this board alone is put to rest."""
    for notice in Notice.objects.all():
        if board_id in notice.boards:
            notice.boards = [each for each in notice.boards if each != board_id]
            notice.is_active = notice.is_active and bool(notice.boards)
            notice.save(update_fields=["boards", "is_active"])
            notices_changed()

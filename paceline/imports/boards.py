"""The boards of a page's breadcrumb, found or made."""

from collections.abc import Sequence

from django.db.models import Max

from paceline.administration.counting import follow_rights
from paceline.conf.site import rights_changed
from paceline.forum.models import Board
from paceline.imports.known import Kind, Known, natural_key
from paceline.imports.report import ImportReport
from paceline.imports.saved_pages.page import Crumb, SavedPage
from paceline.lib.texts import clean_line, fold_name, slugify

# Columns of Board by the names of the page's rules. HTML is never switched on by a page.
_SWITCHES = {
    "BB code": "allows_bbcode",
    "vB code": "allows_bbcode",
    "Smilies": "allows_smilies",
    "[IMG]": "allows_images",
    "Trackbacks": "allows_trackbacks",
    "Pingbacks": "allows_pingbacks",
    "Refbacks": "allows_refbacks",
}


def bring_board(page: SavedPage, known: Known, report: ImportReport) -> Board:
    """The board of the page's thread, with the boards that hold it. In the caller's transaction.

    A board of that name in that place is taken as it is; a new one gets the description and the
    switches that the page states, and the rights that its place gives.
    """
    crumbs = _crumbs(page)
    board: Board | None = None
    names: list[str] = []
    for place, crumb in enumerate(crumbs):
        names.append(fold_name(crumb.name))
        is_last = place == len(crumbs) - 1
        key = natural_key("board", *names)
        parent = board
        board = _find(known, crumb, key, parent)
        if board is None:
            board = _make(crumb, parent, page if is_last else None)
            report.boards += 1
        known.remember(Kind.BOARD, board.pk, crumb.source_id, key)
        if is_last and not board.takes_threads:
            board.takes_threads = True
            board.save(update_fields=["takes_threads"])
            rights_changed()
    assert board is not None, "_crumbs has one at least"
    report.board_path = tuple(crumb.name for crumb in crumbs)
    if any(rule.name == "HTML" and rule.allows for rule in page.rules):
        report.note("the old board let members write HTML; this one does not")
    return board


def _crumbs(page: SavedPage) -> Sequence[Crumb]:
    """The breadcrumb without the site; a board of the site's name where nothing else is said."""
    crumbs = [crumb for crumb in page.breadcrumb[1:] if clean_line(crumb.name)]
    return crumbs or [Crumb(page.board_name or page.site_name or "Imported threads")]


def _find(known: Known, crumb: Crumb, key: str, parent: Board | None) -> Board | None:
    board_id = known.find(Kind.BOARD, crumb.source_id, key)
    board = Board.objects.filter(id=board_id).first() if board_id is not None else None
    if board is not None:
        return board
    # Somebody may have made it by hand, to receive the threads.
    same = Board.objects.filter(parent=parent, name__iexact=clean_line(crumb.name)[:100])
    return same.order_by("id").first()


def _make(crumb: Crumb, parent: Board | None, page: SavedPage | None) -> Board:
    name = clean_line(crumb.name)[:100]
    last = Board.objects.filter(parent=parent).aggregate(last=Max("position"))["last"]
    board = Board(
        parent=parent,
        name=name,
        slug=slugify(name),
        position=0 if last is None else last + 10,
        takes_threads=page is not None,
        description=clean_line(page.board_description)[:500] if page else "",
    )
    for rule in page.rules if page else ():
        if rule.name in _SWITCHES:
            setattr(board, _SWITCHES[rule.name], rule.allows)
    if page and any("[" in post.body_source for post in page.posts):
        # Whatever the box says now, these posts were written with it.
        board.allows_bbcode = True
    board.save()
    follow_rights()
    board.refresh_from_db(fields=["counts_for_members"])
    rights_changed()
    return board

"""Where a page of an old board is now, by the ids that the import kept.

The one place to extend for another way of importing: whatever brings something in keeps the old
ids in `ImportedItem`, and `forum/old_addresses.py` reads the addresses.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from paceline.accounts.models import Member
from paceline.accounts.viewer import Viewer
from paceline.conf.own_addresses import read_home
from paceline.forum.models import Post, Thread
from paceline.forum.old_addresses import (
    Kind,
    NowHere,
    OldPage,
    find_now_here,
    knows_old_ids,
    read_old_address,
)
from paceline.imports.models import ImportedItem
from paceline.lib.errors import NotFound
from paceline.lib.texts import slugify
from paceline.permissions.boards import readable_board_ids
from paceline.permissions.posts import visible_posts
from paceline.permissions.table import load_table
from paceline.permissions.threads import visible_threads

_NOT_HERE = "What stood at this address is not here."


@dataclass(frozen=True, slots=True)
class NewPlace:
    """What an old address leads to: its id here, its name for the address, a thread's page."""

    kind: Kind
    id: int
    slug: str = ""
    page: int = 1


def find_new_place(viewer: Viewer, host: str, path: str, query: str) -> NewPlace:
    """What the page of an old board has become, where it is there for the viewer.

    `host` is the one that was asked, without port; `path` begins with a slash. Two queries for
    each kind of thing that the address names, one more where two old boards had something of one
    id. Raises NotFound.
    """
    page = OldPage(host, path, read_old_address(path, query))
    for here in find_now_here([page])[page]:
        if found := _FINDERS[here.kind](viewer, here):
            return found
    raise NotFound(_NOT_HERE)


@knows_old_ids
def find_brought(pages: Sequence[OldPage]) -> dict[OldPage, list[NowHere]]:
    """What the pages have become, by the ids that imports kept.

    A query for each kind of thing, one more where two old boards had something of one id.
    """
    rows: dict[tuple[Kind, str], list[tuple[str, int]]] = {}
    wanted: dict[Kind, set[str]] = {}
    for place in {place for page in pages for place in page.places}:
        wanted.setdefault(place.kind, set()).add(str(place.id))
    for kind, ids in wanted.items():
        items = ImportedItem.objects.filter(kind=kind, source_id__in=ids).order_by("id")
        for source_id, source, target_id in items.values_list("source_id", "source", "target_id"):
            rows.setdefault((kind, source_id), []).append((source, target_id))
    homes = _homes({source for each in rows.values() if len(each) > 1 for source, _ in each})
    found: dict[OldPage, list[NowHere]] = {}
    for page in pages:
        near = {source: _nearness(at, page) for source, at in homes.items()}
        for place in page.places:
            known = rows.get((place.kind, str(place.id)), [])
            found.setdefault(page, []).extend(
                NowHere(place.kind, target_id, place.page)
                for _, target_id in sorted(known, key=lambda row: -near.get(row[0], 0))
            )
    return found


def _homes(sources: set[str]) -> dict[str, list[str]]:
    """Where these old boards stood. A query where there are any."""
    homes: dict[str, list[str]] = {}
    if sources:
        items = ImportedItem.objects.filter(kind=ImportedItem.Kind.HOME, source__in=sources)
        for source, home in items.values_list("source", "source_id"):
            homes.setdefault(source, []).append(home)
    return homes


def _nearness(homes: Sequence[str], page: OldPage) -> int:
    """How well the page fits where an old board stood: 0 for not at all."""
    host = page.host.lower().removeprefix("www.")
    fits = [
        len(home.folder) + 1_000 * home.holds(host, page.path)
        for home in map(read_home, homes)
        if page.path.startswith(home.folder)
    ]
    return max(fits, default=0)


def _find_thread(viewer: Viewer, here: NowHere) -> NewPlace | None:
    threads = Thread.objects.filter(visible_threads(viewer), id=here.id)
    found = threads.select_related("moved_to").first()
    if found is None:
        return None
    thread = found.moved_to or found
    return NewPlace("thread", thread.pk, thread.slug, _page_of(viewer, thread, here.page))


def _find_post(viewer: Viewer, here: NowHere) -> NewPlace | None:
    is_there = Post.objects.filter(visible_posts(viewer), id=here.id).exists()
    return NewPlace("post", here.id) if is_there else None


def _find_board(viewer: Viewer, here: NowHere) -> NewPlace | None:
    if here.id not in readable_board_ids(viewer):
        return None
    return NewPlace("board", here.id, load_table(viewer).boards[here.id].slug)


def _find_member(viewer: Viewer, here: NowHere) -> NewPlace | None:
    name = Member.objects.filter(id=here.id).values_list("name", flat=True).first()
    return NewPlace("member", here.id, slugify(name)) if name else None


_FINDERS: dict[Kind, Callable[[Viewer, NowHere], NewPlace | None]] = {
    "thread": _find_thread,
    "post": _find_post,
    "board": _find_board,
    "member": _find_member,
}


def _page_of(viewer: Viewer, thread: Thread, page: int) -> int:
    """The page of that number, or the last: old boards showed more or fewer posts on one."""
    size = viewer.site.settings.posts_per_page
    return max(1, min(page, -(-thread.last_number // size)))

"""Where a page of an old board is now, by the ids that the import kept.

The one place to extend for another way of importing: whatever brings something in keeps the old
ids in `ImportedItem`, and `forum/old_addresses.py` reads the addresses.
"""

from collections.abc import Callable
from dataclasses import dataclass

from paceline.accounts.models import Member
from paceline.accounts.viewer import Viewer
from paceline.conf.own_addresses import read_home
from paceline.forum.models import Post, Thread
from paceline.forum.old_addresses import Kind, OldPlace, read_old_address
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
    each thing that the address names, one more where two old boards had something of one id.
    Raises NotFound.
    """
    for place in read_old_address(path, query):
        for target_id in _targets(place, host, path):
            if found := _FINDERS[place.kind](viewer, place, target_id):
                return found
    raise NotFound(_NOT_HERE)


def _targets(place: OldPlace, host: str, path: str) -> list[int]:
    """What the thing became, by each import that knows it; the likeliest first."""
    items = ImportedItem.objects.filter(kind=place.kind, source_id=str(place.id))
    rows = list(items.order_by("id").values_list("source", "target_id"))
    if len(rows) < 2:
        return [target_id for _, target_id in rows]
    homes = dict[str, int]()
    for source, home in ImportedItem.objects.filter(
        kind=ImportedItem.Kind.HOME, source__in={source for source, _ in rows}
    ).values_list("source", "source_id"):
        homes[source] = max(homes.get(source, 0), _nearness(home, host, path))
    return [target for source, target in sorted(rows, key=lambda row: -homes.get(row[0], 0))]


def _nearness(home: str, host: str, path: str) -> int:
    """How well the address fits where an old board stood: 0 for not at all."""
    old = read_home(home)
    is_there = old.holds(host.lower().removeprefix("www."), path)
    return (len(old.folder) + 1_000 * is_there) if path.startswith(old.folder) else 0


def _find_thread(viewer: Viewer, place: OldPlace, target_id: int) -> NewPlace | None:
    threads = Thread.objects.filter(visible_threads(viewer), id=target_id)
    found = threads.select_related("moved_to").first()
    if found is None:
        return None
    thread = found.moved_to or found
    return NewPlace("thread", thread.pk, thread.slug, _page_of(viewer, thread, place.page))


def _find_post(viewer: Viewer, place: OldPlace, target_id: int) -> NewPlace | None:
    is_there = Post.objects.filter(visible_posts(viewer), id=target_id).exists()
    return NewPlace("post", target_id) if is_there else None


def _find_board(viewer: Viewer, place: OldPlace, target_id: int) -> NewPlace | None:
    if target_id not in readable_board_ids(viewer):
        return None
    return NewPlace("board", target_id, load_table(viewer).boards[target_id].slug)


def _find_member(viewer: Viewer, place: OldPlace, target_id: int) -> NewPlace | None:
    name = Member.objects.filter(id=target_id).values_list("name", flat=True).first()
    return NewPlace("member", target_id, slugify(name)) if name else None


_FINDERS: dict[Kind, Callable[[Viewer, OldPlace, int], NewPlace | None]] = {
    "thread": _find_thread,
    "post": _find_post,
    "board": _find_board,
    "member": _find_member,
}


def _page_of(viewer: Viewer, thread: Thread, page: int) -> int:
    """The page of that number, or the last: old boards showed more or fewer posts on one."""
    size = viewer.site.settings.posts_per_page
    return max(1, min(page, -(-thread.last_number // size)))

"""Links of a post to this board: where they lead, and the titles that everybody may read.

A title is shown in place of a bare address only where every visitor may read what it names. What
a post links to is kept with it (`InsideLink`), and the post is rendered anew when that changes
(docs/decisions/titles-of-inside-links.md).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from paceline.accounts.models import Member
from paceline.accounts.viewer import Viewer, visitor
from paceline.conf.own_addresses import Here, find_here, read_old_addresses
from paceline.conf.site import Site, load_site
from paceline.forum.models import InsideLink, Post, State, Thread
from paceline.forum.old_addresses import OldPage, find_now_here, name_post, read_old_address
from paceline.markup.render import LinkFact, Rendered
from paceline.permissions.boards import readable_board_ids
from paceline.permissions.table import load_table

Kind = InsideLink.Kind
# Of one post; later links are like links to elsewhere.
MOST_INSIDE = 200

_PLACE = re.compile(
    r"/(?:(?P<thread>t)|(?P<post>p)|(?P<board>b)|(?P<member>m))/(?P<id>[1-9][0-9]{0,17})"
    r"(?:/(?P<slug>[-\w]+)(?:/(?P<page>[1-9][0-9]{0,7}))?)?/?\Z",
    re.ASCII,
)
# A page of ours about a thread that is not the thread; a title would not say where it leads.
_DEEDS = frozenset({"reply", "print", "move", "rename", "merge", "split"})
_NUMBER = re.compile(r"p([1-9][0-9]{0,8})\Z", re.ASCII)
_INSIDE = re.compile(r"/(?![/\\])[^\s<>\"\\]*\Z")


@dataclass(frozen=True, slots=True)
class Target:
    """What a path of this board names: `page` and `number` are a thread's, 0 where not said."""

    kind: Kind
    id: int
    page: int = 0
    number: int = 0

    @property
    def key(self) -> tuple[Kind, int]:
        return self.kind, self.id


Ours = dict[str, tuple[Here, Target | None]]


def find_inside_links(addresses: Iterable[str]) -> dict[str, LinkFact]:
    """Those of the addresses that lead to this board, or that an old board of ours had.

    The title is empty where some visitor may not read what is there. No query without addresses;
    else one, and one or two for each kind of thing that is linked to.
    """
    addresses = tuple(addresses)
    if not addresses:
        return {}
    site = load_site()
    ours = _find_ours(addresses, site)
    titles = _titles(_targets(ours), site)
    return {
        address: LinkFact(_path_of(here), titles.get(target, "") if target else "")
        for address, (here, target) in ours.items()
    }


def keep_inside_links(post: Post, rendered: Rendered, *, is_new: bool = False) -> None:
    """Note what the post links to here, in place of what was noted before.

    In the caller's transaction. For a post that `is_new` no query without links.
    """
    if not is_new:
        InsideLink.objects.filter(post=post).delete()
    _note({post.pk: rendered})


def keep_inside_links_of(rendered: Mapping[int, Rendered]) -> None:
    """The same for many posts, by id, that are there already. One query to six."""
    InsideLink.objects.filter(post_id__in=rendered).delete()
    _note(rendered)


def _note(rendered: Mapping[int, Rendered]) -> None:
    links = dict.fromkeys(link for each in rendered.values() for link in each.links[:MOST_INSIDE])
    if not links:
        return
    ours = _find_ours(links, load_site())
    homes = _homes(_targets(ours))
    noted: dict[tuple[int, Kind, int], bool] = {}
    for post_id, each in rendered.items():
        for address in each.links[:MOST_INSIDE]:
            target = ours[address][1] if address in ours else None
            if target is None:
                continue
            is_titled = address in each.titled
            for kind, target_id in (target.key, *homes.get(target.key, ())):
                key = (post_id, kind, target_id)
                noted[key] = noted.get(key, False) or is_titled
    InsideLink.objects.bulk_create(
        InsideLink(post_id=post_id, kind=kind, target_id=target_id, is_titled=is_titled)
        for (post_id, kind, target_id), is_titled in sorted(noted.items())
    )


def readable_threads(ids: set[int]) -> frozenset[int]:
    """Those of the threads whose titles every visitor may read. Two queries."""
    return frozenset(_public_threads(ids, visitor(load_site())))


def _find_ours(addresses: Iterable[str], site: Site) -> Ours:
    old = read_old_addresses(site.settings.old_addresses)
    ours: Ours = {}
    pages: dict[str, OldPage] = {}
    for address in addresses:
        here = find_here(address, old)
        if here is None or not _INSIDE.match(_path_of(here)):
            continue
        if not here.old_host:
            ours[address] = (here, read_target(here))
        elif places := read_old_address(here.path, here.query, here.fragment):
            pages[address] = OldPage(here.old_host, here.path, places)
            ours[address] = (here, None)
    now_here = find_now_here(tuple(pages.values()))
    for address, page in pages.items():
        if found := now_here[page]:
            # The page of a thread over there is another one here.
            ours[address] = (ours[address][0], Target(Kind(found[0].kind), found[0].id))
    return ours


def read_target(here: Here) -> Target | None:
    """What one of our own paths names; None where it is another page."""
    found = _PLACE.match(here.path)
    if found is None or found["slug"] in _DEEDS:
        return None
    kind = Kind(next(name for name in ("thread", "post", "board", "member") if found[name]))
    if kind != Kind.THREAD:
        is_deed = found["page"] or (kind == Kind.POST and found["slug"])
        return None if is_deed else Target(kind, int(found["id"]))
    number = _NUMBER.match(here.fragment)
    return Target(kind, int(found["id"]), int(found["page"] or 0), int(number[1]) if number else 0)


def _targets(ours: Ours) -> set[Target]:
    return {target for _, target in ours.values() if target is not None}


def _path_of(here: Here) -> str:
    query = here.query
    if here.old_host:
        # Browsers do not send what stands behind the #, and it may be all that names the post.
        query = name_post(here.path, query, here.fragment)
    behind = f"#{here.fragment}" if here.fragment else ""
    return f"{here.path}{'?' if query else ''}{query}{behind}"


# Titles


def _titles(targets: set[Target], site: Site) -> dict[Target, str]:
    """What to show for those that every visitor may read."""
    everybody = visitor(site)
    wanted = {kind: {each.id for each in targets if each.kind == kind} for kind in Kind}
    posts = _public_posts(wanted[Kind.POST], everybody)
    threads = _public_threads(wanted[Kind.THREAD], everybody)
    boards = load_table(everybody).boards if wanted[Kind.BOARD] else {}
    readable = readable_board_ids(everybody) if wanted[Kind.BOARD] else frozenset()
    members = _members(wanted[Kind.MEMBER])
    titles: dict[Target, str] = {}
    for target in targets:
        title = {
            Kind.POST: posts.get(target.id, ""),
            Kind.THREAD: threads.get(target.id, ""),
            Kind.BOARD: boards[target.id].name if target.id in readable else "",
            Kind.MEMBER: members.get(target.id, ""),
        }[target.kind]
        titles[target] = _with_place(title, target)
    return titles


def _with_place(title: str, target: Target) -> str:
    if title and target.number > 1:
        return f"Post {target.number:,} in {title}"
    if title and target.page > 1:
        return f"Page {target.page:,} of {title}"
    return title


def _public_posts(ids: set[int], everybody: Viewer) -> dict[int, str]:
    if not ids:
        return {}
    rows = Post.objects.filter(
        id__in=ids,
        state=State.VISIBLE,
        thread__state=State.VISIBLE,
        thread__board_id__in=readable_board_ids(everybody),
    )
    named = rows.values_list("id", "number", "thread__title")
    return {
        post_id: title if number == 1 else f"Post {number:,} in {title}"
        for post_id, number, title in named
    }


def _public_threads(ids: set[int], everybody: Viewer) -> dict[int, str]:
    """Titles by id; of a thread that was merged into another, the other's."""
    if not ids:
        return {}
    readable = readable_board_ids(everybody)
    rows = Thread.objects.filter(id__in=ids, state=State.VISIBLE, board_id__in=readable)
    titles: dict[int, str] = {}
    for row in rows.select_related("moved_to"):
        shown = row.moved_to or row
        if shown.state == State.VISIBLE and shown.board_id in readable:
            titles[row.pk] = shown.title
    return titles


def _members(ids: set[int]) -> dict[int, str]:
    if not ids:
        return {}
    rows = Member.objects.filter(id__in=ids, erased_at__isnull=True)
    return dict(rows.values_list("id", "name"))


def _homes(targets: set[Target]) -> dict[tuple[Kind, int], list[tuple[Kind, int]]]:
    """What else the title of a target hangs on: a post's thread, and where that has gone."""
    homes: dict[tuple[Kind, int], list[tuple[Kind, int]]] = {}
    posts = {each.id for each in targets if each.kind == Kind.POST}
    threads = {each.id for each in targets if each.kind == Kind.THREAD}
    if posts:
        rows = Post.objects.filter(id__in=posts).values_list("id", "thread_id")
        homes.update({(Kind.POST, post_id): [(Kind.THREAD, home)] for post_id, home in rows})
    if threads:
        stubs = Thread.objects.filter(id__in=threads, moved_to__isnull=False)
        for stub_id, home in stubs.values_list("id", "moved_to_id"):
            homes[Kind.THREAD, stub_id] = [(Kind.THREAD, home)] if home else []
    return homes

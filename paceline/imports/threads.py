"""The thread of a page, found or made, and held while its posts come in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from paceline.accounts.models import Member
from paceline.forum import counters, inside_links, numbers
from paceline.forum.models import Board, Post, State, Thread
from paceline.imports.known import Kind, Known, natural_key
from paceline.imports.members import People
from paceline.imports.saved_pages.page import SavedPage, SavedPost
from paceline.lib.texts import clean_line, fold_name, slugify
from paceline.search import index

_MOST_NAMESAKES = 50  # threads of one title on one board, all saved without their ids
# Two captures of a post may have been brought in with different zones.
_SAME_MOMENT = timedelta(hours=27)


@dataclass(frozen=True, slots=True)
class Place:
    """The thread of a page, and the natural key that its posts are known under.

    `thread` is None for one that is not here yet, or that was deleted here for good.
    """

    thread: Thread | None
    key: str
    was_deleted: bool = False


def find_place(
    page: SavedPage, moments: dict[int, datetime], board: Board, people: People, known: Known
) -> Place:
    """Where the page belongs. Three queries or a few more.

    A page without ids is of the thread when board and title agree and no post contradicts it.
    """
    if page.thread_source_id is not None:
        found = known.look_up(Kind.THREAD, [str(page.thread_source_id)])
        for thread_id in found.values():
            thread = _in_its_place(thread_id)
            return Place(thread, known.key_of(Kind.THREAD, thread_id), thread is None)
    keys = [
        natural_key("thread", board.pk, fold_name(page.title), number)
        for number in range(_MOST_NAMESAKES)
    ]
    rows = known.look_up(Kind.THREAD, keys)
    for key in keys:
        if key not in rows:
            return Place(None, key)
        if _may_be(page, moments, rows[key], key, people, known):
            thread = _in_its_place(rows[key])
            return Place(thread, key, thread is None)
    return Place(None, natural_key("thread", board.pk, page.title, page.posts))


def make_thread(
    page: SavedPage, moments: dict[int, datetime], board: Board, people: People
) -> Thread:
    """The thread's row, held: it is counted when its posts are there."""
    title = clean_line(page.title)[:200] or "Untitled"
    first = min(moments.values())
    thread = Thread.objects.create(
        board=board,
        counts_for_members=board.counts_for_members,
        title=title,
        slug=slugify(title),
        started_at=first,
        last_posted_at=first,
        state=State.HELD,
        is_locked=page.is_locked,
    )
    set_start(thread, page, moments, people)
    return thread


def hold(thread: Thread) -> bool:
    """Take a visible thread out of all counts; whether it was visible. The row is locked."""
    if thread.state != State.VISIBLE:
        return False
    thread.state = State.HELD
    thread.save(update_fields=["state"])
    counters.remove_thread(thread)
    return True


def release(thread: Thread) -> None:
    """Count a held thread and let it be found."""
    thread.state = State.VISIBLE
    thread.save(update_fields=["state"])
    counters.add_thread(thread)
    index.reindex_thread(thread.pk)
    # Its own posts, which came while it was held, may link to it.
    inside_links.thread_changed(thread.pk)


def set_start(
    thread: Thread, page: SavedPage, moments: dict[int, datetime], people: People
) -> None:
    """Who started the thread, and when, where the page knows better than what is there.

    The thread is held. The opening post says both; a badge beside a later one says who.
    """
    opening = next((i for i, post in enumerate(page.posts) if post.number == 1), None)
    if opening is not None:
        thread.started_at = moments[opening]
    starter = _starter(page)
    if starter is not None and (opening is not None or thread.author_id is None):
        member = _member(starter, people)
        thread.author = member
        thread.author_name = member.name if member else starter.author.name[:80]
    thread.save(update_fields=["started_at", "author", "author_name"])


def lock(thread: Thread) -> Thread:
    """The thread's row as it is now, held until the transaction ends."""
    held = numbers.lock_thread_row(thread.pk)
    assert held is not None, "it was found in this transaction"
    return held


def _starter(page: SavedPage) -> SavedPost | None:
    """A post by who started the thread: the opening one, or one that has the badge."""
    opening = (post for post in page.posts if post.number == 1)
    marked = (post for post in page.posts if post.is_thread_starter)
    return next(opening, None) or next(marked, None)


def _member(post: SavedPost, people: People) -> Member | None:
    if post.author.is_guest:
        return None
    return people.find(post.author.name, post.author.source_id)


def _in_its_place(thread_id: int) -> Thread | None:
    """The thread, or the one that it was moved or merged into."""
    for _ in range(10):
        thread = Thread.objects.filter(id=thread_id).first()
        if thread is None or thread.moved_to_id is None:
            return thread
        thread_id = thread.moved_to_id
    return None


def _may_be(
    page: SavedPage,
    moments: dict[int, datetime],
    thread_id: int,
    key: str,
    people: People,
    known: Known,
) -> bool:
    """Whether nothing on the page contradicts that it is of this thread."""
    if page.thread_source_id is not None and known.has_id(Kind.THREAD, thread_id):
        return False
    places = {post_key(post, key): place for place, post in enumerate(page.posts)}
    rows = known.look_up(Kind.POST, places)
    there = Post.objects.in_bulk(rows.values())
    for one, post_id in rows.items():
        place, row = places[one], there.get(post_id)
        if row is not None and not _is_same(page.posts[place], moments[place], row, people):
            return False
    starter = _starter(page)
    thread = Thread.objects.filter(id=thread_id).first()
    if starter is None or thread is None or thread.author_id is None:
        return True
    member = _member(starter, people)
    return member is not None and member.pk == thread.author_id


def _is_same(post: SavedPost, at: datetime, row: Post, people: People) -> bool:
    member = _member(post, people)
    if member is not None and row.author_id is not None and member.pk != row.author_id:
        return False
    if (member is None) != (row.author_id is None):
        return False
    return abs(row.posted_at - at) <= _SAME_MOMENT


def post_key(post: SavedPost, thread_key: str) -> str:
    """The natural key of a post: its number in the thread, or all that it says."""
    if post.number is not None:
        return natural_key("post", thread_key, post.number)
    return natural_key("post", thread_key, post.date_text, post.author.name, post.body_source)

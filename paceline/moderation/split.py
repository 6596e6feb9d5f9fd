"""Split posts off into a thread of their own."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from paceline.accounts.viewer import Viewer
from paceline.forum import counters, inside_links
from paceline.forum.models import Post, State, Thread
from paceline.forum.staff_log import Verb, check_reason, log_thread
from paceline.lib.errors import Invalid
from paceline.lib.texts import slugify
from paceline.moderation.move import find_target
from paceline.moderation.reach import hold_thread, refuse_stub
from paceline.moderation.renumber import carry_posts, read_of
from paceline.permissions.boards import find_board
from paceline.posting.render_again import follow_board
from paceline.posting.texts import check_title
from paceline.search import index
from paceline.unread.models import ThreadMark, Watch


def split_thread(
    viewer: Viewer,
    thread_id: int,
    post_ids: Iterable[int],
    title: str,
    *,
    board_id: int | None = None,
    reason: str = "",
) -> Thread:
    """Make a new thread of some posts of another, on the same board or on `board_id`.

    They keep their addresses and their order and get numbers from 1 on; the old thread keeps its
    gaps. Both threads keep a visible post. Who watched the old thread watches both, and what was
    read stays read. Answers the new thread.
    Raises NotFound, NotAllowed, or Invalid for "title", "posts", "board" or "reason".
    """
    title = check_title(viewer, title)
    reason = check_reason(reason)
    with transaction.atomic():
        thread = hold_thread(viewer, thread_id)
        refuse_stub(thread)
        counts = thread.counts_for_members
        if board_id is not None:
            target = find_target(viewer, board_id)
            counts = counts if board_id == thread.board_id else target.counts_for_members
        posts = _chosen(thread, set(post_ids))
        new = _new_thread(thread, posts, title, board_id or thread.board_id, counts)
        numbers_before = [post.number for post in posts]
        first = carry_posts(posts, new)
        counters.split_posts(thread, new, first)
        _carry_reading(thread, new, numbers_before)
        index.reindex_thread(new.pk)
        index.reindex_thread(thread.pk)
        inside_links.thread_changed(thread.pk)
        follow_board(new.pk, find_board(viewer, thread.board_id), find_board(viewer, new.board_id))
        log_thread(viewer, Verb.SPLIT, thread, reason, to=new.pk, posts=len(posts))
    return new


def _chosen(thread: Thread, post_ids: set[int]) -> list[Post]:
    rows = Post.objects.select_for_update(of=("self",), no_key=True).filter(
        thread=thread, id__in=post_ids
    )
    posts = list(rows.defer("source", "html").order_by("number"))
    if len(posts) != len(post_ids):
        raise Invalid("posts", "Some of these posts stand in another thread; choose again.")
    visible = sum(post.state == State.VISIBLE for post in posts)
    if not visible:
        raise Invalid("posts", "Choose at least one post that is visible.")
    if visible == thread.post_count:
        raise Invalid("posts", "Leave at least one post; to take all of them, move the thread.")
    return posts


def _new_thread(
    thread: Thread, posts: Sequence[Post], title: str, board_id: int, counts: bool
) -> Thread:
    opening = next(post for post in posts if post.state == State.VISIBLE)
    same_board = board_id == thread.board_id
    return Thread.objects.create(
        board_id=board_id,
        counts_for_members=counts,
        title=title,
        slug=slugify(title),
        prefix_id=thread.prefix_id if same_board else None,
        author_id=opening.author_id,
        author_name=opening.author_name,
        started_at=opening.posted_at,
        last_posted_at=opening.posted_at,
        last_author_id=opening.author_id,
        last_author_name=opening.author_name,
        state=thread.state,
        is_locked=thread.is_locked,
    )


def _carry_reading(thread: Thread, new: Thread, numbers_before: list[int]) -> None:
    """Marks and watches of the new thread, from those of the old one. Four queries."""
    marks = ThreadMark.objects.filter(thread=thread, number__gte=numbers_before[0])
    ThreadMark.objects.bulk_create(
        ThreadMark(
            member_id=mark.member_id,
            thread=new,
            number=read_of(numbers_before, mark.number),
            read_at=mark.read_at,
        )
        for mark in marks
    )
    Watch.objects.bulk_create(
        Watch(member_id=watch.member_id, thread=new, since=watch.since)
        for watch in Watch.objects.filter(thread=thread)
    )

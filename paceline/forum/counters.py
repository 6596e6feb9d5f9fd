"""Counters, kept in the transaction that changes what they count.

A post counts for its thread when it is visible, for its board when its thread is visible too,
and for members when moreover its thread `counts_for_members` (counting.py). What an old board
stated beyond the facts that came along stands in `Member.carried` and is added. `find_drift`
counts everything anew.

Lock order: threads by id, posts, boards by id, members by id. Whoever changes a fact holds the
row of its thread (`numbers.lock_thread_row`), then calls one function here, which takes the rest
in that order; a second call in the same transaction may meet another one the other way round.
"""

from collections import Counter
from collections.abc import Iterable

from django.db.models import F, Q

from paceline.forum.counting import follow_board
from paceline.forum.facts import (
    Changes,
    add_changes,
    change_boards,
    change_members,
    changes_of,
    facts_in_post,
    facts_of_posts,
    facts_of_threads,
    sums,
)
from paceline.forum.last_posts import number_of_last, refresh_board_last, refresh_last, set_last
from paceline.forum.models import Like, MemberTag, Mention, Post, Quote, State, Thread


def add_post(thread: Thread, post: Post) -> None:
    """The post has become visible, its mentions and quotes being noted already.

    About nine queries, and one for its author and for each member that it names or quotes.
    """
    before = thread.last_posted_at
    _count_post(thread, post, +1)
    if thread.last_post_id is None or post.number >= number_of_last(thread):
        set_last(thread, post)
    else:
        thread.first_number = min(thread.first_number, post.number)
        Thread.objects.filter(id=thread.pk).update(first_number=thread.first_number)
    if thread.state == State.VISIBLE:
        # An old post moved in may set the thread back behind others of its board.
        is_newer = thread.last_posted_at >= before
        refresh_board_last(thread.board_id, newest=thread if is_newer else None)


def remove_post(thread: Thread, post: Post) -> None:
    """The post is visible no longer. Its row must already say so."""
    _count_post(thread, post, -1)
    refresh_last(thread)
    if thread.state == State.VISIBLE:
        refresh_board_last(thread.board_id)


def add_thread(thread: Thread) -> None:
    """The thread has become visible, with the posts that are. Sets its `counts_for_members`."""
    _count_thread(thread, +1)
    refresh_board_last(thread.board_id)


def remove_thread(thread: Thread) -> None:
    """The thread is visible no longer. Its row must already say so."""
    _count_thread(thread, -1)
    refresh_board_last(thread.board_id)


def move_thread(thread: Thread, from_board_id: int) -> None:
    """The thread stands on another board now (`thread.board_id`), and counts as that does."""
    before = thread.counts_for_members
    boards = sorted({from_board_id, thread.board_id})
    if thread.state == State.VISIBLE and thread.moved_to_id is None:
        change_boards(
            {
                from_board_id: Counter(thread_count=-1, post_count=-thread.post_count),
                thread.board_id: Counter(thread_count=+1, post_count=+thread.post_count),
            }
        )
    follow_board(thread)
    counts = thread.state == State.VISIBLE and thread.moved_to_id is None
    if counts and thread.counts_for_members != before:
        sign = +1 if thread.counts_for_members else -1
        change_members(changes_of(facts_of_threads(Q(id=thread.pk)), sign))
    for board_id in boards:
        refresh_board_last(board_id)


def split_posts(source: Thread, new: Thread, first: int) -> None:
    """What stands in `new`, made for it, from number `first` on has come from `source`.

    The rows of the posts already say so. Both threads are in the same state, so that members'
    counters of posts stay unless only one of the boards counts for members.
    """
    moved = _count_moved(source, new, first)
    if new.state == State.VISIBLE:
        _count_on_boards(source, new, moved, threads=Counter({new.board_id: 1}))
        if new.board_id != source.board_id:
            follow_board(new)
        changes = _changes_of_moved(source, new, first)
        if new.author_id and new.counts_for_members:
            changes.setdefault(new.author_id, Counter())["thread_count"] += 1
        change_members(changes)
    _refresh_boards(source, new)


def merge_posts(source: Thread, target: Thread, first: int, tagged_ids: Iterable[int]) -> None:
    """All posts of `source` stand in `target` from number `first` on, and it is a stub now.

    The rows of posts already say so, and of tags those that are not in `target`: those of
    `tagged_ids` have come over. Both threads were visible.
    """
    moved = _count_moved(source, target, first)
    source.moved_to = target
    source.save(update_fields=["moved_to"])
    _count_on_boards(source, target, moved, threads=Counter({source.board_id: -1}))
    changes = _changes_of_moved(source, target, first)
    if source.counts_for_members:
        if source.author_id:
            changes.setdefault(source.author_id, Counter())["thread_count"] -= 1
        twice = MemberTag.objects.filter(thread=source)
        for member_id in twice.values_list("member_id", flat=True):
            changes.setdefault(member_id, Counter())["tagged_count"] -= 1
    for member_id in tagged_ids:
        changes.setdefault(member_id, Counter())["tagged_count"] += (
            target.counts_for_members - source.counts_for_members
        )
    change_members(changes)
    _refresh_boards(source, target)


def _changes_of_moved(source: Thread, target: Thread, first: int) -> Changes:
    """What becomes of the facts in posts that came from a board of the other kind, or nothing."""
    sign = target.counts_for_members - source.counts_for_members
    if not sign:
        return {}
    return changes_of(facts_of_posts(Q(thread=target, number__gte=first)), sign)


def _count_moved(source: Thread, target: Thread, first: int) -> int:
    moved = Post.objects.filter(thread=target, number__gte=first, state=State.VISIBLE).count()
    for thread, change in ((source, -moved), (target, +moved)):
        thread.post_count += change
        Thread.objects.filter(id=thread.pk).update(post_count=F("post_count") + change)
        refresh_last(thread)
    return moved


def _count_on_boards(source: Thread, target: Thread, moved: int, threads: Counter[int]) -> None:
    posts = Counter({source.board_id: -moved})
    posts[target.board_id] += moved
    change_boards(
        {
            board_id: Counter(thread_count=threads[board_id], post_count=posts[board_id])
            for board_id in (source.board_id, target.board_id)
        }
    )


def _refresh_boards(source: Thread, target: Thread) -> None:
    for board_id in sorted({source.board_id, target.board_id}):
        refresh_board_last(board_id)


def add_like(post: Post, like: Like) -> None:
    """A like was given to a post. In the caller's transaction, the post's row being held."""
    _count_like(post, like.member_id, +1)


def remove_like(post: Post, member_id: int) -> None:
    """A like was taken back. Its row must be gone already."""
    _count_like(post, member_id, -1)


def add_tag(thread: Thread, member_id: int) -> None:
    """A member was tagged in a thread."""
    if thread.state == State.VISIBLE and thread.counts_for_members:
        change_members({member_id: Counter(tagged_count=1)})


def remove_tag(thread: Thread, member_id: int) -> None:
    """A tag was taken back. Its row must be gone already."""
    if thread.state == State.VISIBLE and thread.counts_for_members:
        change_members({member_id: Counter(tagged_count=-1)})


def write_mentions_and_quotes(
    post: Post, mentioned_ids: Iterable[int], quoted_ids: Iterable[int]
) -> None:
    """Keep what a post says of others: members that it names, posts that it quotes. Three queries.

    For a post that does not count yet: becoming visible counts these facts with it, members in
    one ascending pass. Quoted posts whose authors are unknown or the post's own author are left
    out. The caller passes only ids that exist and that the post's author may see.
    """
    Mention.objects.bulk_create(
        Mention(post=post, member_id=member_id)
        for member_id in sorted(set(mentioned_ids) - {post.author_id})
    )
    if not (wanted := set(quoted_ids)):
        return
    quoted = Post.objects.filter(id__in=wanted, author__isnull=False).exclude(
        author_id=post.author_id
    )
    Quote.objects.bulk_create(
        Quote(post=post, quoted_id=quoted_id, member_id=author_id)
        for quoted_id, author_id in quoted.order_by("id").values_list("id", "author_id")
        if author_id is not None
    )


def set_mentions_and_quotes(
    thread: Thread, post: Post, mentioned_ids: Iterable[int], quoted_ids: Iterable[int]
) -> None:
    """The same after an edit: what the post said before is replaced, and counted if it counts."""
    before = facts_in_post(post, -1)
    Mention.objects.filter(post=post).delete()
    Quote.objects.filter(post=post).delete()
    write_mentions_and_quotes(post, mentioned_ids, quoted_ids)
    if post.state == thread.state == State.VISIBLE and thread.counts_for_members:
        changes = facts_in_post(post, +1)
        add_changes(changes, before)
        change_members(changes)


def forget_words_of(author_id: int) -> None:
    """The words of all posts of an author are gone: what they said of others counts no longer.

    The caller holds the rows of the threads. Four queries, and one per member of whom they spoke.
    """
    counts = Q(
        post__state=State.VISIBLE,
        post__thread__state=State.VISIBLE,
        post__thread__counts_for_members=True,
    )
    changes: Changes = {}
    for counter, rows in (
        ("mentioned_count", Mention.objects.filter(post__author_id=author_id)),
        ("quoted_count", Quote.objects.filter(post__author_id=author_id)),
    ):
        for member_id, number in sums("member_id", rows.filter(counts)).items():
            changes.setdefault(member_id, Counter())[counter] -= number
        rows.delete()
    change_members(changes)


def _count_post(thread: Thread, post: Post, sign: int) -> None:
    Thread.objects.filter(id=thread.pk).update(post_count=F("post_count") + sign)
    thread.post_count += sign
    if thread.state != State.VISIBLE:
        return
    _change_board(thread.board_id, posts=sign)
    if not thread.counts_for_members:
        return
    changes = facts_in_post(post, sign)
    if post.author_id:
        changes.setdefault(post.author_id, Counter())["post_count"] += sign
    if post.like_count:
        if post.author_id:
            changes[post.author_id]["liked_count"] += sign * post.like_count
            changes[post.author_id]["liked_post_count"] += sign
        for member_id in Like.objects.filter(post=post).values_list("member_id", flat=True):
            changes.setdefault(member_id, Counter())["likes_given_count"] += sign
    change_members(changes)


def _count_thread(thread: Thread, sign: int) -> None:
    if thread.moved_to_id is not None:
        return
    _change_board(thread.board_id, threads=sign, posts=sign * thread.post_count)
    if sign > 0:
        follow_board(thread)
    if thread.counts_for_members:
        change_members(changes_of(facts_of_threads(Q(id=thread.pk)), sign))


def _count_like(post: Post, member_id: int, sign: int) -> None:
    before = post.like_count
    post.like_count += sign
    Post.objects.filter(id=post.pk).update(like_count=F("like_count") + sign)
    if post.state != State.VISIBLE or post.thread.state != State.VISIBLE:
        return
    if not post.thread.counts_for_members:
        return
    changes: Changes = {member_id: Counter(likes_given_count=sign)}
    if post.author_id:
        author = changes.setdefault(post.author_id, Counter())
        author["liked_count"] += sign
        if before == 0 or post.like_count == 0:
            author["liked_post_count"] += sign
    change_members(changes)


def _change_board(board_id: int, *, threads: int = 0, posts: int = 0) -> None:
    change_boards({board_id: Counter(thread_count=threads, post_count=posts)})

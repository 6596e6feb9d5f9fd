"""Counters, kept in the transaction that changes what they count.

A post counts for its thread when it is visible, for its board when its thread is visible too,
and for members when moreover its thread `counts_for_members`. What an old board stated beyond the
facts that came along stands in `Member.carried` and is added. `find_drift` counts everything anew.

Lock order: threads by id, posts, boards by id, members by id. Whoever changes a fact holds the
row of its thread (`numbers.lock_thread_row`), then calls one function here, which takes the rest
in that order; a second call in the same transaction may meet another one the other way round.
A thread's flag holds while its row is held: `set_counting` holds all threads of a board before it
holds the board. A thread that comes to a board reads the board's flag after counting on it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet

from paceline.accounts.models import Member
from paceline.forum.models import Board, Like, MemberTag, Mention, Post, Quote, State, Thread

# The counters of a member, by column.
MEMBER_COUNTERS = (
    "post_count",
    "thread_count",
    "mentioned_count",
    "tagged_count",
    "quoted_count",
    "likes_given_count",
    "liked_count",
    "liked_post_count",
)

Changes = dict[int, Counter[str]]


def add_post(thread: Thread, post: Post) -> None:
    """The post has become visible, its mentions and quotes being noted already.

    About nine queries, and one for its author and for each member that it names or quotes.
    """
    before = thread.last_posted_at
    _count_post(thread, post, +1)
    if thread.last_post_id is None or post.number >= _number_of_last(thread):
        _set_last(thread, post)
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
        _change_boards(
            {
                from_board_id: Counter(thread_count=-1, post_count=-thread.post_count),
                thread.board_id: Counter(thread_count=+1, post_count=+thread.post_count),
            }
        )
    _follow_board(thread)
    counts = thread.state == State.VISIBLE and thread.moved_to_id is None
    if counts and thread.counts_for_members != before:
        sign = +1 if thread.counts_for_members else -1
        _change_members(_changes(facts_of_threads(Q(id=thread.pk)), sign))
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
            _follow_board(new)
        changes = _changes_of_moved(source, new, first)
        if new.author_id and new.counts_for_members:
            changes.setdefault(new.author_id, Counter())["thread_count"] += 1
        _change_members(changes)
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
    _change_members(changes)
    _refresh_boards(source, target)


def _changes_of_moved(source: Thread, target: Thread, first: int) -> Changes:
    """What becomes of the facts in posts that came from a board of the other kind, or nothing."""
    sign = target.counts_for_members - source.counts_for_members
    if not sign:
        return {}
    return _changes(_facts_of_posts(Q(thread=target, number__gte=first)), sign)


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
    _change_boards(
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
        _change_members({member_id: Counter(tagged_count=1)})


def remove_tag(thread: Thread, member_id: int) -> None:
    """A tag was taken back. Its row must be gone already."""
    if thread.state == State.VISIBLE and thread.counts_for_members:
        _change_members({member_id: Counter(tagged_count=-1)})


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
    before = _facts_in_post(post, -1)
    Mention.objects.filter(post=post).delete()
    Quote.objects.filter(post=post).delete()
    write_mentions_and_quotes(post, mentioned_ids, quoted_ids)
    if post.state == thread.state == State.VISIBLE and thread.counts_for_members:
        changes = _facts_in_post(post, +1)
        _add_changes(changes, before)
        _change_members(changes)


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
        for member_id, number in _per("member_id", rows.filter(counts)).items():
            changes.setdefault(member_id, Counter())[counter] -= number
        rows.delete()
    _change_members(changes)


def refresh_last(thread: Thread) -> None:
    """Find the last visible post of a thread anew, and its first. Three queries."""
    visible = Post.objects.filter(thread=thread, state=State.VISIBLE)
    last = visible.order_by("-number").first()
    first = visible.order_by("number").values_list("number", flat=True).first()
    thread.first_number = first or 1
    thread.last_post = last
    if last:
        thread.last_posted_at = last.posted_at
        thread.last_author_id = last.author_id
        thread.last_author_name = last.author_name
    else:
        thread.last_posted_at = thread.started_at
        thread.last_author_id = thread.author_id
        thread.last_author_name = thread.author_name
    _save_last(thread)


def refresh_board_last(board_id: int, *, newest: Thread | None = None) -> None:
    """Find the thread of a board that was posted to last; `newest` where that is known."""
    if newest is None:
        newest = (
            Thread.objects.filter(board_id=board_id, state=State.VISIBLE, moved_to__isnull=True)
            .order_by("-last_posted_at", "-id")
            .first()
        )
        Board.objects.filter(id=board_id).update(last_thread=newest)
        return
    older = Q(last_thread__isnull=True) | Q(last_thread__last_posted_at__lte=newest.last_posted_at)
    if Board.objects.filter(older, id=board_id).exists():
        Board.objects.filter(id=board_id).update(last_thread=newest)


def _number_of_last(thread: Thread) -> int:
    if thread.last_post_id is None:
        return 0
    last = Post.objects.filter(id=thread.last_post_id).values_list("number", flat=True).first()
    return last or 0


def _set_last(thread: Thread, post: Post) -> None:
    thread.last_post = post
    thread.last_posted_at = post.posted_at
    thread.last_author_id = post.author_id
    thread.last_author_name = post.author_name
    if thread.post_count <= 1:
        thread.first_number = post.number
    _save_last(thread)


def _save_last(thread: Thread) -> None:
    thread.save(
        update_fields=[
            "first_number",
            "last_post",
            "last_posted_at",
            "last_author",
            "last_author_name",
        ]
    )


def _count_post(thread: Thread, post: Post, sign: int) -> None:
    Thread.objects.filter(id=thread.pk).update(post_count=F("post_count") + sign)
    thread.post_count += sign
    if thread.state != State.VISIBLE:
        return
    _change_board(thread.board_id, posts=sign)
    if not thread.counts_for_members:
        return
    changes = _facts_in_post(post, sign)
    if post.author_id:
        changes.setdefault(post.author_id, Counter())["post_count"] += sign
    if post.like_count:
        if post.author_id:
            changes[post.author_id]["liked_count"] += sign * post.like_count
            changes[post.author_id]["liked_post_count"] += sign
        for member_id in Like.objects.filter(post=post).values_list("member_id", flat=True):
            changes.setdefault(member_id, Counter())["likes_given_count"] += sign
    _change_members(changes)


def _facts_in_post(post: Post, sign: int) -> Changes:
    changes: Changes = {}
    for member_id in Mention.objects.filter(post=post).values_list("member_id", flat=True):
        changes.setdefault(member_id, Counter())["mentioned_count"] += sign
    for member_id in Quote.objects.filter(post=post).values_list("member_id", flat=True):
        changes.setdefault(member_id, Counter())["quoted_count"] += sign
    return changes


def _count_thread(thread: Thread, sign: int) -> None:
    if thread.moved_to_id is not None:
        return
    _change_board(thread.board_id, threads=sign, posts=sign * thread.post_count)
    if sign > 0:
        _follow_board(thread)
    if thread.counts_for_members:
        _change_members(_changes(facts_of_threads(Q(id=thread.pk)), sign))


def set_counting(wanted: Mapping[int, bool]) -> None:
    """What stands on these boards, by id, counts for members from now on, or no longer.

    In the caller's transaction, which holds no board and no member yet. At most twenty-seven
    queries where no thread comes in meanwhile, and one for each member whose counters change.
    """
    kept = _hold_boards_whole(wanted)
    changes: Changes = {}
    for counts in (False, True):
        ids = [each for each, before in kept.items() if wanted[each] == counts != before]
        if not ids:
            continue
        Board.objects.filter(id__in=ids).update(counts_for_members=counts)
        others = Q(board_id__in=ids, counts_for_members=not counts)
        facts = facts_of_threads(others & Q(state=State.VISIBLE))
        _add_changes(changes, _changes(facts, +1 if counts else -1))
        Thread.objects.filter(others).update(counts_for_members=counts)
    _change_members(changes)


def _hold_boards_whole(board_ids: Iterable[int]) -> dict[int, bool]:
    """Hold all threads on some boards, then the boards; answers the boards' flags."""
    boards = Board.objects.select_for_update(of=("self",), no_key=True)
    threads = Thread.objects.filter(board_id__in=list(board_ids))
    free = threads.select_for_update(of=("self",), no_key=True, skip_locked=True)
    while True:
        hold_threads_on(board_ids)
        with transaction.atomic():
            rows = boards.filter(id__in=list(board_ids)).order_by("id")
            flags = dict(rows.values_list("id", "counts_for_members"))
            held = set(free.values_list("id", flat=True))
            if held.issuperset(threads.values_list("id", flat=True)):
                return flags
            # One came in before the boards were held, and somebody holds it who may be waiting
            # for its board: let go of the boards and wait for the thread first.
            transaction.set_rollback(True)


def hold_threads_on(board_ids: Iterable[int]) -> None:
    """Hold all threads of some boards, in the order of locks, before the boards. One query."""
    rows = Thread.objects.select_for_update(of=("self",), no_key=True)
    list(rows.filter(board_id__in=list(board_ids)).order_by("id").values_list("id", flat=True))


def _follow_board(thread: Thread) -> None:
    """Give a thread its board's flag, the board's row being held. One query, two if it differs."""
    counts = Board.objects.values_list("counts_for_members", flat=True).get(id=thread.board_id)
    if thread.counts_for_members != counts:
        thread.counts_for_members = counts
        thread.save(update_fields=["counts_for_members"])


def _changes(facts: dict[str, dict[int, int]], sign: int) -> Changes:
    changes: Changes = {}
    for column, counted in facts.items():
        for member_id, number in counted.items():
            changes.setdefault(member_id, Counter())[column] += sign * number
    return changes


def _add_changes(changes: Changes, more: Changes) -> None:
    for member_id, facts in more.items():
        changes.setdefault(member_id, Counter()).update(facts)


def facts_of_threads(threads: Q) -> dict[str, dict[int, int]]:
    """By counter and member, what some threads and their visible posts add up to.

    Whether the threads are visible and count for members is for the caller's condition to say.
    Eight queries.
    """
    started = Thread.objects.filter(threads, moved_to__isnull=True, author__isnull=False)
    tags = MemberTag.objects.filter(_renamed(threads, "thread__"))
    return {
        **_facts_of_posts(_renamed(threads, "thread__")),
        "thread_count": _per("author_id", started),
        "tagged_count": _per("member_id", tags),
    }


def _facts_of_posts(of_post: Q) -> dict[str, dict[int, int]]:
    """By counter and member, what those of some posts that are visible add up to. Six queries."""
    through = _renamed(of_post, "post__")
    posts = Post.objects.filter(of_post, state=State.VISIBLE, author__isnull=False)
    likes = Like.objects.filter(through, post__state=State.VISIBLE)
    authors_liked = likes.filter(post__author__isnull=False)
    return {
        "post_count": _per("author_id", posts),
        "mentioned_count": _per(
            "member_id", Mention.objects.filter(through, post__state=State.VISIBLE)
        ),
        "quoted_count": _per("member_id", Quote.objects.filter(through, post__state=State.VISIBLE)),
        "likes_given_count": _per("member_id", likes),
        "liked_count": _per("post__author_id", authors_liked),
        "liked_post_count": _per("post__author_id", authors_liked, distinct="post_id"),
    }


def _per(column: str, rows: QuerySet[Any], *, distinct: str = "") -> dict[int, int]:
    counted = Count(distinct, distinct=True) if distinct else Count("pk")
    found = rows.order_by().values_list(column).annotate(n=counted)
    return {int(member_id): int(number) for member_id, number in found}


def _renamed(condition: Q, prefix: str) -> Q:
    return Q(*((f"{prefix}{name}", value) for name, value in condition.children))  # type: ignore[misc]


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
    _change_members(changes)


def _change_board(board_id: int, *, threads: int = 0, posts: int = 0) -> None:
    _change_boards({board_id: Counter(thread_count=threads, post_count=posts)})


def _change_boards(changes: Changes) -> None:
    for board_id in sorted(changes):
        added = {name: F(name) + n for name, n in changes[board_id].items() if n}
        if added:
            Board.objects.filter(id=board_id).update(**added)


def _change_members(changes: Changes) -> None:
    for member_id in sorted(changes):
        added = {name: F(name) + n for name, n in changes[member_id].items() if n}
        if added:
            Member.objects.filter(id=member_id).update(**added)

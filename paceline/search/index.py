"""Putting posts into the index and taking them out, in the transaction that changes them.

In the index are the posts that everybody sees who may read their board: visible ones of visible
threads. The title of a thread belongs to its first visible post. Whatever changed, every
function here looks at the rows and leaves the index as they ask for, so each may be called twice.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from paceline.forum.models import Post, State, Thread
from paceline.forum.rendering import BoardSwitches, words_of
from paceline.jobs.queue import put
from paceline.search.engine import engine
from paceline.search.entries import (
    Entry,
    author_token,
    board_token,
    thread_token,
    time_tokens,
)
from paceline.search.words import words_for_index

# A longer thread is indexed anew after the commit, so many posts at a time (tasks.py).
AT_ONCE = 200

_COLUMNS = (
    *("id", "number", "author_id", "posted_at", "state", "thread_id"),
    *("thread__board_id", "thread__title", "thread__first_number", "thread__last_number"),
    *("thread__state", "thread__moved_to_id", "source", "language"),
    *("thread__board__allows_bbcode", "thread__board__allows_markdown"),
    *("thread__board__allows_smilies", "thread__board__allows_images"),
)


def index_post(post_id: int, text: str) -> None:
    """The post of that id is found from now on by the words of `text`, where it is visible.

    Three queries; two where it is not visible; two more where it is approved after later posts
    of its thread and takes the title from one of them.
    """
    rows = _rows(Post.objects.filter(id=post_id))
    _index(rows, {post_id: text}, asked=[post_id])
    for row in rows:
        if row["thread__first_number"] == row["number"] < row["thread__last_number"]:
            _move_title(row["thread_id"], besides=post_id)


def refresh_post(post_id: int) -> None:
    """Look at the post's row and do what is right: found where it is visible, else forgotten.

    For whoever hides, restores, approves, edits or moves a post, or deletes it for good. Two
    queries or three; two more where the title of its thread has found another post.
    """
    rows = _rows(Post.objects.filter(id=post_id))
    _index(rows, {}, asked=[post_id])
    for row in rows:
        if row["number"] <= row["thread__first_number"]:
            _move_title(row["thread_id"], besides=post_id)


def forget_post(post_id: int) -> None:
    """The post is found no longer. May be called twice, and for a post that is gone.

    One query, and then those of `refresh_post` for the posts that may inherit the title.
    """
    engine().drop([post_id])
    row = Post.objects.filter(id=post_id).values("thread_id", "number").first()
    if row and row["number"] <= _first_number(row["thread_id"]):
        _move_title(row["thread_id"], besides=post_id)


def reindex_thread(thread_id: int) -> None:
    """The thread has another title, board, state or other posts, or is gone.

    A long thread is done after the commit; until then its posts are found as they were, and not
    shown to anybody who may not read them now.
    """
    thread = Thread.objects.filter(id=thread_id).first()
    if thread is None or thread.state != State.VISIBLE or thread.moved_to_id is not None:
        engine().drop_thread(thread_id)
    elif thread.last_number <= AT_ONCE:
        engine().drop_thread(thread_id)
        index_posts(Post.objects.filter(thread_id=thread_id))
    else:
        put("index_part_of_thread", thread_id=thread_id, after=0)


def index_posts(posts: QuerySet[Post]) -> int:
    """Bring the index in step with these posts; answers how many there are. Three queries."""
    rows = _rows(posts)
    _index(rows, {}, asked=[row["id"] for row in rows])
    return len(rows)


def index_texts(texts: Mapping[int, str]) -> None:
    """The posts of these ids are found by these words, where they are visible. Three queries."""
    if texts:
        _index(_rows(Post.objects.filter(id__in=texts)), texts, asked=texts)


def _rows(posts: QuerySet[Post]) -> list[dict[str, Any]]:
    return list(posts.order_by("id").values(*_COLUMNS))


def _index(
    rows: Sequence[dict[str, Any]], texts: Mapping[int, str], *, asked: Iterable[int]
) -> None:
    """Put those that are visible, forget the others of those asked for."""
    entries = [_entry(row, texts.get(row["id"])) for row in rows if _is_visible(row)]
    found = {entry.post_id for entry in entries}
    gone = [post_id for post_id in asked if post_id not in found]
    if gone:
        engine().drop(gone)
    if entries:
        engine().put(entries)


def _is_visible(row: dict[str, Any]) -> bool:
    return (
        row["state"] == State.VISIBLE
        and row["thread__state"] == State.VISIBLE
        and row["thread__moved_to_id"] is None
    )


def _entry(row: dict[str, Any], text: str | None) -> Entry:
    if text is None:
        text = words_of(_switches(row), row["source"], row["language"])
    is_first = row["number"] == row["thread__first_number"]
    tokens = [board_token(row["thread__board_id"]), thread_token(row["thread_id"])]
    if row["author_id"]:
        tokens.append(author_token(row["author_id"]))
    return Entry(
        post_id=row["id"],
        title=words_for_index(row["thread__title"]) if is_first else [],
        body=words_for_index(text),
        tokens=[*tokens, *time_tokens(row["posted_at"])],
    )


def _switches(row: dict[str, Any]) -> BoardSwitches:
    return BoardSwitches(
        allows_bbcode=row["thread__board__allows_bbcode"],
        allows_markdown=row["thread__board__allows_markdown"],
        allows_smilies=row["thread__board__allows_smilies"],
        allows_images=row["thread__board__allows_images"],
    )


def _first_number(thread_id: int) -> int:
    found = Thread.objects.filter(id=thread_id).values_list("first_number", flat=True).first()
    return found or 0


def _move_title(thread_id: int, *, besides: int) -> None:
    """The first visible post of a thread, apart from one: it has the title now, or has lost it."""
    visible = Post.objects.filter(thread_id=thread_id, state=State.VISIBLE).exclude(id=besides)
    first_id = visible.order_by("number").values_list("id", flat=True).first()
    if first_id is not None:
        index_posts(Post.objects.filter(id=first_id))

"""Finding what a moderator's verb is about, and holding it until the transaction ends."""

from collections.abc import Iterable
from dataclasses import dataclass

from paceline.accounts.viewer import Viewer
from paceline.forum.models import Post, Thread
from paceline.lib.errors import NotAllowed, NotFound
from paceline.permissions.posts import visible_posts
from paceline.permissions.threads import check_moderate, visible_threads


@dataclass(frozen=True, slots=True)
class Held:
    """A post and its thread, both held."""

    thread: Thread
    post: Post


def hold_thread(viewer: Viewer, thread_id: int) -> Thread:
    """A thread that the viewer moderates. Raises as `hold_threads`. One query."""
    return hold_threads(viewer, [thread_id])[thread_id]


def hold_threads(viewer: Viewer, thread_ids: Iterable[int]) -> dict[int, Thread]:
    """Threads that the viewer moderates, by id, held in ascending order. One query.

    Held in the mode that lets others point at them, as `numbers.lock_thread_row` says.

    Raises NotFound where one is not there for the viewer, NotAllowed where it is but the viewer
    does not moderate its board.
    """
    wanted = set(thread_ids)
    rows = (
        Thread.objects.select_for_update(of=("self",), no_key=True)
        .filter(visible_threads(viewer), id__in=wanted)
        .order_by("id")
    )
    found = {row.pk: row for row in rows}
    if found.keys() != wanted:
        raise NotFound("There is no such thread.")
    for thread in found.values():
        check_moderate(viewer, thread.board_id)
    return found


def hold_post(viewer: Viewer, post_id: int) -> Held:
    """A post on a board that the viewer moderates, with its thread. Raises as `hold_threads`.

    Three queries: the thread is held before the post is.
    """
    thread_id = (
        Post.objects.filter(visible_posts(viewer), id=post_id)
        .values_list("thread_id", flat=True)
        .first()
    )
    if thread_id is None:
        raise NotFound("There is no such post.")
    thread = hold_thread(viewer, thread_id)
    post = (
        Post.objects.select_for_update(of=("self",), no_key=True)
        .filter(id=post_id, thread_id=thread_id)
        .first()
    )
    if post is None:
        raise NotFound("This post has just been moved to another thread; look again.")
    post.thread = thread
    return Held(thread, post)


def refuse_stub(thread: Thread) -> None:
    """Raise NotAllowed for what only points to where a thread has gone."""
    if thread.moved_to_id is not None:
        raise NotAllowed("This only points to a thread that was moved; open that one.")

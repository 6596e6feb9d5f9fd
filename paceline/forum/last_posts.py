"""First and last: of a thread its first and last visible post, of a board its latest thread."""

from django.db.models import Q

from paceline.forum.models import Board, Post, State, Thread


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


def set_last(thread: Thread, post: Post) -> None:
    """The post is the last visible one of its thread. One query."""
    thread.last_post = post
    thread.last_posted_at = post.posted_at
    thread.last_author_id = post.author_id
    thread.last_author_name = post.author_name
    if thread.post_count <= 1:
        thread.first_number = post.number
    _save_last(thread)


def number_of_last(thread: Thread) -> int:
    """The number of the last visible post, 0 where there is none. One query or none."""
    if thread.last_post_id is None:
        return 0
    last = Post.objects.filter(id=thread.last_post_id).values_list("number", flat=True).first()
    return last or 0


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

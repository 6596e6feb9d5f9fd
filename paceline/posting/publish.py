"""What follows from a post becoming visible, whether it was just sent or has been approved."""

from paceline.forum import counters
from paceline.forum.models import Post, State, Thread
from paceline.notifications import tell
from paceline.search import index


def publish(thread: Thread, post: Post, text: str) -> None:
    """Count the post, let it be found, and tell those who want to hear of it.

    `text` is its plain text. In the caller's transaction, which holds the thread's row.
    """
    counters.add_post(thread, post)
    index.index_post(post.pk, text)
    if thread.state == State.VISIBLE:
        tell.tell_later(post.pk)


def publish_thread(thread: Thread) -> None:
    """The thread has become visible with the posts that are. In the caller's transaction."""
    counters.add_thread(thread)
    first = Post.objects.filter(thread=thread, state=State.VISIBLE).order_by("number").first()
    if first is not None:
        tell.tell_later(first.pk)

"""What follows from a post becoming visible, whether it was just sent or has been approved."""

from paceline.forum import counters
from paceline.forum.models import Post, State, Thread
from paceline.notifications import tell
from paceline.search import index


def publish(thread: Thread, post: Post, text: str) -> None:
    """Count the post, let it be found, and tell those who want to hear of it.

    `text` is its plain text; its mentions and quotes have been noted. In the caller's
    transaction, which holds the thread's row.
    """
    counters.add_post(thread, post)
    index.index_post(post.pk, text)
    if thread.state == State.VISIBLE:
        tell.tell_later(post.pk)


def publish_thread(thread: Thread) -> None:
    """Show a held thread with the posts in it that are visible, as if it had just been sent.

    In the caller's transaction, which holds the thread's row.
    """
    thread.state = State.VISIBLE
    thread.save(update_fields=["state"])
    counters.add_thread(thread)
    index.reindex_thread(thread.pk)
    first = Post.objects.filter(thread=thread, state=State.VISIBLE).order_by("number").first()
    if first is not None:
        tell.tell_later(first.pk)

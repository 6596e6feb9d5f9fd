"""Putting posts into the index and taking them out, in the transaction that changes them."""


def index_post(post_id: int, text: str) -> None:
    """The post of that id is found from now on by the words of `text`."""


def refresh_post(post_id: int) -> None:
    """Look at the post's row and do what is right: found where it is visible, else forgotten.

    For whoever hides, restores, approves or edits a post; may be called twice, and for a post
    that is gone.
    """


def forget_post(post_id: int) -> None:
    """The post is found no longer. May be called twice, and for a post that is gone."""


def reindex_thread(thread_id: int) -> None:
    """The thread has another title, board or state."""

"""Putting posts into the index and taking them out, in the transaction that changes them."""


def index_post(post_id: int, text: str) -> None:
    """The post of that id is found from now on by the words of `text`."""


def forget_post(post_id: int) -> None:
    """The post is found no longer."""


def reindex_thread(thread_id: int) -> None:
    """The thread has another title, board or state."""

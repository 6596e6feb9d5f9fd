"""Telling members of a post: put as a job with the post, done after the commit."""

from paceline.jobs.queue import put


def tell_later(post_id: int) -> None:
    """Those who watch, are named, or are quoted will hear of the post. One query."""
    put("tell_of_post", post_id=post_id)

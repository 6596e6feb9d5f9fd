"""Telling members of what happened: put as a job with the deed, done after the commit."""

from django.utils import timezone

from paceline.jobs.queue import put


def tell_later(post_id: int) -> None:
    """Those who watch, are named, or are quoted will hear of the post. One query."""
    put("tell_of_post", post_id=post_id)


def tell_of_mentions(post_id: int, member_ids: list[int]) -> None:
    """These members will hear that an edit of the post names them. One query."""
    put("tell_of_mentions", post_id=post_id, member_ids=member_ids)


def tell_of_like(post_id: int, member_id: int) -> None:
    """The author will hear that the member likes the post. One query.

    Nothing is told of a like that was taken back before the job is done.
    """
    put("tell_of_like", post_id=post_id, member_id=member_id)


def tell_of_tag(thread_id: int, member_id: int) -> None:
    """The member will hear that somebody tagged them in the thread. One query."""
    put("tell_of_tag", thread_id=thread_id, member_id=member_id)


def tell_of_staff(member_id: int, text: str, *, thread_id: int | None = None) -> None:
    """The member will hear a word from the staff, at most 500 characters. One query."""
    put(
        "tell_of_staff",
        member_id=member_id,
        text=text[:500],
        thread_id=thread_id,
        at=timezone.now().isoformat(),
    )

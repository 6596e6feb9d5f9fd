"""Indexing that is too long for the transaction of whoever asked for it."""

from django.db import transaction

from paceline.forum.models import Post, Thread
from paceline.jobs.queue import put, task
from paceline.search.index import AT_ONCE, index_posts


@task("index_part_of_thread")
def index_part_of_thread(thread_id: int, after: int) -> None:
    """Index the posts of a thread whose numbers follow `after`, and put the next part."""
    with transaction.atomic():
        upto = after + AT_ONCE
        index_posts(Post.objects.filter(thread_id=thread_id, number__gt=after, number__lte=upto))
        if Thread.objects.filter(id=thread_id, last_number__gt=upto).exists():
            put("index_part_of_thread", thread_id=thread_id, after=upto)

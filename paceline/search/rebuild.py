"""The whole index made anew, and what it lacks."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Max

from paceline.forum.models import Post, State
from paceline.search.engine import engine
from paceline.search.index import index_posts

AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Lost:
    """A post that the index should know and does not, or the other way round."""

    post_id: int
    is_missing: bool

    def __str__(self) -> str:
        if self.is_missing:
            return f"post {self.post_id}: visible, but not found by its words"
        return f"post {self.post_id}: still in the index, though not visible"


def rebuild_index(progress: Callable[[int, int], None], *, after_id: int = 0) -> int:
    """Index every post, a thousand in a transaction; answers how many there are.

    `progress` is told the last id done and the highest there is. From `after_id` on, it goes on
    where it was broken off; from 0, the index is emptied first. What is posted meanwhile is found.
    """
    highest = Post.objects.aggregate(highest=Max("id"))["highest"] or 0
    if not after_id:
        with transaction.atomic():
            engine().create()
    done = 0
    while after_id < highest:
        upto = after_id + AT_ONCE
        with transaction.atomic():
            done += index_posts(Post.objects.filter(id__gt=after_id, id__lte=upto))
        after_id = upto
        progress(min(after_id, highest), highest)
    engine().optimize()
    return done


def find_missing(most: int = 1000) -> list[Lost]:
    """Posts that the index lacks, and those that it should have forgotten; each up to `most`.

    Two queries over the whole table. It compares ids, not words.
    """
    known = engine().known_ids()
    visible = (
        "SELECT post.id FROM paceline_post AS post"
        " JOIN paceline_thread AS thread ON thread.id = post.thread_id"
        f" WHERE post.state = {State.VISIBLE} AND thread.state = {State.VISIBLE}"
        " AND thread.moved_to_id IS NULL"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"{visible} EXCEPT {known} ORDER BY 1 LIMIT %s", [most])
        missing = [Lost(row[0], is_missing=True) for row in cursor.fetchall()]
        cursor.execute(f"{known} EXCEPT {visible} ORDER BY 1 LIMIT %s", [most])
        stale = [Lost(row[0], is_missing=False) for row in cursor.fetchall()]
    return missing + stale

import pytest
from django.db.models import Exists, Q

from paceline.forum.conditions import through
from paceline.forum.models import Post, State


def test_a_condition_is_asked_of_what_a_relation_leads_to(world):
    reply = world.reply()
    world.start_thread("Another")
    of_thread = Q(id=reply.thread_id) & ~(Q(state=State.HIDDEN) | Q(title="Another"))

    assert set(Post.objects.filter(through("thread", of_thread))) == set(
        Post.objects.filter(thread=reply.thread_id)
    )


def test_what_no_relation_leads_to_is_refused():
    with pytest.raises(TypeError, match="through"):
        through("thread", Q(Exists(Post.objects.all())))

from typing import cast

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory

from paceline.accounts.models import Presence
from paceline.accounts.presence import write_presence
from paceline.forum.views import write_views
from paceline.web.answers import Request
from paceline.web.presence import note


@pytest.fixture
def look(world):
    """`look(member or None, …)` is a page view."""

    def view(member, *, board_id=0, thread_id=0, **headers):
        request = cast(Request, RequestFactory().get("/", headers=headers))
        request.viewer = world.viewer(member)
        request.session = SessionStore()
        note(request, board_id, thread_id)

    return view


def test_a_page_view_notes_the_member_and_counts_for_the_thread(world, look):
    look(world.bo, board_id=world.training.pk, thread_id=world.thread.pk)
    look(None, thread_id=world.thread.pk)
    look(None)
    write_presence()
    write_views()

    assert world.thread.view_count == 2
    assert set(Presence.objects.values_list("member", "thread")) == {
        (world.bo.pk, world.thread.pk),
        (None, 0),
    }


def test_a_page_loaded_in_advance_was_seen_by_nobody(world, look):
    look(None, thread_id=world.thread.pk, **{"Sec-Purpose": "prefetch;prerender"})
    write_presence()
    write_views()

    assert world.thread.view_count == 0
    assert not Presence.objects.exists()

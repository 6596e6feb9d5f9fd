"""The demonstration board is made through the members' own verbs, so it must add up like theirs."""

import pytest

from paceline.accounts.models import Member
from paceline.administration.counting import find_uncounted
from paceline.demo.files import FILES
from paceline.demo.load import is_empty, load_demo
from paceline.forum.models import Board, Post, Thread
from paceline.forum.recount import find_drift
from paceline.media.attachments import find_count_drift
from paceline.media.files import find_lost
from paceline.media.models import Attachment

pytestmark = pytest.mark.django_db


def test_an_empty_board_is_filled_and_adds_up(client):
    assert is_empty()

    count = load_demo()

    assert not is_empty()
    assert count == Post.objects.count() > 60
    assert find_drift() == []
    assert find_count_drift() == []
    assert find_lost() == []
    assert set(FILES) == set(Attachment.objects.values_list("name", flat=True))
    shown = Attachment.objects.get(is_placed=True)
    assert shown.post is not None
    assert f"/attachments/{shown.pk}/small" in shown.post.html
    assert not Board.objects.filter(takes_threads=True, thread_count=0).exists()
    assert Thread.objects.filter(post_count__gt=40).exists()

    assert find_uncounted() == []
    assert Member.objects.filter(thread_count__gt=0).exists()

    # Nobody can sign in as one of the members that were made up.
    for password in ("", "!", "open sesame"):
        client.post("/account/login/", {"login": "lena", "password": password})
        assert "_auth_user_id" not in client.session

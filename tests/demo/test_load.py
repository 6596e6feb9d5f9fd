"""The demonstration board is made through the members' own verbs, so it must add up like theirs."""

import pytest

from paceline.demo.load import is_empty, load_demo
from paceline.forum.models import Board, Post, Thread
from paceline.forum.recount import find_drift

pytestmark = pytest.mark.django_db


def test_an_empty_board_is_filled_and_adds_up():
    assert is_empty()

    count = load_demo()

    assert not is_empty()
    assert count == Post.objects.count() > 60
    assert find_drift() == []
    assert not Board.objects.filter(takes_threads=True, thread_count=0).exists()
    assert Thread.objects.filter(post_count__gt=40).exists()


def test_no_made_up_member_can_sign_in(client):
    load_demo()
    for password in ("", "!", "open sesame"):
        client.post("/account/login/", {"login": "lena", "password": password})
        assert "_auth_user_id" not in client.session

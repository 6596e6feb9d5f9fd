from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from paceline.accounts.sessions import (
    NO_ADDRESS,
    describe_device,
    end_other_sessions,
    end_session,
    list_sessions,
    note_session,
    write_sessions,
)
from paceline.lib.errors import NotFound, SignInFirst

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def open_session():
    """`open_session(member)` answers the key of a new session of theirs."""

    def signed_in(member, agent=FIREFOX):
        store = SessionStore()
        store[SESSION_KEY] = str(member.pk)
        store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        store[HASH_SESSION_KEY] = member.get_session_auth_hash()
        store.save()
        UserSession.objects.create(
            user=member, session_key=store.session_key, user_agent=agent, ip="192.0.2.7"
        )
        return store.session_key

    return signed_in


def test_a_member_sees_where_they_are_signed_in_and_nobody_elses(world, bo, open_session):
    here, there = open_session(world.bo), open_session(world.bo, "curl/8.0")
    open_session(world.cy)
    seen_at = bo.now + timedelta(minutes=5)
    note_session(there, seen_at)
    write_sessions()

    rows = list_sessions(bo, here)

    assert [(row.device, row.is_current) for row in rows] == [
        ("Firefox on Linux", True),
        ("Unknown device", False),
    ]
    assert rows[1].last_seen_at == seen_at


def test_no_address_is_kept(world, open_session):
    open_session(world.bo)

    assert set(UserSession.objects.values_list("ip", flat=True)) == {NO_ADDRESS}


def test_a_member_ends_one_session_or_all_others(world, bo, open_session):
    here, there, third = (open_session(world.bo) for _ in range(3))
    other = open_session(world.cy)
    foreign = UserSession.objects.get(session_key=other)

    end_session(bo, UserSession.objects.get(session_key=there).pk)
    assert not SessionStore().exists(there)
    with pytest.raises(NotFound):
        end_session(bo, foreign.pk)
    assert end_other_sessions(bo, here) == 1

    assert not SessionStore().exists(third)
    assert SessionStore().exists(here)
    assert SessionStore().exists(other)
    assert len(list_sessions(bo, here)) == 1


def test_sessions_that_a_new_password_ended_are_not_listed(world, bo, open_session):
    open_session(world.bo)
    world.bo.set_password("another one")
    world.bo.save()
    here = open_session(world.bo)

    assert [row.is_current for row in list_sessions(world.viewer(world.bo), here)] == [True]


def test_seeing_a_session_is_written_in_batches_and_never_turns_back(
    world, bo, open_session, no_queries, queries
):
    keys = [open_session(world.bo) for _ in range(4)]
    early = bo.now - timedelta(days=1)
    with no_queries():
        note_session(keys[0], early)
        note_session("gone", bo.now)
    few, _ = queries(write_sessions)
    for key in keys:
        note_session(key, bo.now + timedelta(hours=1))
    many, count = queries(write_sessions)

    assert count == 4
    assert few == many
    rows = list_sessions(bo, keys[0])
    assert {row.last_seen_at for row in rows} == {bo.now + timedelta(hours=1)}


def test_a_visitor_has_no_sessions(nobody):
    with pytest.raises(SignInFirst):
        list_sessions(nobody, "")
    with pytest.raises(SignInFirst):
        end_session(nobody, 1)


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (FIREFOX, "Firefox on Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
            " Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15"
            " (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko)"
            " Chrome/130.0.0.0 Mobile Safari/537.36",
            "Chrome on Android",
        ),
        ("", "Unknown device"),
    ],
)
def test_a_device_has_a_name_for_people(agent, device):
    assert describe_device(agent) == device

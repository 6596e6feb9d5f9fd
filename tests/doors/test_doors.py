"""Every address × every role: nobody reads or changes what is not theirs.

`table.py` says what each role is answered at each address of an open thread, by GET and by POST.
What must hold beyond the table is asked of every address alike: a secret thing is answered as
one that is not there, no secret word is ever shown, and whoever is refused changes nothing.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from paceline.lib.kept import forget_everything
from tests.doors.scene import FORM as FILLED_IN
from tests.doors.scene import NOTHING, ROLES, SECRET, Door, Scene, all_doors
from tests.doors.table import DOORS

METHODS = ("GET", "POST")
# Answered before anything is looked up, so one role speaks for all.
NO_SUCH_METHOD = 405
# Sessions and what is counted for limits change with every visit, and what somebody typed in
# vain is kept for them as their own draft.
_NOBODY_ELSES = ("django_session", "paceline_cache", "usersessions_usersession", "paceline_draft")
_WRITES = re.compile(r'^(?:INSERT INTO|UPDATE|DELETE FROM)\s+"(\w+)"')


@pytest.fixture
def scene(world):
    return Scene(world)


class Answer:
    """What somebody was answered, and which tables it changed."""

    def __init__(self, answer: Any, statements: list[str]) -> None:
        self.status: int = answer.status_code
        self.body: str = b"".join(answer).decode("utf-8", "replace")
        self.location: str = answer.headers.get("Location", "")
        found = (_WRITES.match(statement) for statement in statements)
        self.changed = {match[1] for match in found if match and match[1] not in _NOBODY_ELSES}


@contextmanager
def undone(statements: list[str]) -> Iterator[None]:
    """Whatever happens in the block has not happened afterwards; its statements are noted."""

    def note(execute: Any, sql: str, *more: Any) -> Any:
        statements.append(sql)
        return execute(sql, *more)

    try:
        with connection.execute_wrapper(note), transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        # What the process keeps of the board is of use to the next visit where nothing changed.
        if any(map(_WRITES.match, statements)):
            forget_everything()


def ask(scene: Scene, role: str, method: str, address: str) -> Answer:
    browser = Client(raise_request_exception=True)
    browser.cookies.load(scene.session_of(role))
    statements: list[str] = []
    with undone(statements):
        if method == "POST":
            answer = browser.post(address, FILLED_IN)
        else:
            answer = browser.get(address)
        return Answer(answer, statements)


def test_every_door_stands_in_the_table():
    assert {door.name for door in all_doors()} == set(DOORS)


def some_quick(*quick: str, besides: str = "") -> list[Any]:
    """All roles but one; those that are not `quick` are left to the slow tests."""
    return [
        pytest.param(role, marks=[] if role in quick else [pytest.mark.slow])
        for role in ROLES
        if role != besides
    ]


@pytest.mark.parametrize("role", some_quick("visitor", "member", "moderator", "banned"))
def test_each_role_is_answered_as_the_table_says(scene, role):
    column = ROLES.index(role)
    found, said = {}, {}
    for door in all_doors():
        address = door.address(scene.open)
        for method, statuses in zip(METHODS, DOORS[door.name], strict=True):
            if set(statuses) == {NO_SUCH_METHOD} and role != "visitor":
                continue
            answer = ask(scene, role, method, address)
            found[door.name, method] = answer.status
            said[door.name, method] = statuses[column]
            if answer.status >= 400:
                assert not answer.changed, (door.name, method)
            assert SECRET not in answer.body or role == "administrator", (door.name, method)
    assert found == said


@pytest.mark.parametrize("role", some_quick("visitor", "elsewhere", besides="administrator"))
def test_a_secret_thing_is_answered_as_one_that_is_not_there(scene, role):
    for door in (door for door in all_doors() if door.leads_to_content):
        for method, statuses in zip(METHODS, DOORS[door.name], strict=True):
            if set(statuses) == {NO_SUCH_METHOD}:
                continue
            secret = ask(scene, role, method, door.address(scene.secret))
            nothing = ask(scene, role, method, door.address(scene.nothing))
            assert secret.status == nothing.status, (door.name, method)
            assert not secret.changed, (door.name, method)
            assert _seen(secret, door, scene.secret) == _seen(nothing, door, scene.nothing), door


def _seen(answer: Answer, door: Door, places: dict[str, Any]) -> str:
    """The body and where it leads, without what differs from visit to visit."""
    text = (answer.body + answer.location).replace(door.address(places), "HERE")
    for part in ("board_id", "thread_id", "post_id", "report_id", "attachment_id"):
        text = re.sub(rf"\b{places[part]}\b", "ID", text) if places[part] == NOTHING else text
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"', "", text)
    text = re.sub(r'name="once_key" value="\w*"|[0-9a-f]{32}|\d\d:\d\d [AP]M', "", text)
    return re.sub(r"\b\d+\b", "ID", text)

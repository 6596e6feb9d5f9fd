"""Notices are written by administrators and stand above the pages at once."""

import pytest

from paceline.administration.notices import (
    NoticeValues,
    add_notice,
    change_notice,
    delete_notice,
    load_notice,
    load_notices,
    move_notice,
)
from paceline.browsing.notices import notices_for
from paceline.forum.models import Notice
from paceline.lib.errors import Invalid, NotFound


def shown(world):
    return [row.title for row in notices_for(world.viewer(world.bo), world.training.pk)]


def test_a_notice_stands_above_pages_as_soon_as_it_is_there(world, root, lines):
    notice_id = add_notice(root, NoticeValues("Coffee ride", "[b]Sunday[/b] at nine."))
    (row,) = notices_for(world.viewer(world.bo), None)
    assert "<strong>Sunday</strong>" in row.html or "<b>Sunday</b>" in row.html

    for _ in range(2):
        change_notice(root, notice_id, NoticeValues("Coffee ride", is_active=False))
    assert shown(world) == []
    assert load_notice(root, notice_id).source == ""
    delete_notice(root, notice_id)
    with pytest.raises(NotFound):
        load_notice(root, notice_id)
    assert [verb for verb, _ in lines()] == ["add notice", "change notice", "delete notice"]


def test_notices_say_in_words_whom_they_are_for(world, root):
    members = world.group("members").pk
    add_notice(root, NoticeValues("All"))
    add_notice(root, NoticeValues("Some", boards=(world.training.pk,), groups=(members,)))
    assert [(n.where, n.whom) for n in load_notices(root)] == [
        ("all boards", "everybody"),
        ("Training", "Members"),
    ]


def test_notices_are_ordered(world, root):
    first, second = add_notice(root, NoticeValues("A")), add_notice(root, NoticeValues("B"))
    assert shown(world) == ["A", "B"]
    move_notice(root, second, "up")
    assert shown(world) == ["B", "A"]
    move_notice(root, first, "down")
    assert shown(world) == ["B", "A"]


def test_what_does_not_fit_is_refused(root):
    for field, values in (
        ("title", NoticeValues("")),
        ("title", NoticeValues("x" * 121)),
        ("source", NoticeValues("A", "x" * 5001)),
        ("boards", NoticeValues("A", boards=(424242,))),
        ("groups", NoticeValues("A", groups=(424242,))),
    ):
        with pytest.raises(Invalid) as refusal:
            add_notice(root, values)
        assert refusal.value.field == field


def test_a_notice_shows_no_title_that_could_not_be_taken_back(world, root):
    thread = world.start_thread("Saddle heights")
    notice_id = add_notice(root, NoticeValues("Read this", f"http://testserver/t/{thread.pk}/"))

    html = Notice.objects.get(id=notice_id).html
    assert html == f'<p><a href="/t/{thread.pk}/">http://testserver/t/{thread.pk}/</a></p>'

"""A board offers prefixes, and the threads follow when they change."""

import pytest

from paceline.administration.prefixes import change_prefixes
from paceline.forum.models import Prefix
from paceline.lib.errors import Invalid


def test_prefixes_are_renamed_swapped_added_and_deleted(world, root, lines):
    board_id = world.training.pk
    change_prefixes(root, board_id, {}, ["Solved", "", " Question "])
    solved, question = Prefix.objects.order_by("id")
    thread = world.start_thread("A", prefix=question)

    change_prefixes(root, board_id, {solved.pk: "Question", question.pk: "Solved"}, ["Ride"])
    assert [p.label for p in Prefix.objects.order_by("id")] == ["Question", "Solved", "Ride"]
    change_prefixes(root, board_id, {question.pk: ""})
    change_prefixes(root, board_id, {})
    thread.refresh_from_db()
    assert thread.prefix is None
    assert len(lines()) == 3
    for bad in (["question"], ["x" * 31], [f"P{n}" for n in range(31)]):
        with pytest.raises(Invalid):
            change_prefixes(root, board_id, {}, bad)

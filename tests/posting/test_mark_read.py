import pytest

from paceline.accounts.models import Member
from paceline.lib.errors import Invalid, NotFound
from paceline.permissions.rights import Right
from paceline.posting.mark_read import mark_board, mark_everything, mark_thread
from paceline.unread.models import BoardMark, ThreadMark


def test_a_thread_is_read_up_to_a_post_and_never_less(world, cy):
    world.posts(3, author=world.bo)

    for number, expected in ((2, 2), (1, 2), (999, 4)):
        mark_thread(cy, world.thread.pk, number)
        assert ThreadMark.objects.get(member=world.cy).number == expected

    with pytest.raises(Invalid):
        mark_thread(cy, world.thread.pk, 0)
    with pytest.raises(NotFound):
        mark_thread(cy, 2**62, 1)


def test_a_board_is_read_with_the_boards_in_it_that_can_be_read(world, cy):
    inner = world.board("Gym", parent=world.training)
    secret = world.board("Lab", parent=world.training)
    world.rights("members", secret, deny=Right.SEE | Right.READ)
    world.board("Racing")
    cy = world.viewer(world.cy)

    for _ in range(2):
        mark_board(cy, world.training.pk)

    marked = set(BoardMark.objects.filter(member=world.cy).values_list("board_id", flat=True))
    assert marked == {world.training.pk, inner.pk}


def test_everything_is_read(world, cy):
    mark_everything(cy)

    assert Member.objects.get(name="Cy").all_read_at == cy.now


def test_nothing_happens_for_a_visitor(world, nobody):
    mark_thread(nobody, world.thread.pk, 1)
    mark_board(nobody, world.training.pk)
    mark_everything(nobody)

    assert not ThreadMark.objects.exclude(member=world.bo).exists()
    assert not BoardMark.objects.exists()

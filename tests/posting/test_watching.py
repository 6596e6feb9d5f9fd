import pytest

from paceline.lib.errors import NotAllowed, NotFound, SignInFirst
from paceline.permissions.rights import Right
from paceline.posting.watching import unwatch_board, unwatch_thread, watch_board, watch_thread
from paceline.unread.models import Watch


def test_watching_twice_is_watching_once(world, cy):
    for _ in range(2):
        watch_thread(cy, world.thread.pk)
        watch_board(cy, world.training.pk)
    assert Watch.objects.filter(member=world.cy).count() == 2

    for _ in range(2):
        unwatch_thread(cy, world.thread.pk)
        unwatch_board(cy, world.training.pk)
    assert not Watch.objects.filter(member=world.cy).exists()


def test_nobody_watches_what_they_cannot_read(world, cy, nobody, mal):
    staff_room = world.hidden_board()
    plans = world.start_thread("Plans", board=staff_room, author=world.root)
    named_only = world.board("Named only")
    world.rights("members", named_only, deny=Right.READ)
    cy = world.viewer(world.cy)

    with pytest.raises(NotFound):
        watch_thread(cy, plans.pk)
    with pytest.raises(NotFound):
        watch_board(cy, staff_room.pk)
    with pytest.raises(NotAllowed, match="You may not read its threads"):
        watch_board(cy, named_only.pk)
    with pytest.raises(SignInFirst):
        watch_thread(nobody, world.thread.pk)
    with pytest.raises(NotAllowed, match="banned"):
        watch_board(mal, world.training.pk)


def test_a_stub_is_not_watched(world, cy):
    stub = world.start_thread("Moved", moved_to=world.thread)

    with pytest.raises(NotAllowed, match="new place"):
        watch_thread(cy, stub.pk)

"""Links that lead into a thread."""

from paceline.browsing.places import find_first_unread, find_last
from paceline.unread import marks


def test_a_reader_goes_to_the_first_post_that_is_new(world):
    world.posts(3)
    marks.mark_thread_read(world.viewer(world.bo), world.thread.id, 2)

    assert find_first_unread(world.viewer(world.bo), world.thread.id).number == 3
    assert find_last(world.viewer(world.bo), world.thread.id).number == 4

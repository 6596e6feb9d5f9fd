from paceline.browsing.start_where import boards_to_start_on
from paceline.permissions.rights import Right


def names(viewer):
    return [board.name for board in boards_to_start_on(viewer)]


def test_a_member_is_offered_the_boards_on_which_threads_can_be_started(world, bo, nobody):
    heading = world.board("Machines", takes_threads=False)
    fit = world.board("Fit", parent=heading)
    world.board("News")
    world.rights("members", world.board("Rules"), deny=Right.START)
    world.hidden_board()
    viewer = world.viewer(world.bo)

    assert sorted(names(viewer)) == ["Fit", "News", "Training"]
    assert [board.path for board in boards_to_start_on(viewer) if board.id == fit.id] == [
        ("Machines",)
    ]
    assert names(nobody) == []


def test_the_choice_costs_no_query(world, bo, queries):
    boards_to_start_on(bo)
    assert queries(boards_to_start_on, bo)[0] == 0

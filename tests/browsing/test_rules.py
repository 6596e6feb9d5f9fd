"""The posting rules say of every switch how it stands."""

import pytest

from paceline.browsing.rules import posting_rules
from paceline.forum.models import Board
from paceline.permissions.boards import find_board


@pytest.mark.parametrize(
    ("column", "subject"),
    [
        ("allows_bbcode", "BB code is"),
        ("allows_markdown", "Markdown is"),
        ("allows_smilies", "Smilies are"),
        ("allows_images", "[IMG] code is"),
    ],
)
def test_each_switch_of_a_board_is_shown_as_it_stands(world, column, subject):
    on = world.board("On")
    off = world.board("Off", **{column: False})

    lines = {board.name: _lines(world, board) for board in (on, off)}

    assert f"{subject} On" in lines["On"]
    assert f"{subject} Off" in lines["Off"]
    assert len([line for line in lines["Off"] if line.endswith(" On")]) == 3


def test_html_is_off_whatever_an_imported_board_allowed(world):
    board = world.board("Old", allows_html=True)

    assert "HTML code is Off" in _lines(world, board)


def _lines(world, board: Board) -> list[str]:
    viewer = world.viewer(world.bo)
    return [rule.text for rule in posting_rules(viewer, find_board(viewer, board.pk)).switches]

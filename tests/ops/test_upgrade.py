"""A board is made, brought to this version, and found to be well."""

import stat
from collections.abc import Iterator

import pytest

from tests.machine import Machine, new_machine

# Each command is a process that starts, and the first makes a board.
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """A board that was made a moment ago; tests here only look at it."""
    with new_machine(tmp_path_factory.mktemp("made")) as machine:
        end = machine.run("upgrade")
        assert end.stderr == ""
        assert end.stdout.splitlines() == ["database: made", "static files: collected"]
        yield machine


def test_a_board_is_made_once_and_then_kept(made):
    assert "Nothing to do" in made.run("upgrade").stdout


def test_the_folder_and_the_key_are_for_their_owner_only(made):
    assert stat.S_IMODE(made.data.stat().st_mode) == 0o700
    assert stat.S_IMODE((made.data / "secret_key").stat().st_mode) == 0o600


def test_static_files_are_there_under_hashed_names_and_compressed(made):
    static = made.data / "static"
    assert list(static.glob("paceline/*.????????????.css"))
    assert list(static.glob("paceline/*.????????????.css.gz"))


def test_a_board_that_was_just_made_is_well(made):
    end = made.run("check")

    assert (end.returncode, end.stderr) == (0, "")
    assert "Every counter agrees" in end.stdout


def test_a_board_that_was_not_made_is_not_well(machine):
    end = machine.run("check")

    assert end.returncode == 1
    assert "Run `paceline upgrade`" in end.stdout


def test_the_first_administrator_is_made_once(made):
    first = made.run("user", "first-admin")
    again = made.run("user", "first-admin")

    assert "One-time password:" in first.stdout
    assert "password:  " not in again.stdout
    assert "everything is kept" in again.stdout


def test_what_does_not_add_up_is_listed_and_mended(made):
    board = made.script(
        "from paceline.forum.models import Board;"
        "Board.objects.create(name='Open', slug='open', counts_for_members=False);"
        "print(Board.objects.create(name='Training', slug='training', post_count=3).pk)"
    )
    drift = f"board {board}: post_count is 3, counted 0"

    end = made.run("check")
    assert end.returncode == 1
    assert "Open should count for members" in end.stdout
    assert f"counter: {drift}" in end.stdout
    assert end.stderr.splitlines() == [
        "paceline: 2 thing(s) are not as they should be, listed above."
    ]
    mended = made.run("check", "--mend")
    assert mended.returncode == 0
    assert "Open should count for members" in mended.stdout
    assert f"mended: {drift}" in mended.stdout.splitlines()
    assert made.script(
        "from paceline.forum.models import Board; print(Board.objects.all().delete()[0])"
    )

"""A board is made, brought to this version, and found to be well."""

import stat


def test_a_new_board_is_made_once_and_kept(machine):
    first = machine.run("upgrade")
    again = machine.run("upgrade")

    assert (first.returncode, again.returncode) == (0, 0), first.stderr + again.stderr
    assert first.stdout.splitlines() == ["database: made", "static files: collected"]
    assert "Nothing to do" in again.stdout


def test_the_folder_and_the_key_are_for_their_owner_only(machine):
    machine.run("upgrade")

    assert stat.S_IMODE(machine.data.stat().st_mode) == 0o700
    assert stat.S_IMODE((machine.data / "secret_key").stat().st_mode) == 0o600


def test_static_files_are_there_under_hashed_names_and_compressed(machine):
    machine.run("upgrade")

    static = machine.data / "static"
    assert list(static.glob("paceline/*.????????????.css"))
    assert list(static.rglob("*.????????????.*.gz"))


def test_a_board_that_was_just_made_is_well(machine):
    assert machine.run("check").returncode == 1  # before it was made
    machine.run("upgrade")

    end = machine.run("check")
    assert (end.returncode, end.stderr) == (0, "")
    assert "Every counter agrees" in end.stdout


def test_the_first_administrator_is_made_once(machine):
    machine.run("upgrade")

    first = machine.run("user", "first-admin")
    again = machine.run("user", "first-admin")

    assert "One-time password:" in first.stdout
    assert "password:  " not in again.stdout
    assert "everything is kept" in again.stdout

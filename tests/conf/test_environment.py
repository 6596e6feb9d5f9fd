"""What the environment says is read with its type, or refused with a sentence."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from paceline.conf.environment import (
    BadSetting,
    read_flag,
    read_number,
    read_or_make_secret,
    read_text,
)


def test_a_secret_is_made_once_and_read_by_its_owner_only(tmp_path):
    folder = tmp_path / "data"

    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: read_or_make_secret(folder), range(8)))

    assert len(keys) == 1
    assert len(keys.pop()) > 60
    assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == ["secret_key"]


def test_an_empty_secret_is_refused_with_a_sentence(tmp_path):
    (tmp_path / "secret_key").touch()
    with pytest.raises(BadSetting, match="is empty"):
        read_or_make_secret(tmp_path)


def test_a_folder_that_cannot_be_made_is_refused_with_a_sentence(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(BadSetting, match="cannot be kept"):
        read_or_make_secret(tmp_path / "file" / "data")


@pytest.mark.parametrize(
    ("value", "flag"), [("yes", True), ("0", False), ("On", True), ("", False)]
)
def test_flags(monkeypatch, value, flag):
    monkeypatch.setenv("PACELINE_X", value)
    assert read_flag("PACELINE_X") is flag


def test_what_fits_no_type_is_refused_by_name(monkeypatch):
    monkeypatch.setenv("PACELINE_X", "many")
    for read in (lambda: read_flag("PACELINE_X"), lambda: read_number("PACELINE_X", 1)):
        with pytest.raises(BadSetting, match="PACELINE_X"):
            read()
    monkeypatch.setenv("PACELINE_X", "-3")
    with pytest.raises(BadSetting, match="at least"):
        read_number("PACELINE_X", 1)


def test_a_secret_may_come_from_a_file(monkeypatch, tmp_path):
    (tmp_path / "word").write_text("open sesame\n")
    monkeypatch.setenv("PACELINE_X_FILE", str(tmp_path / "word"))
    assert read_text("PACELINE_X") == "open sesame"
    monkeypatch.setenv("PACELINE_X_FILE", str(tmp_path / "gone"))
    with pytest.raises(BadSetting, match="PACELINE_X_FILE"):
        read_text("PACELINE_X")

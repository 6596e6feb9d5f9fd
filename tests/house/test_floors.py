"""The contracts of .importlinter: that they stop what they are for, and leave nobody out."""

import configparser
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = sorted(path.parent.name for path in (ROOT / "paceline").glob("*/__init__.py"))

FACES = ("web", "api", "feeds", "ops")
DATABASELESS = ("markup", "rides", "lib")


@pytest.fixture
def skeleton(tmp_path: Path) -> Path:
    """The house with empty rooms, under its own contracts."""
    shutil.copy(ROOT / ".importlinter", tmp_path)
    for room in ROOMS:
        folder = tmp_path / "paceline" / room
        folder.mkdir(parents=True)
        (folder / "__init__.py").touch()
        (folder / "models.py").touch()
    (tmp_path / "paceline" / "__init__.py").touch()
    (tmp_path / "paceline" / "models.py").write_text("import paceline.forum.models\n")
    return tmp_path


def broken(folder: Path) -> list[str]:
    """The names of the contracts that a package breaks."""
    answer = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Contracts:" in answer.stdout, answer.stdout + answer.stderr
    lines = [line.strip() for line in answer.stdout.splitlines()]
    return [line.removesuffix(" BROKEN") for line in lines if line.endswith(" BROKEN")]


def test_the_empty_house_keeps_its_contracts(skeleton):
    assert broken(skeleton) == []


@pytest.mark.parametrize(
    ("room", "line", "contract"),
    [
        ("forum", "import paceline.posting", "Floors"),
        ("browsing", "from paceline import posting", "Floors"),
        ("lib", "import paceline.conf", "Floors"),
        ("web", "import paceline.forum.models", "No face"),
        ("ops", "from paceline.accounts import models", "No face"),
        ("posting", "import paceline.models", "paceline.models gathers"),
        ("lib", "from django.db import connection", "Text and the ground"),
        ("markup", "import django.utils.html", "Text and the ground"),
        ("feeds", "from paceline.forum.models import Post", "No face"),
    ],
)
def test_a_forbidden_import_is_caught(skeleton, room, line, contract):
    (skeleton / "paceline" / room / "deed.py").write_text(f"{line}\n")

    (name,) = broken(skeleton)
    assert name.startswith(contract)


def test_a_room_without_a_floor_is_caught(skeleton):
    (skeleton / "paceline" / "attic").mkdir()
    (skeleton / "paceline" / "attic" / "__init__.py").touch()

    (name,) = broken(skeleton)
    assert name.startswith("Floors")


def test_every_face_and_every_databaseless_room_is_under_its_contract():
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter")

    def sources(contract: str) -> set[str]:
        names = contracts[f"importlinter:contract:{contract}"]["source_modules"].split()
        return {name.removeprefix("paceline.").split(".")[0] for name in names}

    assert sources("faces") == set(FACES) & set(ROOMS)
    assert sources("pure") == set(DATABASELESS) & set(ROOMS)


def test_only_rooms_that_are_not_built_stand_in_brackets():
    layers = re.findall(r"\((\w+)\)", (ROOT / ".importlinter").read_text(encoding="utf-8"))
    assert not set(layers) & set(ROOMS)

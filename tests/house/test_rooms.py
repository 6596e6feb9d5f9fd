"""What every room of the house has, and what no file in it is called."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "paceline"
ROOMS = sorted(
    path.parent for path in PACKAGE.glob("*/__init__.py") if path.parent.name != "migrations"
)
FORBIDDEN = {
    "utils",
    "util",
    "helpers",
    "helper",
    "services",
    "managers",
    "signals",
    "misc",
    "common",
}


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_room_says_what_it_is_for_and_not_for_and_where_to_begin(room):
    text = ast.get_docstring(ast.parse((room / "__init__.py").read_text())) or ""

    assert len(text.splitlines()) >= 3, "three lines at least"
    assert re.search(r"\bnot\b", text, re.IGNORECASE), "it does not say what the room is not for"
    named = re.findall(r"[\w/]+\.(?:py|html|css|js)", text)
    assert named, "it names no file to open first"
    missing = [name for name in named if not any((at / name).exists() for at in (room, PACKAGE))]
    assert not missing


def test_a_file_is_named_for_what_it_does():
    names = {path.stem: path for path in PACKAGE.rglob("*.py")}
    assert not FORBIDDEN & names.keys()


def test_tests_stand_where_the_room_stands_that_they_test():
    rooms = {room.name for room in ROOMS} | {"browser", "doors", "house", "journeys", "safety"}
    folders = {
        path.parent.relative_to(ROOT / "tests").parts[0] for path in ROOT.glob("tests/*/test_*.py")
    }
    assert folders <= rooms


def test_a_migration_is_named_for_what_it_does_and_imports_nothing_of_ours():
    for path in sorted((PACKAGE / "migrations").glob("0*.py")):
        assert "_auto_" not in path.name
        imported = [
            node.module or ""
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.ImportFrom)
        ]
        assert not [name for name in imported if name.startswith("paceline.")], path.name


def test_what_is_tried_beside_one_database_alone_asks_none():
    """`script/test` leaves these out where everything is tried again on PostgreSQL."""
    listed = re.search(r'WITHOUT_TABLES="([^"]+)"', (ROOT / "script" / "test").read_text())
    assert listed, "script/test no longer says which"
    places = [ROOT / name for name in listed[1].split()]
    files = [file for place in places for file in ([place] if place.suffix else place.glob("*.py"))]

    assert len(files) > len(places)
    for file in files:
        nodes = list(ast.walk(ast.parse(file.read_text())))
        asked = {node.arg for node in nodes if isinstance(node, ast.arg)}
        asked |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
        assert not asked & {"db", "world", "transactional_db", "machine", "django_db"}, file

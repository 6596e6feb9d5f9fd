"""The docs keep step with the code: commands, settings, and the files they point to."""

import configparser
import re
from dataclasses import MISSING
from pathlib import Path

import pytest

from paceline.conf.board_settings import SETTINGS
from paceline.ops.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "paceline"
ROOMS = {path.parent.name for path in PACKAGE.glob("*/__init__.py")} - {"migrations"}
DOCS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
ENVIRONMENT = sorted(
    set(
        re.findall(
            r'read_\w+\(\s*"([A-Z_]+)"',
            (ROOT / "paceline" / "conf" / "settings.py").read_text(encoding="utf-8"),
        )
    )
)


def text_of(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_in_the_docs(name):
    assert f"`paceline {name}" in text_of("operating.md")


@pytest.mark.parametrize("name", ENVIRONMENT)
def test_a_setting_from_the_environment_is_in_the_docs(name):
    assert f"`{name}`" in text_of("settings.md")


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_a_setting_of_the_board_is_in_the_docs_with_its_default_and_its_help(setting):
    line = next(
        (line for line in text_of("settings.md").splitlines() if f"`{setting.name}`" in line), ""
    )
    assert setting.default is not MISSING
    assert setting.metadata["help"] in line
    default = str(setting.default).replace("True", "yes").replace("False", "no")
    assert default == "" or f"| {default}" in line


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_link_to_a_file_leads_there(path):
    text = re.sub(r"```.*?```|`[^`]*`", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", text)
    assert not [link for link in links if not (path.parent / link).exists()]


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_that_is_named_exists(path):
    """Names such as `paceline/ops/serve.py`, `ops/serve.py` or `script/lock`, in backticks."""
    text = path.read_text(encoding="utf-8")
    of_root = re.findall(r"`((?:paceline|tests|docs|script|requirements)/[\w./-]+)`", text)
    inside = "|".join(sorted(ROOMS | {"templates", "static"}))
    of_package = re.findall(rf"`((?:{inside})/[\w./-]+)`", text)
    missing = [name for name in of_root if not (ROOT / name).exists()]
    missing += [name for name in of_package if not (PACKAGE / name).exists()]
    assert not missing


def test_the_table_of_rooms_is_that_of_the_contracts():
    """Every room that is built, from the highest floor down, as .importlinter has them."""
    rows = re.findall(r"^\|[^|]+\|([^|]+)\|", text_of("start_here.md"), re.MULTILINE)
    named = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter")
    layers = contracts["importlinter:contract:floors"]["layers"].strip().splitlines()
    floor = {name: at for at, line in enumerate(layers) for name in re.findall(r"\w+", line)}

    assert set(named) == ROOMS
    assert [floor[name] for name in named] == sorted(floor[name] for name in named)


def test_a_reader_finds_every_page_from_the_readme():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert not [
        path.name for path in (ROOT / "docs").glob("*.md") if f"(docs/{path.name})" not in text
    ]


def test_no_page_knows_the_folders_of_one_machine():
    personal = re.compile(r"(?<![\w.])/(?:home|Users|root|work)/\w")
    assert not [path.name for path in DOCS if personal.search(path.read_text(encoding="utf-8"))]

"""The docs keep step with the code: commands, settings, and the files they point to."""

import re
from dataclasses import MISSING
from pathlib import Path

import pytest

from paceline.conf.board_settings import SETTINGS
from paceline.ops.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
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
    default = str(setting.default)
    assert default == "" or f"| {default}" in line


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_link_to_a_file_leads_there(path):
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", path.read_text(encoding="utf-8"))
    assert not [link for link in links if not (path.parent / link).exists()]


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_that_is_named_exists(path):
    """Names such as `paceline/ops/serve.py` or `script/lock`, in backticks."""
    named = re.findall(
        r"`((?:paceline|tests|docs|script|requirements)/[\w./-]+)`",
        path.read_text(encoding="utf-8"),
    )
    assert not [name for name in named if not (ROOT / name).exists()]

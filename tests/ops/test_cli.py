"""The command as a person meets it: its help, its refusals, its one line of reason."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from paceline.ops.cli import COMMANDS, group


def test_help_names_every_command():
    shown = CliRunner().invoke(group, ["--help"])

    assert shown.exit_code == 0
    assert [name for name in COMMANDS if f"  {name} " not in shown.output] == []


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "manage"])
def test_every_command_explains_itself(name):
    shown = CliRunner().invoke(group, [name, "--help"])

    assert shown.exit_code == 0
    assert f"Usage: paceline {name}" in shown.output


def test_help_does_not_wait_for_django():
    code = (
        "import sys, paceline.ops.cli as cli\n"
        "try: cli.main(['--help'])\n"
        "except SystemExit as end: assert end.code == 0\n"
        "assert 'django' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


@pytest.mark.parametrize(
    ("arguments", "more", "status", "reason"),
    [
        (["serv"], {}, 2, "No such command 'serv'"),
        (["serve", "--port", "0"], {}, 2, "0 is not in the range"),
        (["serve"], {}, 1, "Run `paceline upgrade` first"),
        (["upgrade"], {"DATABASE_URL": "mysql://x"}, 1, "must name a PostgreSQL database"),
        (["upgrade"], {"PACELINE_PROXY_HOPS": "one"}, 1, "must be a whole number"),
        (["upgrade"], {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/board"}, 1, "refused"),
        (["upgrade"], {"PACELINE_LOG_LEVEL": "loud"}, 1, "PACELINE_LOG_LEVEL must be"),
        (["manage", "nonsense"], {}, 1, "Unknown command: 'nonsense'"),
    ],
)
def test_a_mistake_gets_one_line_and_a_status(machine, arguments, more, status, reason):
    end = machine.run(*arguments, **more)

    assert end.returncode == status
    assert reason in end.stderr
    assert "Traceback" not in end.stderr
    if arguments[0] != "manage":
        assert len(end.stderr.splitlines()) == 1

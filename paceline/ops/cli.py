"""The command `paceline`: which subcommands there are, and what they have in common.

Each subcommand is a file in paceline/ops/commands with a click command named `command`. It is
imported only when it is called (or its own help is asked for), and imports Django inside the
function, so that `paceline --help` answers at once.

Every command ends with 0 when it did what it says, and otherwise with 1 or 2 (a wrong call) and
one line on standard error that says why. What a person can cause, a wrong setting, a missing
folder, a refusal of the forum, is such a line; a traceback is always a mistake of ours.
"""

import importlib
import os
import sys
from pathlib import Path

import click

from paceline import __version__

# As typed: the file in paceline/ops/commands, and the line in `paceline --help`, in this order.
COMMANDS = {
    "serve": ("serve", "Serve the board."),
    "upgrade": ("upgrade", "Bring the database and the static files to this version."),
    "check": ("check", "Recount the board, look at what it stands on."),
    "import": ("import_", "Bring saved pages of threads in."),
    "reindex": ("reindex", "Index every post anew, so that it is found by its words."),
    "rerender": ("rerender", "Render stored posts anew, where an upgrade left it."),
    "demo": ("demo", "Fill an empty board with a demonstration."),
    "render": ("render", "Render texts as the board would; needs no board."),
    "user": ("user", "Create members, administrators, passwords."),
    "work": ("work", "Do the board's jobs; `serve` does so by itself."),
    "manage": ("manage", "Run one of Django's management commands."),
}

INTERRUPTED = 130  # what a shell expects of a command stopped by ctrl-C: 128 + SIGINT


class Commands(click.Group):
    """The subcommands of COMMANDS, each loaded when it is called."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        file, _ = COMMANDS[name]
        command: click.Command = importlib.import_module(f"paceline.ops.commands.{file}").command
        return command

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(
    name="paceline", cls=Commands, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="PACELINE_DATA",
    default=Path("data"),
    show_default=True,
    show_envvar=True,
    help="The folder that holds everything of one board.",
)
@click.version_option(__version__, prog_name="paceline")
def group(data: Path) -> None:
    """Paceline, a discussion board that a community can run from one file."""
    os.environ["PACELINE_DATA"] = str(data.absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paceline.conf.settings")


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit; `arguments` are the process's own where none are given."""
    try:
        code = group.main(arguments, prog_name="paceline", standalone_mode=False)
    except click.ClickException as error:
        click.echo(f"paceline: {' '.join(error.format_message().split())}", err=True)
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(INTERRUPTED)
    except Exception as error:
        sentence = what_a_person_can_mend(error)
        if sentence is None:
            raise
        click.echo(f"paceline: {sentence}", err=True)
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)


def what_a_person_can_mend(error: Exception) -> str | None:
    """The error as one line for the person at the keyboard, or None where it is our mistake.

    Only looks at classes of modules that are loaded: an error of a module that is not cannot
    have been raised, and importing Django here would cost every wrong call its start-up time.
    """
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror or error}"
    for module, names in {
        "paceline.lib.errors": ("Refusal",),
        "paceline.conf.environment": ("BadSetting",),
        "django.core.exceptions": ("ImproperlyConfigured",),
        "django.db.utils": ("OperationalError",),
    }.items():
        loaded = sys.modules.get(module)
        if loaded and isinstance(error, tuple(getattr(loaded, name) for name in names)):
            return " ".join(str(error).split()) or type(error).__name__
    return None

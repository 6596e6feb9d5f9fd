"""`paceline manage …`: Django's own management commands, on the board of this data folder."""

import click


@click.command(
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
    add_help_option=False,
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Run one of Django's management commands, such as `migrate` or `shell`."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["paceline manage", *arguments])

"""`paceline upgrade`: the database and the static files, as this version needs them."""

import click


@click.command()
def command() -> None:
    """Bring the database and the static files to this version. Safe to run at any time."""
    import django

    django.setup()

    from paceline.ops.upgrade import upgrade

    done: list[str] = []

    def say(line: str) -> None:
        done.append(line)
        click.echo(line)

    upgrade(say)
    if not done:
        click.echo("Nothing to do: this board is up to date.")

"""`paceline upgrade`: the database and the static files, as this version needs them."""

import click


@click.command()
@click.option("--wait", is_flag=True, help="Render older posts anew here and now, and wait for it.")
def command(*, wait: bool) -> None:
    """Bring the database and the static files to this version. Safe to run at any time.

    Posts that an older version rendered are rendered anew afterwards, with the board running.
    """
    import django

    django.setup()

    from paceline.ops.render_anew import render_anew
    from paceline.ops.upgrade import upgrade

    done: list[str] = []

    def say(line: str) -> None:
        done.append(line)
        click.echo(line)

    upgrade(say)
    if wait:
        render_anew(say)
    if not done:
        click.echo("Nothing to do: this board is up to date.")

"""`paceline demo`: the demonstration board, for looking around."""

import click


@click.command()
@click.option("--if-empty", is_flag=True, help="Do nothing where the board has content.")
def command(*, if_empty: bool) -> None:
    """Fill an empty board with made-up members and threads."""
    import django

    django.setup()
    fill(if_empty=if_empty)


def fill(*, if_empty: bool) -> None:
    """What `paceline demo` and `paceline serve --first-run` do and print."""
    from paceline.demo.load import is_empty, load_demo

    if not is_empty():
        if if_empty:
            return
        raise click.ClickException("This board has content; the demonstration wants an empty one.")
    click.echo(f"The demonstration board is ready: {load_demo():,} posts.")

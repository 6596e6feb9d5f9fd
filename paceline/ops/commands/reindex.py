"""`paceline reindex`: every post indexed anew, so that it is found by its words."""

import click


@click.command()
@click.option(
    "--after",
    type=click.IntRange(min=0),
    default=0,
    metavar="ID",
    help="Go on after the post of that id, where it was broken off.",
)
def command(after: int) -> None:
    """Index every post anew, with the board running."""
    import django

    django.setup()

    from paceline.search.rebuild import rebuild_index

    def say(done: int, highest: int) -> None:
        click.echo(f"indexed up to post {done} of {highest}")

    count = rebuild_index(say, after_id=after)
    click.echo(f"{count:,} posts were looked at.")

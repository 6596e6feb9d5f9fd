"""`paceline rerender`: stored posts rendered anew, at the keyboard."""

import click


@click.command()
@click.option("--all", "everything", is_flag=True, help="Every post, not only what is older.")
@click.option("--board", type=int, metavar="ID", help="Every post of that board.")
@click.option("--full-speed", is_flag=True, help="Without pauses for a board that is being read.")
def command(*, everything: bool, board: int | None, full_speed: bool) -> None:
    """Render stored posts anew, with the board running, and say how far it is.

    Without an option: what an older version rendered, and what was begun and not ended. It may be
    broken off at any moment; the server goes on from there.
    """
    import django

    django.setup()

    from django.db import transaction

    from paceline.administration.boards import find_board
    from paceline.administration.rerendering import find_run
    from paceline.ops.render_anew import in_words, render_anew
    from paceline.posting.rerender import begin_after_upgrade, begin_run, is_unfinished

    if board is not None:
        find_board(board)
    with transaction.atomic():
        is_asked = everything or board is not None
        run = begin_run(board_id=board) if is_asked else begin_after_upgrade()
    if not is_unfinished():
        click.echo("Nothing to do: all that is stored is of this version.")
        return
    render_anew(click.echo, full_speed=full_speed)
    line = find_run(run.pk) if run else None
    click.echo(in_words(line) if line else "Done.")

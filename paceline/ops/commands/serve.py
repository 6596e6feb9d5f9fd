"""`paceline serve`: look at what the board stands on, then serve it until told to stop."""

import click

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="And its port."
)
@click.option(
    "--workers",
    default=2,
    show_default=True,
    type=click.IntRange(1, 64),
    help="Processes that answer.",
)
@click.option(
    "--threads",
    default=64,
    show_default=True,
    type=click.IntRange(2, 512),
    help="Requests that each process has in hand at once; most of them wait for slow senders.",
)
@click.option("--upgrade", "with_upgrade", is_flag=True, help="Run `paceline upgrade` first.")
@click.option(
    "--first-run",
    is_flag=True,
    help="Upgrade; where they are missing make an administrator and the demonstration.",
)
@click.option("--access-log", is_flag=True, help="Print one line for each request.")
@click.option("--jobs/--no-jobs", default=True, show_default=True, help="Do the jobs here as well.")
def command(
    host: str,
    port: int,
    workers: int,
    threads: int,
    *,
    with_upgrade: bool,
    first_run: bool,
    access_log: bool,
    jobs: bool,
) -> None:
    """Serve the board. It stops on ctrl-C or TERM, and lets requests in hand end first."""
    import django

    django.setup()

    from django.conf import settings
    from django.db import connections

    from paceline.ops.commands.demo import fill
    from paceline.ops.commands.user import make_first_admin
    from paceline.ops.serve import CannotServe, Options, serve, warm_up
    from paceline.ops.standing import look_at_engine, missing_migrations
    from paceline.ops.upgrade import collect_static_files, upgrade

    if with_upgrade or first_run:
        upgrade(click.echo)
    elif missing_migrations():
        raise click.ClickException(
            "the database is not at this version. Run `paceline upgrade` first,"
            " or serve with --upgrade."
        )
    collect_static_files()
    if first_run:
        make_first_admin()
        fill(if_empty=True)
    for finding in look_at_engine():
        click.secho(f"WARNING: {finding.sentence}", err=True, fg="red", bold=True)
    warm_up()
    # The workers are forks of this process and must not share its connection.
    connections.close_all()

    def announce() -> None:
        shown = f"[{host}]" if ":" in host else host
        click.echo(
            f"Paceline listens at http://{shown}:{port} and keeps its data in {settings.DATA}"
        )
        if host not in LOOPBACK and set(settings.ALLOWED_HOSTS) <= LOOPBACK | {"[::1]"}:
            click.echo(
                "It answers only to the names localhost and 127.0.0.1:"
                " set PACELINE_URL or PACELINE_HOSTS to let others in."
            )

    try:
        serve(Options(host, port, workers, threads, access_log=access_log, jobs=jobs), announce)
    except CannotServe as error:
        raise click.ClickException(str(error)) from error

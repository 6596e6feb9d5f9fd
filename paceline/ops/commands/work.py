"""`paceline work`: do the jobs that pages put off, until told to stop."""

import signal
import threading

import click


@click.command()
@click.option("--with-parent", type=int, hidden=True, help="End when this process is gone.")
def command(with_parent: int | None) -> None:
    """Do the board's jobs. `paceline serve` does so by itself; start this beside --no-jobs."""
    import django

    django.setup()

    from paceline.jobs.worker import run_forever
    from paceline.ops.serve import end_with_parent

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
    if with_parent:
        end_with_parent(with_parent, stop.set)
    run_forever(stop)

"""`paceline import FILE…`: saved pages of threads into the board."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from paceline.imports.report import ImportReport

A_FILE_FAILED = 1
A_POST_IS_MISSING = 3


@click.command(name="import")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE…",
)
@click.option("--zone", default="", help="The zone of the pages' times, such as America/Denver.")
@click.option(
    "--dates",
    type=click.Choice(["month-first", "day-first", "year-first"]),
    help="Which number of a date is the month, where the pages do not show it.",
)
@click.option(
    "--saved-on",
    type=click.DateTime(["%Y-%m-%d"]),
    help='The day on which the pages were saved, for dates such as "Today".',
)
@click.option("--json", "as_json", is_flag=True, help="Report as JSON, one object per file.")
def command(
    *,
    files: tuple[Path, ...],
    zone: str,
    dates: str | None,
    saved_on: datetime | None,
    as_json: bool,
) -> int:
    """Bring saved copies of thread pages into this board, from HTML or from text.

    Exits with 0 where every post came in, with 3 where one could not be read or is missing (all
    else came in), and with 1 where a file is no page that is read here.
    """
    import django

    django.setup()

    from paceline.imports.bring_in import bring_in_page
    from paceline.imports.saved_pages.dates import Order
    from paceline.imports.saved_pages.page import NotAPage
    from paceline.imports.saved_pages.read import Told, read_saved_page
    from paceline.ops.standing import look_at_tables

    for finding in look_at_tables():
        raise click.ClickException(finding.sentence)
    told = Told(Order(dates) if dates else None, saved_on.date() if saved_on else None)
    code = 0
    reports: list[dict[str, Any]] = []
    for file in files:
        try:
            page = read_saved_page(file.read_bytes(), told)
        except NotAPage as refusal:
            code = A_FILE_FAILED
            reports.append({"file": str(file), "refused": refusal.sentence})
            if not as_json:
                click.echo(f"{file}: {refusal.sentence}", err=True)
            continue
        report = bring_in_page(page, zone=zone)
        if report.lost_a_post and code == 0:
            code = A_POST_IS_MISSING
        reports.append({"file": str(file), **asdict(report)})
        if not as_json:
            _print(file, report)
    if as_json:
        click.echo(json.dumps(reports, indent=2, ensure_ascii=False))
    return code


def _print(file: Path, report: "ImportReport") -> None:
    """What was found and done, a line each, and then what could not be."""
    page = f", page {report.page_number} of {report.page_count}" if report.page_number else ""
    click.echo(f"{file}: {report.title} ({report.source_kind}{page}), from {report.source}")
    click.echo(f"  board    {' > '.join(report.board_path) or 'none'}")
    if report.thread_id:
        click.echo(f"  thread   /t/{report.thread_id}/{report.thread_slug}/")
    added = {
        "board": report.boards,
        "member": report.members,
        "thread": report.threads,
        "post": report.posts,
        "like": report.likes,
        "profile field": len(report.fields),
        "setting": len(report.settings),
    }
    counts = [f"{n:,} {what}{'' if n == 1 else 's'}" for what, n in added.items() if n]
    known = f"; {report.known:,} posts were here already" if report.known else ""
    click.echo(f"  added    {', '.join(counts) or 'nothing'}{known}")
    click.echo(f"  times    read as {report.zone}")
    for note in report.notes:
        place = f"line {note.line}: " if note.line else ""
        text = f": {note.text}" if note.text else ""
        click.echo(f"  {'MISSING' if note.is_post else 'note   '}  {place}{note.why}{text}")

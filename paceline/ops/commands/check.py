"""`paceline check`: what the board stands on, and every counter and the index looked at anew."""

import click


@click.command()
@click.option("--deploy", is_flag=True, help="Say also what is not safe to be reached by others.")
@click.option("--no-recount", is_flag=True, help="Leave the counters alone.")
@click.option("--mend", is_flag=True, help="Write what was counted where a counter has drifted.")
def command(*, deploy: bool, no_recount: bool, mend: bool) -> None:
    """Recount the board, look at what it stands on; exits with 1 where something is wrong."""
    import django

    django.setup()

    from paceline.administration.counting import find_uncounted, follow_rights
    from paceline.forum.recount import find_drift, mend_drift
    from paceline.media.attachments import find_count_drift, mend_counts
    from paceline.media.files import find_lost, find_strays
    from paceline.notifications.alerts import find_alert_drift
    from paceline.ops.standing import (
        look_at_code,
        look_at_deployment,
        look_at_engine,
        look_at_tables,
    )
    from paceline.search.rebuild import find_missing

    findings = [*look_at_engine(), *look_at_tables(), *look_at_code(deploy=deploy)]
    if deploy:
        findings += look_at_deployment()
    for finding in findings:
        click.echo(f"{finding.what}: {finding.sentence}")

    is_current = not any(finding.what == "migrations" for finding in findings)
    drift: list[str] = []
    if is_current and mend:
        for board in follow_rights():
            click.echo(f"mended: {board}")
        for counter in (drifted := find_drift()):
            click.echo(f"mended: {counter}")
        mend_drift(drifted)
        for drifted_post in find_count_drift():
            click.echo(f"mended: {drifted_post}")
        mend_counts()
    if is_current and not no_recount:
        drift += [f"counter: {one}" for one in find_uncounted()]
        drift += [f"counter: {one}" for one in (*find_drift(), *find_alert_drift())]
        drift += [f"counter: {one}" for one in find_count_drift()]
        drift += [f"search: {one}" for one in find_missing()]
        drift += [f"file: {file.key} is lost" for file in find_lost()]
        drift += [f"file: {key} belongs to nothing" for key in find_strays()]
    for one in drift:
        click.echo(one)

    faults = len(findings) + len(drift)
    if faults:
        raise click.ClickException(f"{faults} thing(s) are not as they should be, listed above.")
    counted = (
        " Every counter agrees with what it counts, every post is indexed, every file is there."
    )
    click.echo(f"All is well.{'' if no_recount else counted}")

"""`paceline user …`: members, as the person at the machine makes and mends them."""

import sys

import click


@click.group()
def command() -> None:
    """Create members, make them administrators, give them a new password."""
    import django

    django.setup()


FROM_STDIN = "Read a password to keep from standard input."


@command.command()
@click.argument("name")
@click.argument("email")
@click.option("--admin", is_flag=True, help="Make the member an administrator.")
@click.option("--password-stdin", is_flag=True, help=FROM_STDIN)
def create(name: str, email: str, *, admin: bool, password_stdin: bool) -> None:
    """Create a member, and print a password for one time."""
    from django.db import transaction

    from paceline.administration.at_the_keyboard import create_member

    with transaction.atomic():
        credentials = create_member(name, email, is_administrator=admin)
        if password_stdin:
            _set_from_stdin(name)
            return
    click.echo(f"{credentials.name} can sign in once with the password {credentials.password}")


def _set_from_stdin(name: str) -> None:
    from paceline.administration.at_the_keyboard import set_password

    set_password(name, sys.stdin.readline().rstrip("\r\n"))
    click.echo(f"{name} can sign in with the password that was read.")


@command.command()
@click.argument("name")
@click.option("--password-stdin", is_flag=True, help=FROM_STDIN)
def password(name: str, *, password_stdin: bool) -> None:
    """Print a new password for one time, in place of one that was lost."""
    from paceline.administration.at_the_keyboard import give_one_time_password

    if password_stdin:
        _set_from_stdin(name)
        return
    credentials = give_one_time_password(name)
    click.echo(f"{credentials.name} can sign in once with the password {credentials.password}")


@command.command()
@click.argument("name")
@click.option("--end", is_flag=True, help="Take the rights of an administrator away.")
def admin(name: str, *, end: bool) -> None:
    """Make a member an administrator."""
    from paceline.administration.at_the_keyboard import end_administration, make_administrator

    if end:
        was_one = end_administration(name)
        click.echo(f"{name} {'is no longer' if was_one else 'was not'} an administrator.")
    else:
        is_new = make_administrator(name)
        click.echo(f"{name} is an administrator{'' if is_new else ' already'}.")


@command.command("first-admin")
@click.option("--name", default="admin", show_default=True)
@click.option("--email", help="Where mail for the administrator goes.")
def first_admin(name: str, email: str | None) -> None:
    """Create an administrator where the board has none; otherwise say that it keeps what it has."""
    make_first_admin(name, email)


def make_first_admin(name: str = "admin", email: str | None = None) -> None:
    """What `paceline user first-admin` and `paceline serve --first-run` do and print."""
    from paceline.administration.at_the_keyboard import create_member, has_administrator

    if has_administrator():
        click.echo(
            "This board has an administrator; everything is kept."
            " A lost password: paceline user password NAME"
        )
        return
    credentials = create_member(name, email or f"{name}@localhost", is_administrator=True)
    click.echo(f"\n  Administrator:      {credentials.name}")
    click.echo(f"  One-time password:  {credentials.password}")
    click.echo("  It is shown this once, and must be changed after signing in.\n")

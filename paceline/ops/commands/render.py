"""`paceline render`: what the board would make of a text. Needs no board."""

import os
import sys
from pathlib import Path
from typing import BinaryIO

import click

BROKEN_PIPE = 141  # what a shell expects of a command whose reader has gone: 128 + SIGPIPE


@click.command()
@click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False
)
@click.option("--jsonl", is_flag=True, help="Read and write a line of JSON for each text.")
@click.option(
    "--markup",
    type=click.Choice(["bbcode", "markdown", "plain"]),
    default="bbcode",
    show_default=True,
    help="The language of a single text.",
)
@click.option("--text", is_flag=True, help="Write the words of a single text, not its HTML.")
def command(file: Path | None, *, jsonl: bool, markup: str, text: bool) -> int:
    """Render FILE, or standard input, as the board would, and write the HTML.

    With --jsonl each line is {"markup": …, "source": …, "options": {…}}, answered with
    {"html": …, "text": …, "mentions": […], "links": […], "quotes": […], "attachments": […]}, or
    with {"error": …} where it is none.
    """
    # Bytes on both sides: what they mean does not hang on the machine's locale.
    with file.open("rb") if file else sys.stdin.buffer as source:
        try:
            if jsonl:
                return _render_lines(source)
            from paceline.markup.render import render

            rendered = render(source.read().decode("utf-8-sig", "replace"), language=markup)
            sys.stdout.buffer.write((rendered.text if text else rendered.html).encode() + b"\n")
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            # Python flushes once more at its end, and would say that it could not.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return BROKEN_PIPE
    return 0


def _render_lines(source: BinaryIO) -> int:
    from paceline.ops.rendering import render_lines

    count, bad = render_lines(source, sys.stdout.buffer)
    if bad:
        raise click.ClickException(f"{bad:,} of {count:,} lines could not be rendered.")
    return 0

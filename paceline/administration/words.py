"""What is asked of every line that an administrator types."""

from paceline.lib.errors import Invalid
from paceline.lib.texts import clean_line, clean_text


def check_line(field: str, text: str, *, most: int, must: str = "") -> str:
    """The text on one line. Raises Invalid(field, ...) where it is longer than `most` characters,
    or where it is empty and `must` is the sentence that asks for it."""
    line = clean_line(text)
    if len(line) > most:
        raise Invalid(field, f"At most {most:,} characters.")
    if must and not line:
        raise Invalid(field, must)
    return line


def check_text(field: str, text: str, *, most: int) -> str:
    """The text, line ends made one. Raises Invalid(field, ...) where it is too long."""
    cleaned = clean_text(text).strip()
    if len(cleaned) > most:
        raise Invalid(field, f"That is {len(cleaned):,} characters; at most {most:,} go in here.")
    return cleaned


def check_number(field: str, number: int, *, most: int = 100_000) -> int:
    """The number. Raises Invalid(field, ...) unless it is from 0 to `most`."""
    if not 0 <= number <= most:
        raise Invalid(field, f"Write a number from 0 to {most:,}.")
    return number

"""Parts of addresses: an id that fits into the database, and nothing else."""

from django.urls import register_converter

from paceline.forum.old_addresses import OLD_PATH


class IdConverter:
    """A number from 1 to 2**63 - 1 without leading zeros: what an id can be."""

    regex = "[1-9][0-9]{0,18}"

    def to_python(self, value: str) -> int:
        number = int(value)
        if number >= 2**63:
            raise ValueError("no id is as large")
        return number

    def to_url(self, value: int) -> str:
        return str(value)


class PageConverter(IdConverter):
    """A page number from 1 to 99,999,999."""

    regex = "[1-9][0-9]{0,7}"


class OldPathConverter:
    """The path of a page on an old board, without its first slash."""

    regex = OLD_PATH

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def read_id(text: str) -> int:
    """An id that came after the question mark; 0, which is nobody's id, where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def register() -> None:
    """Make the converters known to Django. Called once, by urls.py."""
    register_converter(IdConverter, "id")
    register_converter(PageConverter, "page")
    register_converter(OldPathConverter, "old_path")

"""What a request says its body is, and so that its address is, before Django believes it."""

from django.utils.http import parse_header_parameters

_READ = {"utf-8", "utf8", "us-ascii", "ascii"}
_UNREAD = "application/octet-stream"


def readable_type(header: str) -> str:
    """A Content-Type as it came, where the board can read what it announces.

    Django reads even the address by the charset named there, before any of our code is asked: by
    `hex` it fails, by `unicode_escape` letters come through that nothing else lets through. The
    body of a request that names another than UTF-8 is none that any form takes.
    """
    try:
        _, parameters = parse_header_parameters(header)
    except (ValueError, LookupError):
        return _UNREAD
    return header if parameters.get("charset", "utf-8").lower() in _READ else _UNREAD

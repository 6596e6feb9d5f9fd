"""What stands in a tag behind its name: one argument, or attributes by name."""

import re

_NAMED = re.compile(
    r"""\s(?P<name>[a-z_-]{1,20})\s?=\s?(?:"(?P<double>[^"\n]*)"|'(?P<single>[^'\n]*)'|"""
    r"""(?P<bare>[^\s"'][^\s]*(?:\s(?![a-z_-]{1,20}\s?=)[^\s]*)*))""",
    re.IGNORECASE,
)
_FIRST = re.compile(r"\s+[a-z_-]{1,20}\s?=", re.IGNORECASE | re.ASCII)


def read_attributes(typed: str) -> dict[str, str]:
    """`author=Bo Lee date="1"` by name, in lower case; the first counts where one comes twice."""
    attributes: dict[str, str] = {}
    if "=" in typed:
        for found in _NAMED.finditer(" " + typed):
            value = found["double"] or found["single"] or found["bare"] or ""
            attributes.setdefault(found["name"].lower(), value)
    return attributes


def split_argument(typed: str) -> tuple[str, str]:
    """A bare argument and the attributes after it: `Bo Lee` and `post_id=7 time=1`."""
    if " " in typed and "=" in typed and (match := _FIRST.search(typed)):
        return typed[: match.start()], typed[match.start() :]
    return typed, ""


def unquote(typed: str) -> str:
    """Without the quotation marks around it."""
    if len(typed) > 1 and typed[0] in "\"'" and typed[-1] == typed[0]:
        return typed[1:-1]
    return typed


def one_line(typed: str, limit: int = 200) -> str:
    return " ".join(typed[:limit].split())

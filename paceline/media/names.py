"""The names of files: as typed, but harmless to every system that will hold one."""

import re

from paceline.lib.file_kinds import KINDS
from paceline.lib.texts import clean_line

LONGEST_NAME = 120
# What some system takes for a path, a stream, a wildcard or a command.
_ODD = re.compile(r'[/\\:*?"<>|%#;]+')
# Windows opens a device by such a name, whatever follows the dot.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)


def clean_name(typed: str, kind: str) -> str:
    """The name on one line, with an extension that its kind has; `file.jpg` where nothing is left.

    An extension that does not belong to the kind stays as a part of the name: `page.html` that
    is a PNG becomes `page.html.png`.
    """
    # Some browsers once sent the whole path.
    name = clean_line(typed.replace("\\", "/").rsplit("/", 1)[-1])
    name = _ODD.sub("-", name).strip(" .-") or "file"
    stem, dot, extension = name.rpartition(".")
    extensions = KINDS[kind].extensions
    if not (dot and stem and extension.lower() in extensions):
        stem, extension = name, extensions[0]
    if _DEVICES.fullmatch(stem.split(".", 1)[0]):
        stem = f"_{stem}"
    return f"{stem[: LONGEST_NAME - len(extension) - 1].rstrip(' .')}.{extension}"

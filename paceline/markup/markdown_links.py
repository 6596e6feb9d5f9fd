"""Where a link or a picture of Markdown leads, and how one was typed that leads nowhere."""

import re
from typing import Literal, NamedTuple
from urllib.parse import quote

from paceline.markup.addresses import MAX_ADDRESS_CHARS, safe_address, safe_email

# A file of the post: ![words](attachment:12).
ATTACHMENT = re.compile(r"attachment:([0-9]{1,18})")
# What an address is written with as it is; all else is percent-encoded, as CommonMark shows.
_KEPT = "%/:?#@!$&'()*+,;=-._~"
_SIMPLE = re.compile(r"[A-Za-z0-9%/:?#@!$&'()*+,;=._~-]*")
_OUTSIDE = re.compile(r"(?ai:https?://)[^/?#]*")
_INSIDE = re.compile(r"/(?![/\\])")

LinkType = Literal["Inline", "Reference", "Collapsed", "Shortcut", "Autolink", "Email"]


class Target(NamedTuple):
    """A link or a picture as the parser tells it; `label` is the name of a reference."""

    kind: LinkType
    address: str
    title: str
    label: str

    def as_typed(self) -> tuple[str, str]:
        """What stood before and after the words."""
        if self.kind in ("Autolink", "Email"):
            return "<", ">"
        if self.kind == "Reference":
            return "[", f"][{self.label}]"
        if self.kind == "Inline":
            title = f' "{self.title}"' if self.title else ""
            return "[", f"]({self.address}{title})"
        return "[", "][]" if self.kind == "Collapsed" else "]"


def link_address(target: Target) -> str | None:
    """The address to link to, or None where it may not be linked.

    Besides http, https and mailto takes a path of this board, and www. without a scheme.
    """
    typed = target.address
    if target.kind == "Email":
        return safe_email(typed)
    if len(typed) > MAX_ADDRESS_CHARS:
        return None
    if _INSIDE.match(typed):
        address = _encode(typed)
        return address if len(address) <= MAX_ADDRESS_CHARS else None
    head = _OUTSIDE.match(typed)
    if head is not None:
        return safe_address(head[0] + _encode(typed[head.end() :]))
    start = typed[:7].lower()
    return safe_address(typed) if start == "mailto:" or start.startswith("www.") else None


def picture_address(target: Target) -> str | None:
    """The address of a picture from elsewhere, or None where there may be none."""
    address = link_address(target)
    is_outside = address is not None and not address.startswith(("/", "mailto:"))
    return address if is_outside else None


def _encode(typed: str) -> str:
    return typed if _SIMPLE.fullmatch(typed) else quote(typed, safe=_KEPT)

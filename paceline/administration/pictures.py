"""Pictures kept from elsewhere: how much room they take, and taking one away for good."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db import transaction

from paceline.accounts.viewer import Viewer
from paceline.forum.staff_log import Verb, log_site
from paceline.lib.errors import Invalid
from paceline.lib.texts import clean_line
from paceline.markup.addresses import safe_address
from paceline.media import remote_pictures
from paceline.media.signing import address_in_path
from paceline.permissions.members import check_administrator

# From here on somebody should know that the room ends.
_NEARLY_FULL = 0.95


@dataclass(frozen=True, slots=True)
class PicturesPage:
    """How many pictures are kept, and how many servers gave none; sizes in bytes."""

    kept_count: int
    kept_bytes: int
    most_bytes: int
    missing_count: int
    is_shown: bool
    is_kept: bool


def load_pictures(viewer: Viewer) -> PicturesPage:
    """What is kept of other servers' pictures. Three queries.

    Raises NotFound unless an administrator asks.
    """
    check_administrator(viewer)
    settings = viewer.site.settings
    kept, missing = remote_pictures.count_pictures()
    return PicturesPage(
        kept_count=kept,
        kept_bytes=remote_pictures.kept_bytes(),
        most_bytes=settings.remote_picture_megabytes * 1_000_000,
        missing_count=missing,
        is_shown=settings.remote_pictures,
        is_kept=settings.keep_remote_pictures,
    )


def forget_picture(viewer: Viewer, typed: str) -> None:
    """Take a picture away, and never fetch it again. About six queries.

    `typed` is its address where it came from, or the one that it has on this board. Pictures of
    the same bytes at other addresses go too. Raises NotFound unless an administrator asks, or
    Invalid("address", ...).
    """
    check_administrator(viewer)
    address = _read_address(clean_line(typed))
    with transaction.atomic():
        remote_pictures.forget_picture(address)
        log_site(viewer, Verb.FORGET_PICTURE, address[:200])


def room_in_words(viewer: Viewer) -> str:
    """A sentence where the room for pictures is nearly full, else nothing. One query or none."""
    settings = viewer.site.settings
    most = settings.remote_picture_megabytes * 1_000_000
    if not (settings.remote_pictures and settings.keep_remote_pictures and most):
        return ""
    if remote_pictures.kept_bytes() < most * _NEARLY_FULL:
        return ""
    return (
        "The room for pictures of elsewhere is nearly full; beyond it new ones are kept for a day:"
        " raise remote_picture_megabytes in the settings."
    )


def _read_address(typed: str) -> str:
    try:
        parts = urlsplit(typed).path.split("/")
    except ValueError as error:
        raise Invalid("address", "This is no address.") from error
    if len(parts) == 4 and parts[1] == "picture" and (here := address_in_path(*parts[2:])):
        return here
    address = safe_address(typed) if typed.startswith(("http://", "https://")) else None
    if address is None:
        raise Invalid("address", "Write the whole address, beginning with https:// or http://.")
    return address

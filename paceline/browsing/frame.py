"""What stands around the content of every page."""

from collections.abc import Collection
from dataclasses import dataclass

from paceline.accounts.viewer import Viewer
from paceline.browsing.footer import footer_links
from paceline.browsing.notices import NoticeRow, notices_for
from paceline.lib.texts import slugify
from paceline.lib.times import format_moment
from paceline.permissions.table import is_staff


@dataclass(frozen=True, slots=True)
class Frame:
    """Header, notices and footer, as plain values."""

    site_name: str
    footer_line: str
    footer_links: tuple[tuple[str, str], ...]
    notices: tuple[NoticeRow, ...]
    member_id: int
    member_name: str
    member_slug: str
    avatar: str
    alert_count: int
    is_staff: bool
    is_administrator: bool
    ban_sentence: str
    zone_name: str
    now: str


def load_frame(viewer: Viewer, board_id: int | None, dismissed: Collection[int]) -> Frame:
    """The frame of a page, which belongs to a board or to none. No query while versions stand."""
    member = viewer.member
    return Frame(
        site_name=viewer.site.settings.site_name,
        footer_line=viewer.site.settings.footer_line,
        footer_links=footer_links(viewer),
        notices=notices_for(viewer, board_id, dismissed),
        member_id=viewer.member_id,
        member_name=member.name if member else "",
        member_slug=slugify(member.name) if member else "",
        avatar=member.avatar if member else "",
        alert_count=member.unread_alert_count if member else 0,
        is_staff=is_staff(viewer),
        is_administrator=viewer.is_administrator,
        ban_sentence=(
            f"Your account is banned from taking part. {viewer.ban_reason or ''}".strip()
            if viewer.is_banned
            else ""
        ),
        zone_name=str(viewer.zone),
        now=format_moment(viewer.now, viewer.zone, viewer.date_format),
    )

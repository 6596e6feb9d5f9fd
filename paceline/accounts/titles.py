"""What stands under a member's name: their title, and whether they are here now.

Plain values in and out, so that a page with many authors asks nothing more for it.
"""

from datetime import datetime, timedelta

from paceline.conf.board_settings import BoardSettings


def title_for(
    *, custom_title: str, group_title: str, post_count: int, settings: BoardSettings
) -> str:
    """The custom title, else the group's (see staff_titles.py), else one by the count of posts."""
    if custom_title:
        return custom_title
    if group_title:
        return group_title
    if post_count >= settings.senior_member_posts:
        return "Senior Member"
    if post_count >= settings.member_posts:
        return "Member"
    return "Junior Member"


def is_online(
    last_seen_at: datetime | None, shows_online: bool, now: datetime, settings: BoardSettings
) -> bool:
    """Whether a member was seen lately; never, to others, for one who does not show it."""
    if last_seen_at is None or not shows_online:
        return False
    return now - last_seen_at < timedelta(minutes=settings.online_minutes)

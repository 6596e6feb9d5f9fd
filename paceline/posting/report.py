"""Report a post: tell the moderators about it."""

from django.db import transaction

from paceline.accounts.viewer import Viewer
from paceline.forum.models import Report
from paceline.lib.errors import Invalid
from paceline.lib.texts import clean_text
from paceline.permissions.posts import check_report
from paceline.posting.finding import find_post, hold_post
from paceline.posting.limits import check_reports

LONGEST_REASON = 1000


def report_post(viewer: Viewer, post_id: int, reason: str) -> Report:
    """Put a post before the moderators, with the reason. Reported again while nobody has looked
    at it, the new reason takes the place of the old one.

    Raises NotFound, NotAllowed, TooMany, or Invalid("reason", ...).
    """
    check_report(viewer, find_post(viewer, post_id))
    reason = _check_reason(reason)
    with transaction.atomic():
        post = hold_post(viewer, post_id)
        check_report(viewer, post)
        mine = Report.objects.filter(
            post=post, reporter_id=viewer.member_id, handled_at__isnull=True
        )
        if open_one := mine.first():
            open_one.reason = reason
            open_one.reported_at = viewer.now
            open_one.save(update_fields=["reason", "reported_at"])
            return open_one
        check_reports(viewer)
        return Report.objects.create(
            post=post, reporter_id=viewer.member_id, reason=reason, reported_at=viewer.now
        )


def _check_reason(reason: str) -> str:
    reason = clean_text(reason).strip()
    if not reason:
        raise Invalid("reason", "Say what is wrong with this post.")
    if len(reason) > LONGEST_REASON:
        raise Invalid("reason", f"A reason has at most {LONGEST_REASON:,} characters.")
    return reason

"""Handle what readers reported."""

from django.db import transaction

from paceline.accounts.viewer import Viewer
from paceline.forum.models import Report
from paceline.forum.staff_log import Verb, check_reason, log_post
from paceline.lib.errors import NotFound
from paceline.moderation.reach import hold_post
from paceline.notifications.tell import tell_of_staff


def handle_report(viewer: Viewer, report_id: int, outcome: str) -> int:
    """Close a report and all other open ones of the same post; each reporter is told.

    Answers how many were closed: 0 where all were closed before. Raises NotFound, NotAllowed, or
    Invalid("reason", ...) where no outcome is given.
    """
    outcome = check_reason(outcome, must="Say in a sentence what came of it; reporters read it.")
    post_id = Report.objects.filter(id=report_id).values_list("post_id", flat=True).first()
    if post_id is None:
        raise NotFound("There is no such report.")
    with transaction.atomic():
        held = hold_post(viewer, post_id)
        waiting = list(Report.objects.filter(post_id=post_id, handled_at__isnull=True))
        if not waiting:
            return 0
        Report.objects.filter(id__in=[report.pk for report in waiting]).update(
            handled_at=viewer.now, handled_by_id=viewer.member_id, outcome=outcome
        )
        told = f"You reported a post in “{held.thread.title}”: {outcome}"
        for reporter_id in sorted({r.reporter_id for r in waiting if r.reporter_id}):
            tell_of_staff(reporter_id, told)
        log_post(viewer, Verb.HANDLE_REPORTS, held.thread, held.post, outcome, reports=len(waiting))
    return len(waiting)

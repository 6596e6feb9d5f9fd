"""The page of a member's alerts."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from paceline.accounts.viewer import Viewer
from paceline.forum.models import Post, Thread
from paceline.lib.errors import SignInFirst
from paceline.notifications.models import Alert
from paceline.permissions.posts import visible_posts
from paceline.permissions.threads import visible_threads

ALERTS_PER_PAGE = 40


@dataclass(frozen=True, slots=True)
class AlertRow:
    """One alert. `thread_title` is empty where it is about none; `post_id` 0 likewise.

    `kind` is one of `Alert.Kind`; `count` of it happened, the last by `actor_name`.
    """

    id: int
    kind: str
    actor_name: str
    count: int
    thread_id: int
    thread_slug: str
    thread_title: str
    post_id: int
    text: str
    at: datetime
    is_unread: bool


@dataclass(frozen=True, slots=True)
class AlertsPage:
    """Alerts, the newest first. `older_than` leads on where there are more; 0 where not."""

    alerts: tuple[AlertRow, ...]
    older_than: int
    is_first: bool
    unread_count: int


def load_alerts(viewer: Viewer, before_id: int = 0) -> AlertsPage:
    """The viewer's alerts, those left out that are about what they may not see now.

    `before_id` is the `older_than` of the page before. Raises SignInFirst. One query, or two.
    """
    if viewer.member is None:
        raise SignInFirst("Sign in to see what you were told.")
    alerts = Alert.objects.filter(_still_visible(viewer), member_id=viewer.member_id)
    if before_id:
        last = Alert.objects.filter(id=before_id, member_id=viewer.member_id).first()
        if last is not None:
            alerts = alerts.filter(Q(at__lt=last.at) | Q(at=last.at, id__lt=last.pk))
    found = list(alerts.select_related("thread").order_by("-at", "-id")[: ALERTS_PER_PAGE + 1])
    rows = tuple(_row(alert) for alert in found[:ALERTS_PER_PAGE])
    return AlertsPage(
        alerts=rows,
        older_than=rows[-1].id if len(found) > ALERTS_PER_PAGE else 0,
        is_first=not before_id,
        unread_count=viewer.member.unread_alert_count,
    )


def _still_visible(viewer: Viewer) -> Q:
    posts = Post.objects.filter(visible_posts(viewer), pk=OuterRef("post_id"))
    threads = Thread.objects.filter(visible_threads(viewer), pk=OuterRef("thread_id"))
    return (Q(post__isnull=True) | Exists(posts)) & (Q(thread__isnull=True) | Exists(threads))


def _row(alert: Alert) -> AlertRow:
    thread = alert.thread
    return AlertRow(
        id=alert.pk,
        kind=alert.kind,
        actor_name=alert.actor_name,
        count=alert.count,
        thread_id=thread.pk if thread else 0,
        thread_slug=thread.slug if thread else "",
        thread_title=thread.title if thread else "",
        post_id=alert.post_id or 0,
        text=alert.text,
        at=alert.at,
        is_unread=alert.read_at is None,
    )

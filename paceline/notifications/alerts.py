"""Rows of alerts and the count of those unread, always changed together.

Whoever changes a member's alerts holds the member's row, so that the count is that of the rows.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from paceline.accounts.models import Member
from paceline.forum.recount import Drift
from paceline.jobs.queue import put
from paceline.notifications.models import Alert


@dataclass(frozen=True, slots=True)
class News:
    """What an alert says. `happened` happened `count` times since the member last read of it."""

    kind: Alert.Kind
    thread_id: int | None
    post_id: int | None
    actor_name: str
    at: datetime
    count: int = 1
    text: str = ""


def add_alert(member_id: int, news: News, *, known: Q) -> None:
    """Tell a member something once: nothing happens where a row that is `known` tells it already.

    Five queries, and one where a letter follows.
    """
    with _holding(member_id):
        if not Alert.objects.filter(known, member_id=member_id, kind=news.kind).exists():
            _add(member_id, news)


def gather_alert(
    member_id: int,
    kind: Alert.Kind,
    about: Q,
    news_since: "Callable[[Alert | None, Alert | None], News]",
) -> None:
    """Tell a member what gathers in one row until it is read, such as replies in a thread.

    `about` finds the rows on the same subject. `news_since` is given the unread one and the last
    that was read, each or None, and answers what there is to tell now: it counts facts, so that
    a job that is run twice tells the same twice and adds nothing.
    """
    with _holding(member_id):
        rows = Alert.objects.filter(about, member_id=member_id, kind=kind).order_by("-at", "-id")
        unread = rows.filter(read_at__isnull=True).select_related("post").first()
        news = news_since(unread, rows.filter(read_at__isnull=False).first())
        if not news.count:
            return
        if unread is None:
            _add(member_id, news)
            return
        unread.post_id, unread.count = news.post_id, news.count
        unread.actor_name, unread.at = news.actor_name, max(unread.at, news.at)
        unread.save(update_fields=["post", "count", "actor_name", "at"])


def mark_read(member_id: int, which: Q) -> int:
    """These of a member's alerts count as read; answers how many were not. Three queries."""
    with _holding(member_id):
        unread = Alert.objects.filter(which, member_id=member_id, read_at__isnull=True)
        ids = list(unread.values_list("id", flat=True))
        return Alert.objects.filter(id__in=ids).update(read_at=timezone.now()) if ids else 0


def find_alert_drift() -> list[Drift]:
    """Members whose count of unread alerts is not that of the rows. Two queries."""
    unread = Alert.objects.filter(read_at__isnull=True).order_by()
    counted = dict(unread.values_list("member_id").annotate(n=Count("pk")))
    kept = Member.objects.filter(Q(unread_alert_count__gt=0) | Q(id__in=list(counted)))
    return [
        Drift("member", member_id, "unread_alert_count", count, counted.get(member_id, 0))
        for member_id, count in kept.order_by("id").values_list("id", "unread_alert_count")
        if count != counted.get(member_id, 0)
    ]


def _add(member_id: int, news: News) -> None:
    alert = Alert.objects.create(
        member_id=member_id,
        kind=news.kind,
        thread_id=news.thread_id,
        post_id=news.post_id,
        actor_name=news.actor_name,
        count=news.count,
        text=news.text,
        at=news.at,
    )
    if Member.objects.filter(id=member_id, mails_alerts=True, is_active=True).exists():
        put("mail_alert", alert_id=alert.pk)


@contextmanager
def _holding(member_id: int) -> Iterator[None]:
    """A transaction that holds the member's row and leaves the right count in it."""
    with transaction.atomic():
        held = (
            Member.objects.select_for_update(no_key=True)
            .filter(id=member_id)
            .values_list("unread_alert_count", flat=True)
        )
        before = held.first()
        yield
        now = Alert.objects.filter(member_id=member_id, read_at__isnull=True).count()
        if before is not None and now != before:
            Member.objects.filter(id=member_id).update(unread_alert_count=now)

"""What jobs of this room call."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from paceline.jobs.queue import daily


@daily("forget_old_sessions")
def forget_old_sessions() -> None:
    """Sessions that are over leave their tables. Two queries."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()

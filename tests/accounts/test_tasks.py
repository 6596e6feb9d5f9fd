from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from paceline.accounts.tasks import forget_old_sessions


def test_sessions_that_are_over_leave_their_tables(world):
    now = timezone.now()
    for key, days in (("over", -1), ("open", 1)):
        Session.objects.create(
            session_key=key, session_data="", expire_date=now + timedelta(days=days)
        )
        UserSession.objects.create(user=world.bo, session_key=key, user_agent="", ip="0.0.0.0")

    forget_old_sessions()

    assert [row.session_key for row in Session.objects.all()] == ["open"]
    assert [row.session_key for row in UserSession.objects.all()] == ["open"]

"""What needs an administrator's attention."""

import shutil
import sqlite3
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

from paceline.accounts.viewer import Viewer
from paceline.administration.jobs import MOST_COUNTED
from paceline.administration.pictures import room_in_words
from paceline.browsing.queues import StaffOverview, load_overview
from paceline.conf.engine import is_safe
from paceline.jobs.models import Job
from paceline.lib.texts import size_in_words
from paceline.permissions.members import check_administrator

# A day's posts and pictures of a busy board.
LITTLE_BYTES = 500_000_000


@dataclass(frozen=True, slots=True)
class Attention:
    """What waits for the staff, and sentences about the machine that need somebody."""

    waiting: StaffOverview
    failed_jobs: int
    sentences: tuple[str, ...]


def load_attention(viewer: Viewer) -> Attention:
    """Five queries. Raises NotFound unless an administrator asks."""
    check_administrator(viewer)
    return Attention(
        waiting=load_overview(viewer),
        failed_jobs=Job.objects.filter(failed_at__isnull=False)[:MOST_COUNTED].count(),
        sentences=tuple(sentence for sentence in _sentences(viewer) if sentence),
    )


def _sentences(viewer: Viewer) -> tuple[str, ...]:
    return (_engine(), _mail(), _address(), _disk(), room_in_words(viewer))


def _engine() -> str:
    if connection.vendor != "sqlite" or is_safe(sqlite3.sqlite_version_info):
        return ""
    return (
        f"The database is SQLite {sqlite3.sqlite_version}, which can lose what was written;"
        " install a newer one, or use PostgreSQL."
    )


def _disk() -> str:
    """Where the data folder stands on a disk that is nearly full."""
    folder = next(each for each in (settings.DATA, *settings.DATA.parents) if each.exists())
    left = shutil.disk_usage(folder).free
    if left >= LITTLE_BYTES:
        return ""
    return (
        f"The disk of the data folder has {size_in_words(left)} left; when it is full, nothing can"
        " be posted or attached."
    )


def _mail() -> str:
    if settings.EMAIL_HOST:
        return ""
    return (
        "No mail leaves this machine, so nobody can confirm an address or get a new password:"
        " set PACELINE_SMTP_HOST."
    )


def _address() -> str:
    if settings.SITE_URL:
        return ""
    return (
        "The board does not know its own address, so links in letters may lead nowhere: set"
        " PACELINE_URL."
    )

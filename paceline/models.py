"""Gathers the tables of all rooms so that Django finds them. Nobody imports this module."""

from paceline.accounts.models import *  # noqa: F403
from paceline.conf.models import *  # noqa: F403
from paceline.forum.models import *  # noqa: F403
from paceline.imports.models import *  # noqa: F403
from paceline.jobs.models import *  # noqa: F403
from paceline.media.models import *  # noqa: F403
from paceline.notifications.models import *  # noqa: F403
from paceline.permissions.models import *  # noqa: F403
from paceline.unread.models import *  # noqa: F403

"""What jobs of this room call."""

from paceline.jobs.queue import task
from paceline.posting.erase_account import finish_erasing

task("finish_erasing")(finish_erasing)

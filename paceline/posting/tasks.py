"""What jobs of this room call."""

from paceline.jobs.queue import at_start, is_put, task
from paceline.posting import rerender
from paceline.posting.elsewhere import fetch_elsewhere, keep_old_pictures
from paceline.posting.erase_account import finish_erasing
from paceline.posting.render_again import follow_rights_in_links, render_linking, render_thread

task("finish_erasing")(finish_erasing)
task("render_linking")(render_linking)
task("render_thread")(render_thread)
task("follow_rights_in_links")(follow_rights_in_links)
task("rerender")(rerender.rerender_slice)
# A process that was killed in its midst holds its job for minutes yet.
at_start("rerender", rerender.is_unfinished)
task("fetch_elsewhere")(fetch_elsewhere)
task("keep_old_pictures")(keep_old_pictures)
at_start("keep_old_pictures", lambda: not is_put("keep_old_pictures"))

"""Posts: the filter and the checks."""

from collections.abc import Callable
from datetime import timedelta

from django.db.models import Q

from paceline.accounts.viewer import Viewer
from paceline.forum.conditions import through
from paceline.forum.models import Post, State
from paceline.lib.errors import NotAllowed, Refusal, SignInFirst
from paceline.permissions.boards import banned_sentence, can, moderated_board_ids, require
from paceline.permissions.rights import Right
from paceline.permissions.threads import places_in_reach


def visible_posts(viewer: Viewer) -> Q:
    """Posts that are there for the viewer, their threads being so too: visible ones, all on
    boards that they moderate, and their own that are held or that they deleted."""
    return through("thread", places_in_reach(viewer)) & shown_posts(viewer)


def shown_posts(viewer: Viewer) -> Q:
    """The same within a thread that was found with `visible_threads`."""
    shown = Q(state=State.VISIBLE)
    if viewer.member:
        shown |= Q(state__in=(State.HELD, State.DELETED), author_id=viewer.member_id)
    moderated = moderated_board_ids(viewer)
    return shown | Q(thread__board_id__in=moderated) if moderated else shown


def posts_at_once(viewer: Viewer, board_id: int) -> bool:
    """Whether what the viewer posts or edits there appears without approval."""
    return can(viewer, board_id, Right.UNHELD | Right.MODERATE)


def check_edit(viewer: Viewer, post: Post) -> None:
    """Raise unless the viewer may edit the post. `post.thread` must be loaded."""
    if can(viewer, post.thread.board_id, Right.MODERATE):
        return
    _check_own(viewer, post, Right.EDIT_OWN)
    if post.state in (State.HIDDEN, State.DELETED):
        raise NotAllowed("This post is not shown; it can be edited when it is back.")
    if post.thread.is_locked:
        raise NotAllowed("This thread is locked: only moderators can edit posts in it.")
    minutes = viewer.site.settings.edit_minutes
    if minutes and viewer.now > post.posted_at + timedelta(minutes=minutes):
        raise NotAllowed(f"A post can be edited for {minutes:,} minutes; that time is over.")


def check_delete(viewer: Viewer, post: Post) -> None:
    """Raise unless the viewer may delete the post, or take its deletion back, as its author."""
    _check_own(viewer, post, Right.DELETE_OWN)
    if post.state == State.HIDDEN:
        raise NotAllowed("A moderator has hidden this post.")
    if post.thread.is_locked and not can(viewer, post.thread.board_id, Right.MODERATE):
        raise NotAllowed("This thread is locked: only moderators can change posts in it.")


def check_like(viewer: Viewer, post: Post) -> None:
    """Raise unless the viewer may like the post."""
    require(viewer, post.thread.board_id, Right.LIKE)
    if post.state != State.VISIBLE:
        raise NotAllowed("Only posts that everybody can see can be liked.")
    if post.author_id == viewer.member_id:
        raise NotAllowed("Nobody likes their own posts here.")


def check_report(viewer: Viewer, post: Post) -> None:
    """Raise unless the viewer may report the post."""
    if viewer.is_visitor:
        raise SignInFirst("Sign in first, then it can be reported.")
    require(viewer, post.thread.board_id, Right.REPORT)
    if post.author_id == viewer.member_id:
        raise NotAllowed("This is your own post: edit or delete it.")


def allows(check: Callable[[Viewer, Post], None], viewer: Viewer, post: Post) -> bool:
    """Whether one of the checks above would let the viewer go on: for showing a control or not."""
    try:
        check(viewer, post)
    except Refusal:
        return False
    return True


def _check_own(viewer: Viewer, post: Post, right: Right) -> None:
    if viewer.is_banned:
        raise NotAllowed(banned_sentence(viewer))
    if viewer.is_visitor:
        raise SignInFirst("Sign in first, then it can be done.")
    if post.author_id != viewer.member_id:
        raise NotAllowed("This post is somebody else's.")
    require(viewer, post.thread.board_id, right)

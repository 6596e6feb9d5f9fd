"""Like a post, and take it back."""

from dataclasses import dataclass

from django.db import transaction

from paceline.accounts.viewer import Viewer
from paceline.forum import counters
from paceline.forum.models import Like, Post
from paceline.notifications import tell
from paceline.permissions.posts import check_like
from paceline.posting.finding import check_shown, check_takes_part, hold_post


@dataclass(frozen=True, slots=True)
class Liked:
    """How it stands with a post's likes after the deed."""

    post: Post
    count: int
    is_liked: bool


def like_post(viewer: Viewer, post_id: int) -> Liked:
    """Like a post; nothing happens where the viewer likes it already.

    Raises NotFound or NotAllowed.
    """
    with transaction.atomic():
        post = hold_post(viewer, post_id)
        check_like(viewer, post)
        check_shown(post)
        like, is_new = Like.objects.get_or_create(post=post, member_id=viewer.member_id)
        if is_new:
            counters.add_like(post, like)
            if post.author_id:
                tell.tell_of_like(post.pk, viewer.member_id)
    return Liked(post, post.like_count, is_liked=True)


def unlike_post(viewer: Viewer, post_id: int) -> Liked:
    """Take a like back; nothing happens where there is none. Raises NotFound or NotAllowed."""
    check_takes_part(viewer)
    with transaction.atomic():
        post = hold_post(viewer, post_id)
        gone, _ = Like.objects.filter(post=post, member_id=viewer.member_id).delete()
        if gone:
            counters.remove_like(post, viewer.member_id)
    return Liked(post, post.like_count, is_liked=False)

"""Who likes a post."""

from dataclasses import dataclass
from datetime import datetime

from paceline.accounts.viewer import Viewer
from paceline.browsing.paths import PlaceOfPost, place_of
from paceline.forum.models import Like, Post
from paceline.lib.errors import NotFound
from paceline.lib.texts import slugify
from paceline.permissions.posts import visible_posts

# The page says how many there are beyond.
MOST_NAMES = 500


@dataclass(frozen=True, slots=True)
class LikeRow:
    """A member who likes the post."""

    member_id: int
    name: str
    slug: str
    liked_at: datetime


@dataclass(frozen=True, slots=True)
class LikesPage:
    """The newest likes of a post first, and how many there are."""

    place: PlaceOfPost
    author_name: str
    count: int
    likes: tuple[LikeRow, ...]


def load_likes(viewer: Viewer, post_id: int) -> LikesPage:
    """Who likes a post that the viewer can see. Raises NotFound. Two queries."""
    posts = Post.objects.filter(visible_posts(viewer), id=post_id)
    post = posts.select_related("thread").first()
    if post is None:
        raise NotFound("There is no such post.")
    likes = Like.objects.filter(post=post).select_related("member").order_by("-liked_at", "-id")
    return LikesPage(
        place=place_of(viewer, post),
        author_name=post.author_name,
        count=post.like_count,
        likes=tuple(
            LikeRow(like.member_id, like.member.name, slugify(like.member.name), like.liked_at)
            for like in likes[:MOST_NAMES]
        ),
    )

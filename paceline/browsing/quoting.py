"""Posts as quotes, ready to be put into a reply."""

from collections.abc import Sequence

from paceline.accounts.viewer import Viewer
from paceline.forum.models import Post
from paceline.markup.quoting import quote_source
from paceline.permissions.posts import visible_posts

# In one reply.
MOST_QUOTES = 20


def load_quotes(viewer: Viewer, post_ids: Sequence[int], *, besides: str = "") -> str:
    """The posts as quotes, in that order, each once; those that the viewer cannot see are left
    out, and those that the text `besides` quotes already. One query, or none without ids."""
    wanted = [post_id for post_id in dict.fromkeys(post_ids) if f';{post_id}"]' not in besides]
    wanted = wanted[:MOST_QUOTES]
    if not wanted:
        return ""
    posts = Post.objects.filter(visible_posts(viewer), id__in=wanted)
    found = {post.pk: post for post in posts.only("id", "author_name", "source")}
    return "\n\n".join(
        quote_source(found[post_id].author_name, post_id, found[post_id].source)
        for post_id in wanted
        if post_id in found
    )

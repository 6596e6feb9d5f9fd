"""Posts as quotes, ready to be put into a reply."""

from collections.abc import Sequence

from paceline.accounts.viewer import Viewer
from paceline.forum.models import Post
from paceline.markup.quoting import quote_source
from paceline.permissions.posts import visible_posts

# In one reply.
MOST_QUOTES = 20
# Of what somebody selected; nobody quotes more in earnest.
LONGEST_WORDS = 20_000


def load_quotes(
    viewer: Viewer,
    post_ids: Sequence[int],
    language: str = "bbcode",
    *,
    besides: str = "",
    words: str = "",
) -> str:
    """The posts as quotes in a language, in that order, each once; those that the viewer cannot
    see are left out, and those that the text `besides` quotes already. One query, or none
    without ids.

    `words` stand in place of what a post says: somebody selected them in it.
    """
    wanted = [post_id for post_id in dict.fromkeys(post_ids) if not _is_quoted(post_id, besides)]
    wanted = wanted[:MOST_QUOTES]
    if not wanted:
        return ""
    posts = Post.objects.filter(visible_posts(viewer), id__in=wanted)
    found = {post.pk: post for post in posts.only("id", "author_name", "source", "language")}
    return "\n\n".join(
        _quote(found[post_id], language, words[:LONGEST_WORDS])
        for post_id in wanted
        if post_id in found
    )


def _is_quoted(post_id: int, text: str) -> bool:
    return f';{post_id}"]' in text or f"](/p/{post_id}/):" in text


def _quote(post: Post, language: str, words: str) -> str:
    """Words that were selected on a page are no markup, whatever they look like."""
    source, written_in = (words, "plain") if words else (post.source, post.language)
    return quote_source(post.author_name, post.pk, source, language=written_in, into=language)

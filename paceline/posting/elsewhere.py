"""What a post shows of elsewhere: fetched when it has been sent, and then put into it.

Its pictures are kept from then on, whatever becomes of their servers; sizes and cards, which are
known only then, come by rendering the post again. That is no edit.
"""

from paceline.forum.models import Post
from paceline.forum.rendering import options_of
from paceline.jobs.queue import put
from paceline.markup.render import Rendered, parse
from paceline.media.previews import fetch_previews
from paceline.media.remote_pictures import fetch_pictures
from paceline.posting.render_again import render_again


def fetch_later(post_id: int, rendered: Rendered) -> None:
    """Have a post's pictures and pages fetched, in the caller's transaction.

    One query where it shows any.
    """
    if rendered.pictures or rendered.lone_links:
        put("fetch_elsewhere", post_id=post_id)


def fetch_elsewhere(post_id: int) -> None:
    """Fetch what a post shows of elsewhere and render it again. The job of that name.

    Safe to run twice; a post that is edited meanwhile is left as its editor has it.
    """
    post = Post.objects.select_related("thread__board").filter(id=post_id).first()
    if post is None:
        return
    parsed = parse(post.source, options_of(post.thread.board), language=post.language)
    fetch_previews(parsed.lone_links)
    fetch_pictures(parsed.pictures)
    render_again([post_id])

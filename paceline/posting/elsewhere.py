"""What a post shows of elsewhere: fetched when it has been sent, and then put into it.

Its pictures are kept from then on, whatever becomes of their servers; sizes and cards, which are
known only then, come by rendering the post again. That is no edit.
"""

import time
from datetime import timedelta

from django.db.models import Max, Q
from django.utils import timezone

from paceline.conf.site import load_site
from paceline.forum.models import Post
from paceline.forum.rendering import options_of
from paceline.jobs.queue import DAY, others_wait, put
from paceline.markup.render import Rendered, parse
from paceline.media.previews import fetch_previews
from paceline.media.remote_pictures import fetch_pictures
from paceline.posting.inside_links import find_inside_links
from paceline.posting.render_again import render_again

# Old pictures have time: so long at once, then other jobs have their turn.
SLICE_S = 10.0
PAUSE = timedelta(seconds=10)
STEP_ASIDE = timedelta(seconds=3)
# Posts that are looked through, and of those with pictures so many, with one query.
WINDOW, AT_ONCE = 5_000, 20

_WITH_TIME = ("fetch_elsewhere", "keep_old_pictures")


def fetch_later(post_id: int, rendered: Rendered) -> None:
    """Have a post's pictures and pages fetched, in the caller's transaction.

    One query where it shows any.
    """
    if rendered.pictures or rendered.lone_links:
        put("fetch_elsewhere", post_id=post_id)


def fetch_elsewhere(post_id: int) -> None:
    """Fetch what a post shows of elsewhere and render it again. The job of that name.

    Safe to run twice; a post that is edited meanwhile is left as its editor has it. Whoever sends
    many posts with slow pictures keeps no letter waiting: other work goes first.
    """
    if others_wait(*_WITH_TIME):
        put("fetch_elsewhere", post_id=post_id, due_at=timezone.now() + STEP_ASIDE)
        return
    post = Post.objects.select_related("thread__board").filter(id=post_id).first()
    if post is None:
        return
    parsed = parse(post.source, options_of(post.thread.board), language=post.language)
    inside = find_inside_links(parsed.lone_links)
    fetch_previews(address for address in parsed.lone_links if address not in inside)
    fetching = fetch_pictures(parsed.pictures)
    render_again([post_id])
    if not fetching.is_done:
        put("fetch_elsewhere", post_id=post_id)


def keep_old_pictures(after: int = 0) -> None:
    """Fetch the pictures of posts that were here before, from the post after `after` on.

    Those of an imported board, above all, whose servers die one by one. The job of that name: it
    goes on after a pause where there is more, and else looks for more posts a day later.
    """
    settings = load_site().settings
    if others_wait(*_WITH_TIME):
        put("keep_old_pictures", after=after, due_at=timezone.now() + PAUSE)
        return
    wants_any = settings.remote_pictures and settings.keep_remote_pictures
    highest = Post.objects.aggregate(highest=Max("id"))["highest"] or 0
    until = time.monotonic() + SLICE_S
    while wants_any and after < highest and time.monotonic() < until:
        after = _keep_some(after)
    pause = PAUSE if wants_any and after < highest else DAY
    put("keep_old_pictures", after=min(after, highest), due_at=timezone.now() + pause)


def _keep_some(after: int) -> int:
    """Fetch the pictures of the next few posts that show any; the id of the last one done."""
    upto = after + WINDOW
    shows = Q(source__icontains="[img") | Q(source__contains="![")
    posts = Post.objects.filter(shows, id__gt=after, id__lte=upto).order_by("id")
    rows = list(posts.select_related("thread__board")[:AT_ONCE])
    for post in rows:
        parsed = parse(post.source, options_of(post.thread.board), language=post.language)
        fetching = fetch_pictures(parsed.pictures)
        if fetching.came:
            render_again([post.pk])
        if not fetching.is_done:
            return after
        after = post.pk
    return after if len(rows) == AT_ONCE else upto

"""Start a thread."""

from datetime import datetime

from django.db import transaction

from paceline.accounts.viewer import Viewer
from paceline.forum import counters
from paceline.forum.models import Post, Prefix, State, Thread
from paceline.lib.errors import Invalid
from paceline.lib.texts import slugify
from paceline.permissions.boards import can, check_start, find_board
from paceline.permissions.rights import Right
from paceline.posting import texts
from paceline.posting.drafts import forget_draft
from paceline.posting.limits import check_pace
from paceline.posting.publish import publish
from paceline.posting.reply import add_post, find_sent
from paceline.unread.marks import mark_thread_read
from paceline.unread.watching import watch_thread


def start_thread(
    viewer: Viewer,
    board_id: int,
    title: str,
    source: str,
    *,
    prefix_id: int | None = None,
    once_key: str | None = None,
    at: datetime | None = None,
) -> Post:
    """Start a thread on a board; answers its opening post, number 1.

    Raises NotFound, NotAllowed, TooMany, or Invalid for "title", "source" or "prefix". The
    thread waits for approval where the viewer's posts do.
    """
    board = find_board(viewer, board_id)
    check_start(viewer, board)
    title = texts.check_title(viewer, title)
    source, rendered = texts.render_source(viewer, board, source)
    if prefix_id and not Prefix.objects.filter(id=prefix_id, board_id=board_id).exists():
        raise Invalid("prefix", "Choose one of this board's prefixes, or none.")
    mentioned = texts.mentioned_ids(rendered)
    quoted = texts.quoted_ids(viewer, rendered)
    moment = at or viewer.now

    with transaction.atomic():
        if sent_before := find_sent(viewer, once_key):
            return sent_before
        check_pace(viewer, board_id)
        direct = can(viewer, board_id, Right.UNHELD | Right.MODERATE)
        thread = Thread.objects.create(
            board_id=board_id,
            title=title,
            slug=slugify(title),
            prefix_id=prefix_id or None,
            author_id=viewer.member_id,
            author_name=viewer.name,
            started_at=moment,
            last_posted_at=moment,
            last_author_id=viewer.member_id,
            last_author_name=viewer.name,
            state=State.VISIBLE if direct else State.HELD,
        )
        if direct:
            counters.add_thread(thread)
        # In a held thread the opening post is a visible one: approving the thread shows it.
        post = add_post(
            viewer, thread, source, rendered, once_key=once_key, at=moment, state=State.VISIBLE
        )
        publish(thread, post, rendered.text)
        counters.set_mentions_and_quotes(thread, post, mentioned, quoted)
        mark_thread_read(viewer, thread.pk, post.number)
        if viewer.member and viewer.member.watches_own_threads:
            watch_thread(viewer.member_id, thread.pk)
        forget_draft(viewer, f"thread:{board_id}")

    return post

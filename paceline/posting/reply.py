"""Reply to a thread."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from paceline.accounts.viewer import Viewer
from paceline.forum import counters, numbers
from paceline.forum.models import Post, State, Thread
from paceline.lib.errors import NotFound
from paceline.markup.render import RENDERER_VERSION, Rendered
from paceline.permissions.boards import find_board
from paceline.permissions.posts import posts_at_once
from paceline.permissions.threads import check_reply, visible_threads
from paceline.posting import attach, once, texts
from paceline.posting.drafts import forget_draft
from paceline.posting.elsewhere import fetch_later
from paceline.posting.inside_links import keep_inside_links
from paceline.posting.languages import check_language
from paceline.posting.limits import check_pace
from paceline.posting.publish import publish
from paceline.unread.marks import mark_thread_read


def post_reply(
    viewer: Viewer,
    thread_id: int,
    source: str,
    *,
    language: str | None = None,
    attachments: Sequence[int] = (),
    once_key: str | None = None,
    at: datetime | None = None,
) -> Post:
    """Add a reply to a thread, and everything that follows from it.

    `source` is markup as typed, in `language` or the one that forms begin with; `attachments` are
    ids of files that the viewer has sent, in the order in which they hang to it; `once_key` came
    with the form: the same text sent again with the same key is the first reply, and nothing is
    added; `at` is for tests and defaults to now.
    Raises NotFound, NotAllowed, TooMany, or Invalid for "source" or "language".
    """
    thread = Thread.objects.filter(visible_threads(viewer), id=thread_id).first()
    if thread is None:
        raise NotFound("There is no such thread.")
    check_reply(viewer, thread)
    board = find_board(viewer, thread.board_id)
    language = check_language(viewer, board, language)
    # Rendered before the transaction, because it needs no lock.
    source, rendered = texts.render_source(viewer, board, source, language)
    files = attach.check_ids(viewer, board.id, attachments, rendered)
    mentioned = texts.mentioned_ids(rendered)
    quoted = texts.quoted_ids(viewer, rendered)
    key = once.key_of(once_key, f"reply:{thread_id}", source)

    try:
        with transaction.atomic():
            # Held until the end, so that two replies cannot take one number.
            held = numbers.lock_thread_row(thread_id)
            if held is None:
                raise NotFound("There is no such thread.")
            check_reply(viewer, held)
            if sent_before := once.find_sent(viewer, key):
                return sent_before
            check_pace(viewer, held.board_id)
            post = add_post(viewer, held, source, rendered, language=language, once_key=key, at=at)
            counters.write_mentions_and_quotes(post, mentioned, quoted)
            fetch_later(post.pk, rendered)
            keep_inside_links(post, rendered, is_new=True)
            attach.hang(viewer, post, files, rendered)
            if post.state == State.VISIBLE:
                publish(held, post, rendered.text)
            mark_thread_read(viewer, thread_id, post.number)
            forget_draft(viewer, f"reply:{thread_id}")
    except IntegrityError:
        # The same form was being sent in a thread that has been merged or moved meanwhile.
        if sent_before := once.find_sent(viewer, key):
            return sent_before
        raise

    return post


def add_post(
    viewer: Viewer,
    thread: Thread,
    source: str,
    rendered: Rendered,
    *,
    language: str,
    once_key: str | None = None,
    at: datetime | None = None,
) -> Post:
    """The post's row with the next number, held for approval where the viewer's posts are.

    The caller holds the thread's row: "now" is asked for here, so that times grow as numbers do.
    """
    return Post.objects.create(
        thread=thread,
        number=numbers.take_numbers(thread),
        author_id=viewer.member_id,
        author_name=viewer.name,
        source=source,
        language=language,
        html=rendered.html,
        renderer=RENDERER_VERSION,
        posted_at=at or timezone.now(),
        state=State.VISIBLE if posts_at_once(viewer, thread.board_id) else State.HELD,
        once_key=once_key,
    )

"""Reply to a thread."""

from datetime import datetime

from django.db import transaction

from paceline.accounts.viewer import Viewer
from paceline.forum import counters, numbers
from paceline.forum.models import Post, State, Thread
from paceline.lib.errors import NotFound
from paceline.markup.render import RENDERER_VERSION, Rendered
from paceline.permissions.boards import can, find_board
from paceline.permissions.rights import Right
from paceline.permissions.threads import check_reply, visible_threads
from paceline.posting import texts
from paceline.posting.drafts import forget_draft
from paceline.posting.limits import check_pace
from paceline.posting.publish import publish
from paceline.unread.marks import mark_thread_read


def post_reply(
    viewer: Viewer,
    thread_id: int,
    source: str,
    *,
    once_key: str | None = None,
    at: datetime | None = None,
) -> Post:
    """Add a reply to a thread, and everything that follows from it.

    `source` is markup as typed; `once_key` came with the form: a second reply with the same key
    is the first one, and nothing is added; `at` is for tests and defaults to now.
    Raises NotFound, NotAllowed, TooMany, or Invalid("source", ...).
    """
    thread = Thread.objects.filter(visible_threads(viewer), id=thread_id).first()
    if thread is None:
        raise NotFound("There is no such thread.")
    check_reply(viewer, thread)
    # Rendered before the transaction, because it needs no lock.
    source, rendered = texts.render_source(viewer, find_board(viewer, thread.board_id), source)
    mentioned = texts.mentioned_ids(rendered)
    quoted = texts.quoted_ids(viewer, rendered)

    with transaction.atomic():
        # Held until the end, so that two replies cannot take one number.
        held = numbers.lock_thread_row(thread_id)
        if held is None:
            raise NotFound("There is no such thread.")
        check_reply(viewer, held)
        if sent_before := find_sent(viewer, once_key):
            return sent_before
        check_pace(viewer, held.board_id)
        post = add_post(viewer, held, source, rendered, once_key=once_key, at=at)
        if post.state == State.VISIBLE:
            publish(held, post, rendered.text)
        # After it is counted: these facts count themselves.
        counters.set_mentions_and_quotes(held, post, mentioned, quoted)
        mark_thread_read(viewer, thread_id, post.number)
        forget_draft(viewer, f"reply:{thread_id}")

    return post


def find_sent(viewer: Viewer, once_key: str | None) -> Post | None:
    """The post that this member's form has made already. One query where there is a key."""
    if not once_key:
        return None
    return Post.objects.filter(author_id=viewer.member_id, once_key=once_key).first()


def add_post(
    viewer: Viewer,
    thread: Thread,
    source: str,
    rendered: Rendered,
    *,
    once_key: str | None = None,
    at: datetime | None = None,
    state: State | None = None,
) -> Post:
    """The post's row with the next number, held for approval where the viewer's posts are."""
    direct = can(viewer, thread.board_id, Right.UNHELD | Right.MODERATE)
    unsaid = State.VISIBLE if direct else State.HELD
    return Post.objects.create(
        thread=thread,
        number=numbers.take_numbers(thread),
        author_id=viewer.member_id,
        author_name=viewer.name,
        source=source,
        html=rendered.html,
        renderer=RENDERER_VERSION,
        posted_at=at or viewer.now,
        state=unsaid if state is None else state,
        once_key=once_key or None,
    )

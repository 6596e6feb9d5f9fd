"""Start a thread."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from paceline.accounts.viewer import Viewer
from paceline.forum import counters
from paceline.forum.models import Post, Prefix, State, Thread
from paceline.lib.errors import Invalid
from paceline.lib.texts import slugify
from paceline.permissions.boards import check_start, find_board
from paceline.permissions.posts import posts_at_once
from paceline.permissions.table import BoardInfo
from paceline.posting import attach, once, texts
from paceline.posting.drafts import forget_draft
from paceline.posting.elsewhere import fetch_later
from paceline.posting.inside_links import keep_inside_links
from paceline.posting.languages import check_language
from paceline.posting.limits import check_pace
from paceline.posting.publish import publish, publish_thread
from paceline.posting.reply import add_post
from paceline.unread.marks import mark_thread_read
from paceline.unread.watching import watch_thread


def start_thread(
    viewer: Viewer,
    board_id: int,
    title: str,
    source: str,
    *,
    language: str | None = None,
    prefix_id: int | None = None,
    attachments: Sequence[int] = (),
    once_key: str | None = None,
    at: datetime | None = None,
) -> Post:
    """Start a thread on a board; answers its opening post, number 1.

    `language` is what the text is written in, else the one that forms begin with; `attachments`
    are ids of files that the viewer has sent. The same title and text sent again with the same
    `once_key` are the first thread. The thread waits for approval where the viewer's posts do;
    `at` is for tests and defaults to now.
    Raises NotFound, NotAllowed, TooMany, or Invalid for "title", "source", "language" or "prefix".
    """
    board = find_board(viewer, board_id)
    check_start(viewer, board)
    title = texts.check_title(viewer, title)
    language = check_language(viewer, board, language)
    source, rendered = texts.render_source(viewer, board, source, language)
    check_prefix(board_id, prefix_id)
    files = attach.check_ids(viewer, board_id, attachments, rendered)
    mentioned = texts.mentioned_ids(rendered)
    quoted = texts.quoted_ids(viewer, rendered)
    key = once.key_of(once_key, f"thread:{board_id}", f"{title}\n{source}")

    try:
        with transaction.atomic():
            if sent_before := once.find_sent(viewer, key):
                return sent_before
            check_pace(viewer, board_id)
            thread = _add_thread(viewer, board, title, prefix_id, at or timezone.now())
            post = add_post(
                viewer,
                thread,
                source,
                rendered,
                language=language,
                once_key=key,
                at=thread.started_at,
            )
            if post.state != State.VISIBLE:
                # Visible within a thread that is held: approving the thread shows it.
                post.state = State.VISIBLE
                post.save(update_fields=["state"])
            counters.write_mentions_and_quotes(post, mentioned, quoted)
            fetch_later(post.pk, rendered)
            keep_inside_links(post, rendered, is_new=True)
            attach.hang(viewer, post, files, rendered)
            publish(thread, post, rendered.text)
            if posts_at_once(viewer, board_id):
                publish_thread(thread)
            mark_thread_read(viewer, thread.pk, post.number)
            if viewer.member and viewer.member.watches_own_threads:
                watch_thread(viewer.member_id, thread.pk)
            forget_draft(viewer, f"thread:{board_id}")
    except IntegrityError:
        # The same form was being sent by another request, which was first.
        if sent_before := once.find_sent(viewer, key):
            return sent_before
        raise

    return post


def check_prefix(board_id: int, prefix_id: int | None) -> None:
    """Raise Invalid("prefix", ...) unless it is one of the board's. One query or none."""
    if prefix_id and not Prefix.objects.filter(id=prefix_id, board_id=board_id).exists():
        raise Invalid("prefix", "Choose one of this board's prefixes, or none.")


def _add_thread(
    viewer: Viewer, board: BoardInfo, title: str, prefix_id: int | None, moment: datetime
) -> Thread:
    """The thread's row. Held to begin with: it is counted as a whole when it becomes visible."""
    return Thread.objects.create(
        board_id=board.id,
        counts_for_members=board.counts_for_members,
        title=title,
        slug=slugify(title),
        prefix_id=prefix_id or None,
        author_id=viewer.member_id,
        author_name=viewer.name,
        started_at=moment,
        last_posted_at=moment,
        last_author_id=viewer.member_id,
        last_author_name=viewer.name,
        state=State.HELD,
    )

"""Edit a post: what it said before is kept as a revision."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from paceline.accounts.viewer import Viewer
from paceline.forum import counters, inside_links, staff_log
from paceline.forum.models import Mention, Post, Revision, State, Thread
from paceline.lib.errors import Invalid
from paceline.lib.texts import clean_line, slugify
from paceline.markup.render import RENDERER_VERSION, Rendered
from paceline.notifications import tell
from paceline.permissions.boards import can, find_board
from paceline.permissions.posts import check_edit, posts_at_once
from paceline.permissions.rights import Right
from paceline.posting import attach, texts
from paceline.posting.drafts import forget_draft
from paceline.posting.elsewhere import fetch_later
from paceline.posting.finding import find_post, hold_post, is_opening
from paceline.posting.inside_links import keep_inside_links
from paceline.posting.limits import check_edit_pace
from paceline.posting.start_thread import check_prefix
from paceline.search import index

LONGEST_REASON = 200
# A slip that its author mends at once, before anybody has replied, is not worth a note.
GRACE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Edit:
    """What the form said. `seen_revision` is the revision that its writer had before them.

    `title` and `prefix_id` (0: none) are the thread's, for its opening post; None leaves them.
    `hides_before` is for moderators: what the post said until now is shown to moderators only.
    `attachments` are ids of files that are to hang to the post beside those that do.
    """

    source: str
    seen_revision: int
    reason: str = ""
    title: str | None = None
    prefix_id: int | None = None
    hides_before: bool = False
    attachments: tuple[int, ...] = ()


class EditedMeanwhile(Invalid):
    """Somebody else edited the post while the form was open: here is what it says now."""

    status = 409

    def __init__(self, post: Post) -> None:
        super().__init__(
            "source",
            f"{post.edited_by_name or 'Its author'} edited this post while you were writing."
            " What it says now is shown beside your text; send yours again to replace it.",
        )
        self.source = post.source
        self.revision = post.revision_count


def edit_post(viewer: Viewer, post_id: int, edit: Edit) -> Post:
    """Change what a post says; nothing happens where it says so already.

    A moderator's edit of somebody else's post, or hiding what a post said, is logged. "Last
    edited" stands beneath the post unless its author mends it within two minutes, without a
    reason and before any reply. Where the viewer's posts wait for approval, what they edit waits
    again: nobody else reads what no moderator has read.
    Raises NotFound, NotAllowed, TooMany, EditedMeanwhile, or Invalid for "source", "title",
    "prefix" or "reason".
    """
    post = find_post(viewer, post_id)
    check_edit(viewer, post)
    board = find_board(viewer, post.thread.board_id)
    # A post stays in its language: what it said before, in the history, is in the same.
    source, rendered = texts.render_source(
        viewer, board, edit.source, post.language, post_id=post_id
    )
    files = attach.check_ids(viewer, board.id, edit.attachments, rendered)
    reason = _check_reason(edit.reason)
    title = None if edit.title is None else texts.check_title(viewer, edit.title)
    mentioned = texts.mentioned_ids(rendered)
    quoted = texts.quoted_ids(viewer, rendered)

    with transaction.atomic():
        post = hold_post(viewer, post_id)
        check_edit(viewer, post)
        # Sent again, since the first answer was lost, it says so already.
        if post.revision_count != edit.seen_revision and source != post.source:
            raise EditedMeanwhile(post)
        check_edit_pace(viewer, post.thread.board_id)
        title_before = post.thread.title if is_opening(post) else ""
        if title_before and title not in (None, title_before):
            _check_retitle(viewer, post.thread)
        is_retitled = bool(title_before) and _change_thread(post, title, edit.prefix_id)
        if is_rewritten := source != post.source or is_retitled:
            _keep_first_revision(post, title_before)
            _write(viewer, post, source, rendered, reason)
            _keep_revision(viewer, post, post.thread.title if title_before else "", reason)
            _tell_newly_named(post, mentioned)
            counters.set_mentions_and_quotes(post.thread, post, mentioned, quoted)
            fetch_later(post.pk, rendered)
            keep_inside_links(post, rendered)
            index.refresh_post(post.pk)
        has_more_files = attach.hang(viewer, post, files, rendered)
        is_changed = is_rewritten or has_more_files
        if is_changed and not posts_at_once(viewer, board.id):
            _wait_again(post)
        hides = edit.hides_before and can(viewer, post.thread.board_id, Right.MODERATE)
        if hides:
            earlier = Revision.objects.filter(post=post, number__lt=post.revision_count)
            earlier.update(is_hidden=True)
        if hides or (is_changed and post.author_id != viewer.member_id):
            staff_log.log_post(
                viewer,
                staff_log.Verb.EDIT_POST,
                post.thread,
                post,
                reason,
                revision=post.revision_count,
                hides_before=hides,
            )
        forget_draft(viewer, f"edit:{post_id}")
    return post


def _check_reason(reason: str) -> str:
    reason = clean_line(reason)
    if len(reason) > LONGEST_REASON:
        raise Invalid("reason", f"A reason has at most {LONGEST_REASON} characters.")
    return reason


def _check_retitle(viewer: Viewer, thread: Thread) -> None:
    """Raise where the title would be read at once though the viewer's posts wait for approval."""
    is_read = thread.state == State.VISIBLE and thread.post_count > 1
    if is_read and not posts_at_once(viewer, thread.board_id):
        raise Invalid(
            "title",
            "What you write waits for approval, and others have replied under this title:"
            " ask a moderator to change it.",
        )


def _change_thread(post: Post, title: str | None, prefix_id: int | None) -> bool:
    """Give the thread another title or prefix; whether the title is another."""
    thread = post.thread
    if prefix_id is not None and (prefix_id or None) != thread.prefix_id:
        check_prefix(thread.board_id, prefix_id)
        thread.prefix_id = prefix_id or None
        thread.save(update_fields=["prefix"])
    if title is None or title == thread.title:
        return False
    if post.title == thread.title:  # as old boards have it
        post.title = title
    thread.title, thread.slug = title, slugify(title)
    thread.save(update_fields=["title", "slug"])
    thread.stubs.update(title=title, slug=thread.slug)
    index.reindex_thread(thread.pk)
    inside_links.thread_changed(thread.pk)
    return True


def _keep_first_revision(post: Post, title: str) -> None:
    """The text as first posted. Kept with the first edit: most posts never have one."""
    if post.revision_count == 0:
        Revision.objects.create(
            post=post,
            number=0,
            title=title,
            source=post.source,
            written_at=post.posted_at,
            written_by_id=post.author_id,
            written_by_name=post.author_name,
        )


def _write(viewer: Viewer, post: Post, source: str, rendered: Rendered, reason: str) -> None:
    is_slip = (
        post.author_id == viewer.member_id
        and not reason
        and post.number == post.thread.last_number
        and viewer.now - post.posted_at <= GRACE
    )
    if not is_slip:
        post.edited_at = viewer.now
        post.edited_by_name = viewer.name
        post.edit_reason = reason
    post.source = source
    post.html = rendered.html
    post.renderer = RENDERER_VERSION
    post.revision_count += 1
    post.save(
        update_fields=[
            "title",
            "source",
            "html",
            "renderer",
            "revision_count",
            "edited_at",
            "edited_by_name",
            "edit_reason",
        ]
    )


def _wait_again(post: Post) -> None:
    """A post that everybody could see is held; with the only visible one of a thread the thread."""
    thread = post.thread
    if post.state != State.VISIBLE or thread.state != State.VISIBLE:
        return
    if thread.post_count == 1:
        thread.state = State.HELD
        thread.save(update_fields=["state"])
        counters.remove_thread(thread)
        index.reindex_thread(thread.pk)
        inside_links.thread_changed(thread.pk)
        return
    post.state = State.HELD
    post.save(update_fields=["state"])
    counters.remove_post(thread, post)
    index.forget_post(post.pk)
    inside_links.post_changed(post.pk)


def _tell_newly_named(post: Post, mentioned: list[int]) -> None:
    """Those whom the post did not name before will hear of it. Before the mentions are set."""
    if not mentioned or post.state != State.VISIBLE:
        return
    known = Mention.objects.filter(post=post).values_list("member_id", flat=True)
    named = sorted(set(mentioned) - {*known, post.author_id})
    if named:
        tell.tell_of_mentions(post.pk, named)


def _keep_revision(viewer: Viewer, post: Post, title: str, reason: str) -> None:
    Revision.objects.create(
        post=post,
        number=post.revision_count,
        title=title,
        source=post.source,
        written_at=viewer.now,
        written_by_id=viewer.member_id,
        written_by_name=viewer.name,
        reason=reason,
    )

"""The posts of a page, those that are new, as rows of a thread that is held."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime, tzinfo

from paceline.forum import counters, numbers
from paceline.forum.models import Board, Like, Post, State, Thread
from paceline.forum.numbers import lock_thread_row
from paceline.imports.known import Kind, Known
from paceline.imports.members import People
from paceline.imports.quotes import point, quoted_ids
from paceline.imports.report import ImportReport
from paceline.imports.saved_pages.page import SavedPage, SavedPost
from paceline.imports.threads import post_key
from paceline.lib.texts import clean_line, clean_text
from paceline.markup.render import RENDERER_VERSION
from paceline.permissions.table import BoardInfo
from paceline.posting import texts
from paceline.posting.inside_links import keep_inside_links


@dataclass(slots=True)
class Coming:
    """A post of the page that is not here yet, with its moment in UTC."""

    saved: SavedPost
    posted_at: datetime
    key: str
    row: Post | None = None


def find_new(
    page: SavedPage, moments: dict[int, datetime], thread_key: str, known: Known
) -> list[Coming]:
    """The posts that no earlier page brought, in the order of their numbers. One query.

    Of those that came from a page without ids, the id is noted now.
    """
    coming = [
        Coming(post, moments[place], post_key(post, thread_key))
        for place, post in enumerate(page.posts)
        if not post.is_wiki
    ]
    rows = known.look_up(Kind.POST, [key for one in coming for key in _all_keys(one)])
    new: list[Coming] = []
    for one in coming:
        target_ids = [rows[key] for key in _all_keys(one) if key in rows]
        if target_ids:
            known.remember_missing(Kind.POST, target_ids[0], one.saved.source_id, "", list(rows))
        else:
            new.append(one)
    return sorted(new, key=lambda one: (one.saved.number is None, one.saved.number or 0))


def add_posts(
    coming: Sequence[Coming],
    thread: Thread,
    people: People,
    zone: tzinfo,
    known: Known,
    report: ImportReport,
) -> None:
    """Write the posts, their quotes, likes and edit notes. The thread is held and its row locked.

    About ten queries for each.
    """
    taken = set(Post.objects.filter(thread=thread).values_list("number", flat=True))
    for one in coming:
        one.row = _write(one, thread, people, zone, taken, report)
        known.remember(Kind.POST, one.row.pk, one.saved.source_id, one.key)
    board = info_of(thread.board)
    ids = _ids_here(known, [one.saved.body_source for one in coming])
    for one in coming:
        if one.row is not None:
            _say(one.row, one.saved.body_source, ids, board, known)
            _add_likes(one.row, one.saved, people, report)
            counters.add_post(thread, one.row)
    report.posts += len(coming)


def point_waiting(coming: Sequence[Coming], thread: Thread, known: Known) -> None:
    """Point quotes that were brought in earlier at the posts that have come now.

    A post that was edited here since is left as it is. The thread is held.
    """
    waiting: dict[int, list[str]] = {}
    for one in coming:
        if one.saved.source_id is not None:
            for key, post_id in known.beginning_with(Kind.QUOTE, f"{one.saved.source_id}/"):
                waiting.setdefault(post_id, []).append(key)
    for post in Post.objects.filter(id__in=waiting).select_related("thread__board").order_by("id"):
        source = known.about(Kind.QUOTE, waiting[post.pk][0]).get("source", "")
        known.forget(Kind.QUOTE, waiting[post.pk])
        if post.revision_count or not source:
            continue
        home = thread if post.thread_id == thread.pk else lock_thread_row(post.thread_id)
        said = _pointed(post, source, _ids_here(known, [source]), info_of(post.thread.board))
        post.save(update_fields=["source", "html"])
        if home is not None:
            counters.set_mentions_and_quotes(home, post, said.mentioned, said.quoted)


def keep_aside(page: SavedPage, thread: Thread, known: Known, report: ImportReport) -> None:
    """Posts that the page shows out of their place: kept as read until their own page comes."""
    for post in page.posts:
        if not post.is_wiki:
            continue
        key = str(post.source_id) if post.source_id is not None else post_key(post, "")
        if known.look_up(Kind.POST, [key]):
            continue
        about = {
            "author": post.author.name,
            "date": post.date_text,
            "source": post.body_source,
            "likes": post.like_count,
        }
        if known.about(Kind.ASIDE, key) != about:
            known.note(Kind.ASIDE, key, thread.pk, about)
        why = f"a post by {post.author.name} stands on another page and comes in with that"
        report.note(why, text=post.date_text, line=post.line)


def forget_aside(coming: Sequence[Coming], known: Known) -> None:
    """Those that were kept aside and have come in now. One query."""
    known.forget(Kind.ASIDE, [str(one.saved.source_id) for one in coming if one.saved.source_id])


def info_of(board: Board) -> BoardInfo:
    """The board's switches as rendering asks for them."""
    values = {f.name: getattr(board, f.name) for f in fields(BoardInfo) if f.name != "depth"}
    return BoardInfo(**values, depth=0)


def _all_keys(one: Coming) -> list[str]:
    source_id = one.saved.source_id
    return [*([str(source_id)] if source_id is not None else []), one.key]


def _write(
    one: Coming,
    thread: Thread,
    people: People,
    zone: tzinfo,
    taken: set[int],
    report: ImportReport,
) -> Post:
    saved = one.saved
    number = saved.number
    if number is None or number in taken:
        number = numbers.take_numbers(thread)
        if saved.number is not None:
            why = f"post #{saved.number} stands as #{number}: that number is taken here"
            report.note(why, line=saved.line)
    taken.add(number)
    if number > thread.last_number:
        thread.last_number = number
        thread.save(update_fields=["last_number"])
    author = saved.author
    member = None if author.is_guest else people.find(author.name, author.source_id)
    edit = saved.edit
    return Post.objects.create(
        thread=thread,
        number=number,
        author=member,
        author_name=member.name if member else clean_line(author.name)[:80] or "Unknown",
        title=clean_line(saved.title)[:200],
        source=clean_text(saved.body_source),
        html="",
        renderer=RENDERER_VERSION,
        posted_at=one.posted_at,
        edited_at=edit.at.replace(tzinfo=zone) if edit and edit.at else None,
        edited_by_name=clean_line(edit.by)[:80] if edit else "",
        edit_reason=clean_line(edit.reason)[:200] if edit else "",
        state=State.VISIBLE,
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """What a post says of others, by ids here, and the old ids of posts that are not here."""

    mentioned: list[int]
    quoted: list[int]
    waiting: tuple[int, ...]


def _ids_here(known: Known, sources: Sequence[str]) -> dict[int, int]:
    """The posts here that the sources quote, by the old board's ids. One query."""
    rows = known.look_up(Kind.POST, [str(one) for one in quoted_ids(sources)])
    return {int(source_id): post_id for source_id, post_id in rows.items()}


def _pointed(post: Post, source: str, ids: dict[int, int], board: BoardInfo) -> _Said:
    """Put source and HTML into the row, with quotes that lead to posts here. Not saved."""
    pointed = point(source, ids)
    rendered = texts.render_for(board, pointed.source)
    post.source, post.html = pointed.source, rendered.html
    keep_inside_links(post, rendered)
    here = set(ids.values())
    quoted = [quote.post_id for quote in rendered.quotes if quote.post_id in here]
    return _Said(
        texts.mentioned_ids(rendered),
        [post_id for post_id in quoted if post_id is not None][: texts.MOST_QUOTES],
        pointed.waiting,
    )


def _say(post: Post, source: str, ids: dict[int, int], board: BoardInfo, known: Known) -> None:
    source = clean_text(source).strip()
    said = _pointed(post, source, ids, board)
    post.save(update_fields=["source", "html"])
    counters.write_mentions_and_quotes(post, said.mentioned, said.quoted)
    for old_id in said.waiting:
        known.note(Kind.QUOTE, f"{old_id}/{post.pk}", post.pk, {"source": source})


def _add_likes(post: Post, saved: SavedPost, people: People, report: ImportReport) -> None:
    """The likes of those who are named; the time of each is not known, so it is the post's."""
    found = (people.find(liker.name, liker.source_id) for liker in saved.liked_by)
    ids = {member.pk for member in found if member is not None and member.pk != post.author_id}
    Like.objects.bulk_create(
        Like(post=post, member_id=member_id, liked_at=post.posted_at) for member_id in sorted(ids)
    )
    if ids:
        post.like_count = len(ids)
        post.save(update_fields=["like_count"])
    report.likes += len(ids)
    if saved.like_count > len(ids):
        nameless = saved.like_count - len(ids)
        report.note(f"{nameless} who liked post #{post.number} are not named", line=saved.line)

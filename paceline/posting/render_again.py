"""Render posts anew whose words are the same and whose HTML is not: what they link to changed."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from paceline.accounts.viewer import visitor
from paceline.conf.site import load_site
from paceline.forum.models import InsideLink, Post
from paceline.forum.rendering import options_of
from paceline.jobs.queue import put
from paceline.markup.render import RENDERER_VERSION
from paceline.permissions.boards import readable_board_ids
from paceline.permissions.table import BoardInfo, load_table
from paceline.posting.inside_links import keep_inside_links, readable_threads
from paceline.posting.texts import render_for

Kind = InsideLink.Kind
AT_ONCE = 50
LOOKED_AT = 1000
# Longer than any transaction that was open when something was renamed or hidden.
LATER = timedelta(minutes=1)


def render_again(post_ids: Iterable[int]) -> int:
    """Render these posts from their sources; answers how many say something else now.

    No edit date changes. A post that is edited meanwhile is left as its editor has it. A few
    queries for each post, each in a transaction of its own.
    """
    boards = load_table(visitor(load_site())).boards
    changed = 0
    rows = Post.objects.filter(id__in=list(post_ids)).select_related("thread").order_by("id")
    for post in rows:
        board = boards[post.thread.board_id]
        rendered = render_for(board, post.source, post.language, post_id=post.pk)
        with transaction.atomic():
            same = Post.objects.filter(id=post.pk, source=post.source, language=post.language)
            if not same.update(html=rendered.html, renderer=RENDERER_VERSION):
                continue
            keep_inside_links(post, rendered)
        changed += rendered.html != post.html
    return changed


def render_linking(kind: str, target_id: int, after: int, is_first: bool) -> None:
    """Render anew what links to something that was renamed, hidden or moved, in parts.

    `after` is the id of the last post done. May be run twice.
    """
    links = InsideLink.objects.filter(kind=kind, target_id=target_id, post_id__gt=after)
    ids = list(links.order_by("post_id").values_list("post_id", flat=True)[:AT_ONCE])
    render_again(ids)
    if len(ids) == AT_ONCE:
        _put_linking(kind, target_id, after=ids[-1], is_first=is_first)
    elif is_first:
        later = timezone.now() + LATER
        _put_linking(kind, target_id, after=0, is_first=False, due_at=later)


def _put_linking(
    kind: str, target_id: int, *, after: int, is_first: bool, due_at: datetime | None = None
) -> None:
    put(
        "render_linking",
        kind=kind,
        target_id=target_id,
        after=after,
        is_first=is_first,
        due_at=due_at,
    )


def follow_rights_in_links(after: int) -> None:
    """Render anew what shows a title that not every visitor may read now, or shows none though
    all may, in parts. `after` is the id of the last link looked at. May be run twice."""
    links = InsideLink.objects.filter(kind__in=(Kind.THREAD, Kind.BOARD), id__gt=after)
    rows = list(links.order_by("id")[:LOOKED_AT])
    everybody = visitor(load_site())
    threads = readable_threads({row.target_id for row in rows if row.kind == Kind.THREAD})
    boards = readable_board_ids(everybody)
    wrong = {
        row.post_id
        for row in rows
        if row.is_titled != (row.target_id in (threads if row.kind == Kind.THREAD else boards))
    }
    render_again(wrong)
    if len(rows) == LOOKED_AT:
        put("follow_rights_in_links", after=rows[-1].pk)


def follow_board(thread_id: int, before: BoardInfo, now: BoardInfo, *, after: int = 0) -> None:
    """Posts of a thread, from those behind the number `after` on, stand on another board now.

    In the caller's transaction. They are rendered anew where that board shows posts otherwise.
    """
    if options_of(before) != options_of(now):
        put("render_thread", thread_id=thread_id, after=after)


def render_thread(thread_id: int, after: int) -> None:
    """Render the posts of a thread anew, in parts, behind the number `after`. May be run twice."""
    posts = Post.objects.filter(thread_id=thread_id, number__gt=after).order_by("number")
    rows = list(posts.values_list("id", "number")[:AT_ONCE])
    render_again(post_id for post_id, _ in rows)
    if len(rows) == AT_ONCE:
        put("render_thread", thread_id=thread_id, after=rows[-1][1])

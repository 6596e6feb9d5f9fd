"""Stored HTML made anew: after an upgrade of the renderer, or a change of what a board allows.

A run is a row of `Rerendering` that says how far it has come. Each step reads some rows, renders
them outside any transaction, and then writes them together with the new place of the run, so that
a process killed at any moment leaves the run where it was or one step further. Nothing else of a
post changes: not its edit, its history, its place, its counters; nobody is told of anything.
"""

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import OperationalError, transaction
from django.db.models import F, Max, Q
from django.utils import timezone

from paceline.accounts.models import Member
from paceline.accounts.profile import signature_options
from paceline.accounts.viewer import visitor
from paceline.conf.site import Site, load_site, notices_changed
from paceline.forum.models import Notice, Post, Rerendering, SitePage
from paceline.forum.rendering import options_of
from paceline.jobs.queue import put_once
from paceline.markup.render import (
    RENDERER_VERSION,
    Options,
    Parsed,
    Rendered,
    parse,
    render,
    write,
)
from paceline.media.attachments import attachments_of_posts, facts_of
from paceline.permissions.table import RightsTable, load_table
from paceline.posting.inside_links import keep_inside_links_of
from paceline.posting.texts import find_facts, render_for_staff
from paceline.search import index

log = logging.getLogger(__name__)

Stage = Rerendering.Stage
# Rows rendered and written together: some hundredths of a second of the database's time.
AT_ONCE = 100
# Ids looked through at once where few of the posts are meant.
WINDOW = 5_000
# To look for more in each source takes longer than to render them all.
MOST_WORDS = 100
# After so long other jobs have their turn.
SLICE_S = 2.0
# A holder that says nothing for so long has died.
HOLD = timedelta(seconds=15)


@dataclass(frozen=True, slots=True)
class _Source:
    """A post as it was read: what decides its HTML, and the HTML it has."""

    id: int
    board_id: int
    source: str
    language: str
    html: str
    renderer: int


def begin_run(
    *, board_id: int | None = None, only_older: bool = False, words: Iterable[str] = ()
) -> Rerendering:
    """Render the posts of a board anew, or everything, in the background from its beginning on.

    With `words` what holds one of them, in whatever case.

    In the caller's transaction. Runs that it covers and that are not done are dropped.
    """
    words = set(words)
    unfinished = Rerendering.objects.filter(finished_at__isnull=True)
    if words:
        # What was begun for other words is taken along: one way through the posts is enough.
        covered = unfinished.filter(board=None, only_older=False).exclude(words=[])
        words.update(*covered.values_list("words", flat=True))
        if len(words) > MOST_WORDS:
            words = set()
    elif board_id is None and not only_older:
        covered = unfinished.filter(only_older=False)
    else:
        where = Q(board=None) if board_id is None else Q(board_id=board_id)
        covered = unfinished.filter(where, only_older=only_older)
    covered.delete()
    run = Rerendering.objects.create(
        board_id=board_id,
        only_older=only_older,
        words=sorted(words),
        renderer=RENDERER_VERSION,
        stage=Stage.PAGES if board_id is None else Stage.POSTS,
        highest_id=_highest_id(),
    )
    put_once("rerender")
    return run


def begin_after_upgrade() -> Rerendering | None:
    """A run over what an older renderer has made; None where there was or is one. One query then.

    On a board without posts it is done at once.
    """
    runs = Rerendering.objects.filter(board=None, only_older=True)
    if runs.filter(renderer__gte=RENDERER_VERSION).exists():
        return None
    with transaction.atomic():
        run = begin_run(only_older=True)
    if run.highest_id == 0:
        while do_step(""):
            continue
        return None
    return run


def is_unfinished() -> bool:
    """Whether there is anything left to render anew. One query."""
    return Rerendering.objects.filter(finished_at__isnull=True).exists()


def rerender_slice() -> None:
    """Go on for two seconds, idle half of the time, then put the rest. The job of that name."""
    holder, until = uuid4().hex, time.monotonic() + SLICE_S
    while time.monotonic() < until:
        began = time.monotonic()
        if not do_step(holder):
            break
        # As long as it worked: half of the database and of the processor stays for readers.
        time.sleep(time.monotonic() - began)
    release(holder)
    if is_unfinished():
        # Somebody at the keyboard may be doing it: then look again when they may have gone.
        at = HOLD if _is_held() else timedelta(seconds=0)
        put_once("rerender", due_at=timezone.now() + at)


def do_step(holder: str) -> bool:
    """The next rows of the oldest run that is not done; False where none is, or another has it.

    A step that could not be written, since somebody changes what it read, is True too: it is
    tried again with the next call. Opens its own transaction.
    """
    now = timezone.now()
    run = Rerendering.objects.filter(finished_at__isnull=True).order_by("id").first()
    if run is None or (run.holder != holder and run.held_until and run.held_until > now):
        return False
    began = time.monotonic()
    step = _STEPS[Stage(run.stage)](run)
    try:
        with transaction.atomic():
            if _move(run, step, holder, time.monotonic() - began):
                step.write()
    except _Meanwhile:
        log.info("what was read for rendering was changed meanwhile")
    except OperationalError as error:
        # Another transaction holds one of the posts; waiting for it here could end in a deadlock.
        log.info("rendering anew waits for another: %s", error)
        time.sleep(0.05)
    return True


def release(holder: str) -> None:
    """Let others go on with what this holder did. One query."""
    Rerendering.objects.filter(holder=holder).update(holder="", held_until=None)


class _Meanwhile(Exception):
    """What a step has read is not so any more: it is taken back and done again."""


@dataclass(frozen=True, slots=True)
class _Step:
    """What is to be written, and where the run stands then; `is_last` ends its stage."""

    after_id: int
    seen: int
    changed: int
    is_last: bool
    write: Callable[[], None]


def _move(run: Rerendering, step: _Step, holder: str, took_s: float) -> bool:
    """Put the run to where the step leads, unless it was moved or begun anew meanwhile."""
    now = timezone.now()
    stages = list(Stage)
    place: dict[str, Any] = {"after_id": step.after_id}
    if step.is_last and run.stage == Stage.POSTS:
        place["finished_at"] = now
    elif step.is_last:
        place = {"after_id": 0, "stage": stages[stages.index(Stage(run.stage)) + 1]}
    moved = Rerendering.objects.filter(
        id=run.pk, stage=run.stage, after_id=run.after_id, finished_at__isnull=True
    ).update(
        **place,
        seen_count=F("seen_count") + step.seen,
        changed_count=F("changed_count") + step.changed,
        spent_s=F("spent_s") + took_s,
        moved_at=now,
        holder=holder,
        held_until=now + HOLD if holder else None,
    )
    return bool(moved)


def _step_pages(run: Rerendering) -> _Step:
    """All notices and pages: there are few."""
    changed: list[tuple[Notice | SitePage, str]] = []
    seen = 0
    for table in (Notice, SitePage):
        rows: Sequence[Notice | SitePage] = list(table._default_manager.filter(_meant(run)))
        seen += len(rows)
        changed += [(row, render_for_staff(row.source).html) for row in rows]

    def write_pages() -> None:
        for row, html in changed:
            meant = type(row)._default_manager.filter(id=row.pk, source=row.source)
            meant.update(html=html, renderer=RENDERER_VERSION)
        notices_changed()

    count = sum(row.html != html for row, html in changed)
    return _Step(0, seen, count, is_last=True, write=write_pages)


def _step_signatures(run: Rerendering) -> _Step:
    members = Member.objects.filter(id__gt=run.after_id).exclude(signature_source="")
    if run.words:
        members = members.none()  # no signature has the board's own codes
    if run.only_older:
        members = members.filter(signature_renderer__lt=RENDERER_VERSION)
    columns = ("id", "signature_source", "signature_html")
    rows = list(members.order_by("id").values_list(*columns)[:AT_ONCE])
    made = [
        (member_id, source, html, render(source, signature_options()).html)
        for member_id, source, html in rows
    ]

    def write_signatures() -> None:
        for member_id, source, _, html in made:
            Member.objects.filter(id=member_id, signature_source=source).update(
                signature_html=html, signature_renderer=RENDERER_VERSION
            )

    return _Step(
        after_id=rows[-1][0] if rows else run.after_id,
        seen=len(rows),
        changed=sum(before != html for _, _, before, html in made),
        is_last=len(rows) < AT_ONCE,
        write=write_signatures,
    )


def _step_posts(run: Rerendering) -> _Step:
    site = load_site()
    table = load_table(visitor(site))
    upto = run.after_id + WINDOW
    rows = _read(_posts_of(run).filter(id__gt=run.after_id, id__lte=upto)[:AT_ONCE])
    is_through = len(rows) < AT_ONCE
    last_id = upto if is_through else rows[-1].id
    made = _render_all(table, rows)

    def write_posts() -> None:
        _check_versions(site)
        _write_posts(rows, made)

    return _Step(
        after_id=last_id,
        seen=len(rows),
        changed=sum(row.id in made and made[row.id].html != row.html for row in rows),
        is_last=is_through and last_id >= _highest_id(),
        write=write_posts,
    )


_STEPS: dict[Rerendering.Stage, Callable[[Rerendering], _Step]] = {
    Stage.PAGES: _step_pages,
    Stage.SIGNATURES: _step_signatures,
    Stage.POSTS: _step_posts,
}


def _meant(run: Rerendering) -> Q:
    meant = Q(renderer__lt=RENDERER_VERSION) if run.only_older else Q()
    for word in run.words:
        meant |= Q(source__icontains=word)
    return meant


def _posts_of(run: Rerendering) -> Any:
    posts = Post.objects.filter(_meant(run)).order_by("id")
    return posts if run.board_id is None else posts.filter(thread__board_id=run.board_id)


def _read(posts: Any) -> list[_Source]:
    columns = ("id", "thread__board_id", "source", "language", "html", "renderer")
    return [_Source(*row) for row in posts.values_list(*columns)]


def _render_all(table: RightsTable, rows: Sequence[_Source]) -> dict[int, Rendered]:
    """The rendering of each, by id. One query for each kind of thing that they point to.

    A post that the renderer fails on is left out: it keeps its HTML, and the log has the reason.
    """
    options: dict[int, Options] = {}
    parsed: dict[int, Parsed] = {}
    for row in rows:
        if row.board_id not in options:
            options[row.board_id] = options_of(table.boards[row.board_id])
        try:
            parsed[row.id] = parse(row.source, options[row.board_id], language=row.language)
        except Exception:
            log.exception("post %s could not be rendered anew", row.id)
    facts = find_facts(list(parsed.values()))
    files = attachments_of_posts(post_id for post_id, one in parsed.items() if one.attachments)
    made = {}
    for post_id, one in parsed.items():
        try:
            own = facts_of(files.get(post_id, ()))
            made[post_id] = write(one, replace(facts, attachments=own))
        except Exception:
            log.exception("post %s could not be rendered anew", post_id)
    return made


def _check_versions(site: Site) -> None:
    """Raise where a board's switches or the codes have changed since these were read."""
    now = load_site()
    if (now.rights_version, now.markup_version) != (site.rights_version, site.markup_version):
        raise _Meanwhile


def _write_posts(rows: Sequence[_Source], made: dict[int, Rendered]) -> None:
    """Write the renderings of these rows. Raises _Meanwhile where one is not as it was read."""
    ids = [row.id for row in rows]
    list(Post.objects.select_for_update(no_key=True, nowait=True).filter(id__in=ids).only("id"))
    now = {row.id: row for row in _read(Post.objects.filter(id__in=ids))}
    if any(now.get(row.id, row) != row for row in rows):
        raise _Meanwhile
    rows = [row for row in rows if row.id in now and row.id in made]
    same = [row.id for row in rows if made[row.id].html == row.html]
    older = Post.objects.filter(id__in=same).exclude(renderer=RENDERER_VERSION)
    older.update(renderer=RENDERER_VERSION)
    others = {row.id: made[row.id] for row in rows if made[row.id].html != row.html}
    for post_id, rendered in others.items():
        Post.objects.filter(id=post_id).update(html=rendered.html, renderer=RENDERER_VERSION)
    keep_inside_links_of(others)
    index.index_texts({post_id: rendered.text for post_id, rendered in others.items()})


def _highest_id() -> int:
    return Post.objects.aggregate(highest=Max("id"))["highest"] or 0


def _is_held() -> bool:
    return Rerendering.objects.filter(
        finished_at__isnull=True, held_until__gt=timezone.now()
    ).exists()

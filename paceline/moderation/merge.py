"""Merge a thread into another."""

from django.db import transaction
from django.db.models import F

from paceline.accounts.viewer import Viewer
from paceline.forum import counters, inside_links
from paceline.forum.models import Draft, MemberTag, Post, State, Thread
from paceline.forum.staff_log import Verb, check_reason, log_thread
from paceline.lib.errors import Invalid
from paceline.moderation.reach import hold_threads, refuse_stub
from paceline.moderation.renumber import carry_posts, read_of
from paceline.notifications.models import Alert
from paceline.permissions.table import load_table
from paceline.posting.render_again import follow_board
from paceline.search import index
from paceline.unread.models import ThreadMark, Watch


def merge_threads(viewer: Viewer, source_id: int, target_id: int, *, reason: str = "") -> Thread:
    """Put all posts of one thread behind those of another; answers that other.

    The posts keep their addresses and their order and get the next numbers. What is left of the
    source points to the target, as do all stubs that pointed to the source. Watches, tags,
    drafts and marks of reading go along. Both threads must be visible.
    Raises NotFound, NotAllowed, or Invalid for "target" or "reason".
    """
    reason = check_reason(reason)
    if source_id == target_id:
        raise Invalid("target", "Choose another thread than this one.")
    with transaction.atomic():
        held = hold_threads(viewer, [source_id, target_id])
        source, target = held[source_id], held[target_id]
        for thread in (source, target):
            refuse_stub(thread)
            if thread.state != State.VISIBLE:
                raise Invalid("target", "Both threads must be visible; restore or approve first.")
        Thread.objects.filter(moved_to=source).update(moved_to=target)
        last_before = target.last_number
        _merge(source, target)
        boards = load_table(viewer).boards
        follow_board(target.pk, boards[source.board_id], boards[target.board_id], after=last_before)
        log_thread(viewer, Verb.MERGE, source, reason, to=target.pk)
    return target


def _merge(source: Thread, target: Thread) -> None:
    last_before = target.last_number
    rows = Post.objects.select_for_update(of=("self",), no_key=True).filter(thread=source)
    posts = list(rows.defer("source", "html").order_by("number"))
    numbers_before = [post.number for post in posts]
    first = carry_posts(posts, target)

    tagged = MemberTag.objects.filter(thread=target).values("member_id")
    coming = MemberTag.objects.filter(thread=source).exclude(member_id__in=tagged)
    tagged_ids = list(coming.values_list("member_id", flat=True))
    coming.update(thread=target)
    # Counts those down who were tagged in both; their second tags go now.
    counters.merge_posts(source, target, first, tagged_ids)
    MemberTag.objects.filter(thread=source).delete()

    _carry_marks(source, target, last_before, numbers_before)
    _carry_watches_and_drafts(source, target)
    Thread.objects.filter(id=target.pk).update(view_count=F("view_count") + source.view_count)
    Alert.objects.filter(thread=source).update(thread=target)
    index.reindex_thread(target.pk)
    index.reindex_thread(source.pk)
    inside_links.thread_changed(source.pk)


def _carry_marks(source: Thread, target: Thread, last_before: int, numbers: list[int]) -> None:
    """Who had read the target to its end has also read what they had read of the source."""
    read_in_source = dict(
        ThreadMark.objects.filter(thread=source).values_list("member_id", "number")
    )
    last_visible = (
        Post.objects.filter(thread=target, number__lte=last_before, state=State.VISIBLE)
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
    )
    changed = []
    for mark in ThreadMark.objects.filter(thread=target, number__gte=last_visible or last_before):
        read = read_of(numbers, read_in_source.get(mark.member_id, 0))
        if read:
            mark.number = last_before + read
            changed.append(mark)
    ThreadMark.objects.bulk_update(changed, ["number"], batch_size=200)
    ThreadMark.objects.filter(thread=source).delete()


def _carry_watches_and_drafts(source: Thread, target: Thread) -> None:
    watching = Watch.objects.filter(thread=target).values("member_id")
    Watch.objects.filter(thread=source).exclude(member_id__in=watching).update(thread=target)
    Watch.objects.filter(thread=source).delete()
    here, there = f"reply:{source.pk}", f"reply:{target.pk}"
    writing = Draft.objects.filter(place=there).values("member_id")
    Draft.objects.filter(place=here).exclude(member_id__in=writing).update(place=there)

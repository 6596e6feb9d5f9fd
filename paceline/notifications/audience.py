"""Who hears of what: those whom it concerns and who may know of it."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from paceline.accounts.models import Member
from paceline.accounts.viewer import load_viewer
from paceline.conf.site import load_site
from paceline.forum.models import Post, Thread
from paceline.notifications.models import Alert
from paceline.permissions.boards import readable_board_ids

Kind = Alert.Kind


def audience_of_post(post: Post, thread: Thread) -> dict[int, Kind]:
    """By member, as what the post concerns them most: named, quoted, or watching.

    Those who have seen it already are left out. A query for each of the three, and one or two
    for each member found.
    """
    opens = post.number == 1
    watching = Q(watches__thread_id=thread.pk)
    if opens:
        watching |= Q(watches__board_id=thread.board_id)
    concerned: dict[int, Kind] = {}
    # The one that says most is written last.
    for found, condition in (
        (Kind.THREAD if opens else Kind.REPLY, watching),
        (Kind.QUOTE, Q(quoted_in__post=post)),
        (Kind.MENTION, Q(mentions__post=post)),
    ):
        members = Member.objects.filter(condition).distinct().values_list("id", flat=True)
        concerned.update(dict.fromkeys(members, found))
    seen = Q(thread_marks__thread_id=thread.pk, thread_marks__number__gte=post.number)
    hearers = who_may_hear(concerned, thread.board_id, post.author_id, besides=seen)
    return {member_id: concerned[member_id] for member_id in hearers}


def who_may_hear(
    member_ids: Iterable[int], board_id: int, actor_id: int | None, *, besides: Q | None = None
) -> list[int]:
    """Those of the members who may read the board and do not ignore whoever did it, by id.

    Nobody hears of what they did themselves; banned and erased members hear nothing. Two
    queries, and one for each member.
    """
    members: QuerySet[Member] = Member.objects.filter(id__in=list(member_ids), is_active=True)
    if actor_id is not None:
        members = members.exclude(id=actor_id).exclude(ignores__ignored_id=actor_id)
    if besides is not None:
        members = members.exclude(id__in=Member.objects.filter(besides).values("id"))
    site = load_site()
    hearers = []
    for member in members.order_by("id"):
        viewer = load_viewer(site, member)
        if not viewer.is_banned and board_id in readable_board_ids(viewer):
            hearers.append(member.pk)
    return hearers

"""Erase one's own account: the person goes, what they wrote stays or is emptied."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from paceline.accounts.administrators import check_other_administrator, is_administrator
from paceline.accounts.models import Ignore, Member, MemberGroup, Presence
from paceline.accounts.names import ERASED
from paceline.accounts.viewer import Viewer
from paceline.conf.site import rights_changed
from paceline.forum import counters
from paceline.forum.facts import MEMBER_COUNTERS
from paceline.forum.models import Draft, InsideLink, NoticeDismissal, Post, Revision, Thread
from paceline.jobs.mail import mail_later
from paceline.jobs.queue import put
from paceline.lib.errors import SignInFirst
from paceline.markup.render import RENDERER_VERSION, render
from paceline.media.attachments import forget_attachments_of
from paceline.media.avatars import delete_files
from paceline.notifications.models import Alert
from paceline.permissions.models import BoardModerator
from paceline.posting.rename_member import rename_everywhere
from paceline.search import index
from paceline.unread.models import BoardMark, ThreadMark, Watch

REMOVED = "[i]Text removed by its author.[/i]"
_BATCH = 200


def erase_account(viewer: Viewer, *, keeps_texts: bool) -> None:
    """Take away everything that says who the member is, for good.

    Their posts stay where they are, under "Deleted member <id>", so that numbers, threads and
    counters hold; without `keeps_texts` their words are taken away too, with all revisions and
    attachments.
    What others wrote, quotes of the member among it, is theirs and stays; so do the lines of the
    staff's log. The index and others' alerts follow after the commit.

    Raises SignInFirst, or NotAllowed for the only administrator.
    """
    if viewer.member is None:
        raise SignInFirst("Sign in first; then you can have your account erased.")
    with transaction.atomic():
        # In the order of locks: threads, posts, members (forum/counters.py).
        written_in = Post.objects.filter(author_id=viewer.member_id).values("thread_id")
        threads = Thread.objects.select_for_update(of=("self",), no_key=True).filter(
            id__in=written_in
        )
        list(threads.order_by("id").values_list("id", flat=True))
        if not keeps_texts:
            _take_words_away(viewer.member_id)
        forget_attachments_of(viewer.member_id, with_posts=not keeps_texts)
        member = Member.objects.select_for_update(of=("self",), no_key=True).get(
            id=viewer.member_id
        )
        _check_not_alone(member)
        before = member.name
        rename_everywhere(member, f"{ERASED} {member.pk}")
        _take_belongings_away(member)
        if member.email:
            mail_later(member.email, *_letter(viewer, before))
        _empty(member)
        rights_changed()
        put(
            "finish_erasing",
            member_id=member.pk,
            name_before=before,
            is_emptied=not keeps_texts,
            after=0,
        )


def finish_erasing(member_id: int, name_before: str, is_emptied: bool, after: int) -> None:
    """What follows after the commit, in parts: the index, alerts, and posts that came between.

    May be run twice. `after` is the id of the last post that was looked at.
    """
    with transaction.atomic():
        name = f"{ERASED} {member_id}"
        if after == 0:
            Alert.objects.filter(actor_name=name_before).update(actor_name=name)
        posts = Post.objects.filter(author_id=member_id)
        posts.exclude(author_name=name).update(author_name=name)
        ids = list(posts.filter(id__gt=after).order_by("id").values_list("id", flat=True)[:_BATCH])
        if not is_emptied or not ids:
            return
        for post_id in ids:
            index.refresh_post(post_id)
        put(
            "finish_erasing",
            member_id=member_id,
            name_before=name_before,
            is_emptied=is_emptied,
            after=ids[-1],
        )


def _check_not_alone(member: Member) -> None:
    if is_administrator(member.pk):
        check_other_administrator(
            member.pk,
            "You are the only administrator of this board. Make somebody else one first; then"
            " your account can be erased.",
        )


def _take_words_away(member_id: int) -> None:
    counters.forget_words_of(member_id)
    Revision.objects.filter(post__author_id=member_id).delete()
    InsideLink.objects.filter(post__author_id=member_id).delete()
    Post.objects.filter(author_id=member_id).update(
        title="",
        source=REMOVED,
        language="bbcode",
        html=render(REMOVED).html,
        renderer=RENDERER_VERSION,
        revision_count=0,
        edited_at=None,
        edited_by_name="",
        edit_reason="",
    )


def _take_belongings_away(member: Member) -> None:
    for table in (Draft, Watch, ThreadMark, BoardMark, Alert, NoticeDismissal, Presence):
        table._default_manager.filter(member=member).delete()
    Ignore.objects.filter(member=member).delete()
    Ignore.objects.filter(ignored=member).delete()
    MemberGroup.objects.filter(member=member).delete()
    BoardModerator.objects.filter(member=member).delete()
    EmailAddress.objects.filter(user=member).delete()
    Authenticator.objects.filter(user=member).delete()
    for session in UserSession.objects.filter(user=member):
        session.end()


def _empty(member: Member) -> None:
    """The row as if nothing had ever been filled in, but for id, counters and joining."""
    kept = {"id", "name", "name_key", "look_key", "joined_at", "carried", *MEMBER_COUNTERS}
    blank = Member()
    columns = [field.attname for field in Member._meta.concrete_fields if field.attname not in kept]
    avatar = member.avatar
    for column in columns:
        setattr(member, column, getattr(blank, column))
    member.password = make_password(None)
    member.is_active = False
    member.shows_online = False
    member.mails_alerts = False
    member.erased_at = timezone.now()
    member.save(update_fields=[*columns, "name"])
    transaction.on_commit(lambda: delete_files(avatar))


def _letter(viewer: Viewer, name: str) -> tuple[str, str]:
    board = viewer.site.settings.site_name
    return (
        f"Your account at {board} has been erased",
        f'The account "{name}" at {board} has been erased, as was asked for there by somebody'
        " who was signed in and gave its password or key. This cannot be taken back.\n",
    )

"""What is told after the commit. Each may be run twice and tells nothing twice."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from paceline.accounts.models import Member
from paceline.forum.models import Like, MemberTag, Post, State, Thread
from paceline.jobs.queue import task
from paceline.notifications import contact
from paceline.notifications.alerts import News, add_alert, gather_alert
from paceline.notifications.audience import audience_of_post, who_may_hear
from paceline.notifications.letters import send_letter
from paceline.notifications.models import Alert

Kind = Alert.Kind


@task("tell_of_post")
def tell_of_post(post_id: int) -> None:
    """Watchers, the members named and those quoted hear of a post, each once and as one thing."""
    post = _visible_post(post_id)
    if post is None:
        return
    for member_id, kind in audience_of_post(post, post.thread).items():
        if kind == Kind.REPLY:
            _tell_of_reply(member_id, post)
        else:
            news = News(kind, post.thread_id, post.pk, post.author_name, post.posted_at)
            add_alert(member_id, news, known=Q(post_id=post.pk))


@task("tell_of_mentions")
def tell_of_mentions(post_id: int, member_ids: list[int]) -> None:
    """Members whom an edit named hear of it, though they may have read the post before."""
    post = _visible_post(post_id)
    if post is None:
        return
    named = post.mentions.filter(member_id__in=member_ids).values_list("member_id", flat=True)
    at = post.edited_at or post.posted_at
    news = News(Kind.MENTION, post.thread_id, post.pk, post.author_name, at)
    for member_id in who_may_hear(named, post.thread.board_id, post.author_id):
        add_alert(member_id, news, known=Q(post_id=post.pk))


@task("tell_of_like")
def tell_of_like(post_id: int, member_id: int) -> None:
    """A post's author hears that it is liked, unless the like was taken back meanwhile."""
    post = _visible_post(post_id)
    like = (
        Like.objects.filter(post_id=post_id, member_id=member_id).select_related("member").first()
    )
    if post is None or like is None or post.author_id is None:
        return
    likes = Like.objects.filter(post_id=post_id).exclude(member_id=post.author_id)

    def news_since(_unread: Alert | None, read: Alert | None) -> News:
        newer = likes.filter(liked_at__gt=read.at) if read else likes
        return News(
            Kind.LIKE, post.thread_id, post_id, like.member.name, like.liked_at, newer.count()
        )

    for author_id in who_may_hear([post.author_id], post.thread.board_id, member_id):
        gather_alert(author_id, Kind.LIKE, Q(post_id=post_id), news_since)


@task("tell_of_tag")
def tell_of_tag(thread_id: int, member_id: int) -> None:
    """A member hears that somebody tagged them in a thread, unless it was taken back meanwhile."""
    tags = MemberTag.objects.filter(thread_id=thread_id, member_id=member_id)
    tag = tags.filter(thread__state=State.VISIBLE).select_related("thread", "tagged_by").first()
    if tag is None:
        return
    by = tag.tagged_by.name if tag.tagged_by else ""
    news = News(Kind.TAG, thread_id, None, by, tag.tagged_at)
    for hearer_id in who_may_hear([member_id], tag.thread.board_id, tag.tagged_by_id):
        add_alert(hearer_id, news, known=Q(thread_id=thread_id, at__gte=tag.tagged_at))


@task("tell_of_staff")
def tell_of_staff(member_id: int, text: str, thread_id: int | None, at: str) -> None:
    """A member hears a word from the staff, whether banned or not."""
    if not Member.objects.filter(id=member_id, is_active=True).exists():
        return
    if thread_id is not None and not Thread.objects.filter(id=thread_id).exists():
        thread_id = None
    moment = datetime.fromisoformat(at)
    news = News(Kind.STAFF, thread_id, None, "", moment, text=text)
    add_alert(member_id, news, known=Q(at=moment, text=text))


@task("mail_alert")
def mail_alert(alert_id: int) -> None:
    """The letter that says what an alert says, unless it has been read meanwhile."""
    alert = Alert.objects.filter(id=alert_id, read_at__isnull=True)
    found = alert.select_related("member", "thread", "post__thread__board").first()
    if found is not None:
        send_letter(found)


@task("mail_contact")
def mail_contact(**letter: Any) -> None:
    """A letter from the contact form to the people who run the board."""
    contact.mail_contact(**letter)


def _visible_post(post_id: int) -> Post | None:
    visible = Post.objects.filter(state=State.VISIBLE, thread__state=State.VISIBLE)
    return visible.filter(id=post_id).select_related("thread").first()


def _tell_of_reply(member_id: int, post: Post) -> None:
    """Replies gather from the first that was not read; the row leads there."""

    def news_since(unread: Alert | None, _read: Alert | None) -> News:
        first = post
        if unread is not None and unread.post is not None and unread.post.number < post.number:
            first = unread.post
        others = Post.objects.filter(
            thread_id=post.thread_id, number__gte=first.number, state=State.VISIBLE
        ).exclude(author_id=member_id)
        # Posts that name or quote the member are told by alerts of their own.
        heard = (
            others.exclude(author__ignored_by__member_id=member_id)
            .exclude(mentions__member_id=member_id)
            .exclude(quotes__member_id=member_id)
        )
        last = heard.order_by("-number").first() or post
        return News(
            Kind.REPLY,
            post.thread_id,
            first.pk,
            last.author_name,
            last.posted_at,
            heard.count(),
        )

    gather_alert(member_id, Kind.REPLY, Q(thread_id=post.thread_id), news_since)

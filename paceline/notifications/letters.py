"""Letters: an alert as plain text by mail, with a link that ends all such letters at once."""

from email.utils import formataddr, parseaddr

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.urls import reverse

from paceline.accounts.models import Member
from paceline.accounts.viewer import load_viewer
from paceline.conf.site import load_site
from paceline.forum.models import Post, Thread
from paceline.forum.rendering import words_of
from paceline.lib.texts import clean_line
from paceline.markup.render import plain_excerpt
from paceline.notifications.models import Alert
from paceline.permissions.posts import visible_posts
from paceline.permissions.threads import visible_threads

_SALT = "paceline.letters"
LONGEST_EXCERPT = 600


def send_letter(alert: Alert) -> bool:
    """Send an alert to the member's confirmed address; False where there is nothing to send.

    `member`, `thread`, and `post` with its board must be loaded. Raises what the mail server's
    refusal raises.
    """
    address = verified_address(alert.member_id)
    if not address or not alert.member.mails_alerts or not _may_still_read(alert):
        return False
    site = load_site()
    off = site_address(reverse("stop_letters", args=[stop_token(alert.member_id)]))
    text = f"""{_sentence(alert)}

{_excerpt(alert)}{_link(alert)}

--
{site.settings.site_name} writes to you because you have an account there, {alert.member.name}.
To get no more letters of this kind: {off}
"""
    name, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    letter = EmailMessage(
        subject=clean_line(f"{_subject(alert)} - {site.settings.site_name}"),
        body=text,
        from_email=formataddr((clean_line(name or site.settings.site_name), sender)),
        to=[address],
        headers=_headers(alert, off),
    )
    letter.send()
    return True


def verified_address(member_id: int) -> str:
    """The main address of a member, where it has been confirmed; else nothing. One query."""
    addresses = EmailAddress.objects.filter(user_id=member_id, primary=True, verified=True)
    return addresses.values_list("email", flat=True).first() or ""


def site_address(path: str) -> str:
    """The whole address of a path; the path alone where the board does not know its address."""
    return f"{settings.SITE_URL}{path}"


def stop_token(member_id: int) -> str:
    """What only the letter's reader knows, so that they need not sign in to end the letters."""
    return signing.dumps(member_id, salt=_SALT)


def stop_letters(token: str) -> bool:
    """Send no more letters to the member of that token; False where it is none. One query."""
    member_id = _member_of(token)
    return member_id is not None and bool(
        Member.objects.filter(id=member_id).update(mails_alerts=False)
    )


def is_stop_token(token: str) -> bool:
    """Whether a letter of ours carried it."""
    return _member_of(token) is not None


def _member_of(token: str) -> int | None:
    try:
        member_id = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return member_id if isinstance(member_id, int) else None


def _headers(alert: Alert, off: str) -> dict[str, str]:
    """RFC 3834 for mail that nobody wrote; RFC 8058 for ending it with one click; one thread's
    letters refer to one id, so that mail programs keep them together."""
    headers = {"Auto-Submitted": "auto-generated"}
    if settings.SITE_URL:
        headers["List-Unsubscribe"] = f"<{off}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        host = settings.SITE_URL.partition("//")[2].partition("/")[0].partition(":")[0]
        if alert.thread_id:
            headers["References"] = f"<thread-{alert.thread_id}@{host}>"
    return headers


def _may_still_read(alert: Alert) -> bool:
    viewer = load_viewer(load_site(), alert.member)
    if alert.post_id is not None:
        return Post.objects.filter(visible_posts(viewer), id=alert.post_id).exists()
    if alert.thread_id is not None:
        return Thread.objects.filter(visible_threads(viewer), id=alert.thread_id).exists()
    return True


def _subject(alert: Alert) -> str:
    if alert.kind == Alert.Kind.STAFF:
        return "A word from the staff"
    return alert.thread.title if alert.thread else "News"


def _sentence(alert: Alert) -> str:
    who = alert.actor_name or "Somebody"
    title = alert.thread.title if alert.thread else ""
    return {
        Alert.Kind.REPLY: f"{who} replied in “{title}”, which you watch.",
        Alert.Kind.THREAD: f"{who} started “{title}” on a board that you watch.",
        Alert.Kind.MENTION: f"{who} named you in “{title}”.",
        Alert.Kind.QUOTE: f"{who} quoted you in “{title}”.",
        Alert.Kind.LIKE: f"{who} likes your post in “{title}”.",
        Alert.Kind.TAG: f"{who} tagged you in “{title}”.",
        Alert.Kind.STAFF: alert.text,
    }[Alert.Kind(alert.kind)]


def _excerpt(alert: Alert) -> str:
    """What somebody else wrote, with an empty line after it; nothing where it is about a like."""
    if alert.post is None or alert.kind == Alert.Kind.LIKE:
        return ""
    text = words_of(alert.post.thread.board, alert.post.source, alert.post.language)
    return f"{plain_excerpt(text, LONGEST_EXCERPT)}\n\n" if text else ""


def _link(alert: Alert) -> str:
    if alert.post_id is not None:
        return site_address(reverse("post", args=(alert.post_id,)))
    if alert.thread is not None:
        return site_address(reverse("thread", args=(alert.thread_id, alert.thread.slug)))
    return site_address(reverse("alerts"))

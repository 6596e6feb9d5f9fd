"""Fills an empty board with the demonstration, through the same verbs that members use."""

import re
from datetime import datetime, timedelta
from io import BytesIO

from django.db import transaction
from django.utils import timezone

from paceline.accounts.models import Member, ProfileField
from paceline.accounts.profile import signature_options
from paceline.accounts.viewer import Viewer, load_viewer
from paceline.administration.counting import follow_rights
from paceline.conf.site import change_settings, load_site, notices_changed, rights_changed
from paceline.demo import content
from paceline.demo.content import Rider, Talk
from paceline.demo.files import FILES
from paceline.forum.models import Board, Notice, Post, Prefix, Thread
from paceline.forum.rendering import staff_options
from paceline.lib.texts import slugify
from paceline.markup.render import RENDERER_VERSION, quote_source, render
from paceline.permissions.models import BoardModerator
from paceline.posting.attach import attach_file
from paceline.posting.like import like_post
from paceline.posting.reply import post_reply
from paceline.posting.start_thread import start_thread
from paceline.posting.tag import tag_member

_QUOTE = re.compile(r"\{quote:(\d+)\}")
_FILE = re.compile(r"\{file:([\w.-]+)\}")


def is_empty() -> bool:
    """Whether the board has neither a board nor a post. One query."""
    return not Board.objects.exists()


def load_demo(now: datetime | None = None) -> int:
    """Make boards, members and threads; answers how many posts were made.

    All in one transaction: a start that is interrupted leaves nothing behind.
    """
    moment = now or timezone.now()
    with transaction.atomic():
        boards = _boards()
        follow_rights()
        riders = {rider.name: _rider(rider, moment) for rider in content.RIDERS}
        BoardModerator.objects.create(
            board=boards["Body and training"], member=riders["Marit Holm"]
        )
        BoardModerator.objects.create(board=boards["About this board"], member=riders["Marit Holm"])
        Notice.objects.create(
            title=content.NOTICE_TITLE,
            source=content.NOTICE,
            html=render(content.NOTICE, staff_options()).html,
            renderer=RENDERER_VERSION,
        )
        rights_changed()
        notices_changed()
        site_name = load_site().settings.site_name
        if site_name == "Paceline":
            change_settings(
                {
                    "site_name": "Paceline demo",
                    "site_description": "Riders who say what they tried, and what came of it.",
                }
            )
        for talk in sorted(content.TALKS, key=lambda each: -each.days):
            _talk(talk, boards, riders, moment)
        _long_talk(boards, riders, moment)
        Member.objects.filter(id__in=[member.pk for member in riders.values()]).update(
            all_read_at=moment
        )
    return Post.objects.count()


def _boards() -> dict[str, Board]:
    headings = {
        name: Board.objects.create(
            name=name, slug=slugify(name), takes_threads=False, position=10 * n
        )
        for n, name in enumerate(content.HEADINGS)
    }
    boards = {}
    for n, (name, heading, description, prefixes) in enumerate(content.BOARDS):
        boards[name] = Board.objects.create(
            parent=headings[heading],
            name=name,
            slug=slugify(name),
            description=description,
            position=10 * n,
        )
        for position, label in enumerate(prefixes):
            Prefix.objects.create(board=boards[name], label=label, position=position)
    ProfileField.objects.get_or_create(
        key="bikes",
        defaults={"label": "Bikes", "help_text": "What you ride.", "longest": 200},
    )
    return boards


def _rider(rider: Rider, now: datetime) -> Member:
    # Nobody can sign in as one of them: no password is set, no mail is known.
    member = Member(
        name=rider.name,
        joined_at=now - timedelta(days=365 * rider.years),
        location=rider.location,
        custom_title=rider.title,
        fields={"bikes": rider.bikes} if rider.bikes else {},
        signature_source=rider.signature,
        signature_html=render(rider.signature, signature_options()).html if rider.signature else "",
        signature_renderer=RENDERER_VERSION,
        mails_alerts=False,
        # What they wrote before they came here, as an import carries it along.
        post_count=rider.posts,
        carried={"post_count": rider.posts},
    )
    member.set_unusable_password()
    member.save()
    return member


def _talk(talk: Talk, boards: dict[str, Board], riders: dict[str, Member], now: datetime) -> None:
    began = now - timedelta(days=talk.days)
    prefix = Prefix.objects.filter(board=boards[talk.board], label=talk.prefix).first()
    posts: list[Post] = []
    for n, (name, text) in enumerate(talk.posts):
        at = began + timedelta(hours=5 * n, minutes=37 * n % 60)
        viewer = _viewer(riders[name])
        source = _QUOTE.sub(lambda found: _quoted(posts[int(found[1]) - 1]), text)
        board_id = boards[talk.board].pk
        source = _with_files(viewer, board_id, source)
        below = [_sent(viewer, board_id, file) for number, file in talk.files if number == n + 1]
        if n == 0:
            posts.append(
                start_thread(
                    viewer,
                    board_id,
                    talk.title,
                    source,
                    prefix_id=prefix.pk if prefix else None,
                    attachments=below,
                    at=at,
                )
            )
        else:
            thread_id = posts[0].thread_id
            posts.append(post_reply(viewer, thread_id, source, attachments=below, at=min(at, now)))
    for number, name in talk.likes:
        like_post(_viewer(riders[name]), posts[number - 1].pk)
    for name in talk.tags:
        tag_member(_viewer(riders["Marit Holm"]), posts[0].thread_id, name)
    Thread.objects.filter(id=posts[0].thread_id).update(
        is_pinned=talk.is_pinned, is_locked=talk.is_locked, view_count=17 * len(posts) + 23
    )


def _long_talk(boards: dict[str, Board], riders: dict[str, Member], now: datetime) -> None:
    names = [rider.name for rider in content.RIDERS if rider.years >= 1]
    lines = tuple(
        (
            names[n % len(names)],
            f"Ride {n + 1}: {18 + n * 7 % 60} km, {('dry', 'windy', 'wet', 'cold')[n % 4]},"
            f" {('alone', 'in company', 'with a headwind both ways')[n % 3]}.",
        )
        for n in range(content.LONG_COUNT)
    )
    long_talk = content.LONG_TALK
    _talk(Talk(long_talk.board, long_talk.title, long_talk.days, lines), boards, riders, now)


def _with_files(viewer: Viewer, board_id: int, text: str) -> str:
    """The text with the code of each file that it shows."""

    def code(found: re.Match[str]) -> str:
        return f"[attach]{_sent(viewer, board_id, found[1])}[/attach]"

    return _FILE.sub(code, text)


def _sent(viewer: Viewer, board_id: int, name: str) -> int:
    """A file of files.py, sent by the viewer as for a thread on the board; its id."""
    content = FILES[name]()
    return attach_file(viewer, f"thread:{board_id}", name, BytesIO(content), len(content)).id


def _viewer(member: Member) -> Viewer:
    return load_viewer(load_site(), member)


def _quoted(post: Post) -> str:
    return quote_source(post.author_name, post.pk, post.source)

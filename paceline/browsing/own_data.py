"""Everything that the board keeps of a member, for that member to take along: a zip archive."""

import json
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from io import RawIOBase
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import QuerySet

from paceline.accounts.models import Ban, Ignore, Member, MemberGroup
from paceline.accounts.viewer import Viewer
from paceline.forum.facts import MEMBER_COUNTERS
from paceline.forum.models import Draft, Like, MemberTag, Post, Report, Revision, State, Thread
from paceline.lib.errors import NotFound, SignInFirst
from paceline.media import store
from paceline.media.avatars import read_avatar
from paceline.media.models import Attachment
from paceline.notifications.models import Alert
from paceline.permissions.table import load_table
from paceline.permissions.threads import visible_threads
from paceline.unread.models import Watch

_BATCH = 500
_README = """\
This is what the board keeps of you, taken on {day}.

account.json   your account, settings and counters, where you are signed in, what you watch,
               whom you ignore, what you liked
posts.json     every post you wrote, with its source and where it stands
revisions.json what your posts said before they were edited
drafts.json    what you have begun to write
attachments.json  the files that you sent, with the posts that they hang to
files/         these files themselves, each with its number before its name
posts.txt      your posts once more, to be read by people
avatar.webp    your picture, where you have one

Moments are in UTC. Where a post stands on a board that you may no longer read, its words are
here and the names of thread and board are left out.
"""


class _Pipe(RawIOBase):
    """A file to write to, whose content is fetched piece by piece."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._pieces.append(bytes(data))
        return len(data)

    def fetch(self) -> bytes:
        content = b"".join(self._pieces)
        self._pieces.clear()
        return content


def export_own_data(viewer: Viewer) -> Iterator[bytes]:
    """The archive of everything of the member's, in pieces; never in memory as a whole.

    Raises SignInFirst at once, before the first piece. About fifteen queries, and one or two for
    each five hundred posts or attachments.
    """
    if viewer.member is None:
        raise SignInFirst("Sign in first, then you can take your data along.")
    return _archive(viewer, viewer.member)


def _archive(viewer: Viewer, member: Member) -> Iterator[bytes]:
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", _README.format(day=viewer.now.date()))
        archive.writestr("account.json", _json(_account(viewer, member)))
        yield pipe.fetch()
        for name, rows in (
            ("posts.json", _posts(viewer)),
            ("revisions.json", _revisions(viewer)),
            ("drafts.json", _drafts(viewer)),
            ("attachments.json", _attachments(viewer)),
        ):
            with archive.open(name, "w", force_zip64=True) as file:
                file.write(b"[")
                for number, row in enumerate(rows):
                    file.write(b",\n" if number else b"\n")
                    file.write(_json(row).encode())
                    yield pipe.fetch()
                file.write(b"\n]\n")
        with archive.open("posts.txt", "w", force_zip64=True) as file:
            for row in _posts(viewer):
                head = f"{row['posted_at']}  {row['thread_title']} #{row['number']}"
                file.write(f"{head}\n\n{row['source']}\n\n{'-' * 70}\n\n".encode())
                yield pipe.fetch()
        for row in _attachments(viewer):
            yield from _put_file(archive, pipe, row)
        if member.avatar:
            # A picture whose file was lost has nothing to be taken along.
            with suppress(NotFound):
                archive.writestr("avatar.webp", read_avatar(member.avatar, is_large=True))
    yield pipe.fetch()


def _put_file(archive: zipfile.ZipFile, pipe: _Pipe, row: dict[str, Any]) -> Iterator[bytes]:
    """A file as it is, block by block: most kinds are compressed in themselves. One that was
    lost is left out; its line stands in attachments.json."""
    with suppress(FileNotFoundError):
        blocks = store.read(row["file__key"])
        with archive.open(f"files/{row['id']}-{row['name']}", "w", force_zip64=True) as file:
            for block in blocks:
                file.write(block)
                yield pipe.fetch()


def _json(value: Any) -> str:
    def plain(other: Any) -> str:
        return other.isoformat() if isinstance(other, datetime) else str(other)

    return json.dumps(value, ensure_ascii=False, indent=1, default=plain)


def _account(viewer: Viewer, member: Member) -> dict[str, Any]:
    pk = member.pk
    columns = (
        *("id", "name", "email", "joined_at", "last_login", "last_seen_at", "location"),
        *("custom_title", "fields", "signature_source", "time_zone", "date_format", "theme"),
        "post_language",
        *("shows_signatures", "shows_avatars", "shows_online", "watches_own_threads"),
        *("mails_alerts", "all_read_at", "carried", *MEMBER_COUNTERS),
    )
    threads = Thread.objects.filter(visible_threads(viewer), author_id=pk).order_by("id")
    return {
        **Member.objects.filter(id=pk).values(*columns).get(),
        "addresses": _rows(EmailAddress.objects.filter(user_id=pk), "email", "verified", "primary"),
        "second_steps": _rows(
            Authenticator.objects.filter(user_id=pk), "type", "created_at", "last_used_at"
        ),
        "sessions": _rows(
            UserSession.objects.filter(user_id=pk), "user_agent", "created_at", "last_seen_at"
        ),
        "groups": [row["group__name"] for row in _rows(_groups(pk), "group__name")],
        "bans": _rows(
            Ban.objects.filter(member_id=pk), "reason", "banned_at", "until", "lifted_at"
        ),
        "ignored": [row["ignored__name"] for row in _rows(_ignores(pk), "ignored__name")],
        "watched_threads": _rows(
            Watch.objects.filter(member_id=pk, thread__isnull=False), "thread_id", "since"
        ),
        "watched_boards": _rows(
            Watch.objects.filter(member_id=pk, board__isnull=False), "board_id", "since"
        ),
        "threads": _rows(threads, "id", "title", "started_at"),
        "likes": _rows(Like.objects.filter(member_id=pk), "post_id", "liked_at"),
        "tagged_in": _rows(MemberTag.objects.filter(member_id=pk), "thread_id", "tagged_at"),
        "reports": _rows(
            Report.objects.filter(reporter_id=pk), "post_id", "reason", "reported_at", "outcome"
        ),
        "alerts": _rows(Alert.objects.filter(member_id=pk), "kind", "text", "at", "read_at"),
    }


def _groups(member_id: int) -> QuerySet[MemberGroup]:
    return MemberGroup.objects.filter(member_id=member_id)


def _ignores(member_id: int) -> QuerySet[Ignore]:
    return Ignore.objects.filter(member_id=member_id)


def _rows(query: QuerySet[Any], *columns: str) -> list[dict[str, Any]]:
    return list(query.order_by("id").values(*columns))


def _posts(viewer: Viewer) -> Iterator[dict[str, Any]]:
    """Their own words always; where they stand, only as far as the member may see it."""
    boards = load_table(viewer).boards
    columns = ("id", "thread_id", "number", "title", "source", "posted_at", "edited_at", "state")
    own = Post.objects.filter(author_id=viewer.member_id)
    for batch in _batches(own, *columns):
        ids = {row["thread_id"] for row in batch}
        seen = {
            thread_id: (title, boards[board_id].name)
            for thread_id, title, board_id in Thread.objects.filter(
                visible_threads(viewer), id__in=ids
            ).values_list("id", "title", "board_id")
        }
        for row in batch:
            row["state"] = State(row["state"]).label
            row["thread_title"], row["board"] = seen.get(row["thread_id"], ("", ""))
            yield row


def _revisions(viewer: Viewer) -> Iterator[dict[str, Any]]:
    own = Revision.objects.filter(post__author_id=viewer.member_id)
    for batch in _batches(own, "id", "post_id", "number", "source", "written_at", "reason"):
        yield from batch


def _drafts(viewer: Viewer) -> Iterator[dict[str, Any]]:
    own = Draft.objects.filter(member_id=viewer.member_id)
    for batch in _batches(own, "id", "place", "title", "source", "saved_at"):
        yield from batch


def _attachments(viewer: Viewer) -> Iterator[dict[str, Any]]:
    own = Attachment.objects.filter(uploader_id=viewer.member_id)
    columns = ("id", "name", "post_id", "created_at", "file__size", "file__sha256", "file__key")
    for batch in _batches(own, *columns):
        yield from batch


def _batches(query: QuerySet[Any], *columns: str) -> Iterator[list[dict[str, Any]]]:
    """The rows by id, so many at a time, each with a query of its own."""
    after = 0
    while True:
        batch = list(query.filter(id__gt=after).order_by("id").values(*columns)[:_BATCH])
        if not batch:
            return
        yield batch
        after = batch[-1]["id"]

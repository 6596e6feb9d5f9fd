"""The files that a member sent, and how much room is left for more."""

from dataclasses import dataclass
from datetime import datetime

from paceline.accounts.viewer import Viewer
from paceline.browsing.stretches import stretch_of
from paceline.forum.models import Post
from paceline.lib.errors import SignInFirst
from paceline.media.attachments import AttachmentRow, attachment_row, quota_bytes, used_bytes
from paceline.media.models import Attachment
from paceline.permissions.posts import visible_posts

FILES_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file, and the post that it hangs to: 0 where it hangs to none, or where the member may
    not see the post any more."""

    file: AttachmentRow
    sent_at: datetime
    post_id: int
    number: int
    thread_title: str


@dataclass(frozen=True, slots=True)
class OwnFiles:
    """A stretch of them, the latest first. `quota` in bytes, None: without end."""

    files: tuple[OwnFile, ...]
    older: str
    used: int
    quota: int | None


def load_own_files(viewer: Viewer, after: str = "") -> OwnFiles:
    """What the viewer sent. Four queries. Raises SignInFirst, or NotFound for no such stretch."""
    if viewer.member is None:
        raise SignInFirst("Sign in first; then you see your files.")
    rows = Attachment.objects.filter(uploader_id=viewer.member_id).select_related("file")
    found = stretch_of(rows, "created_at", FILES_A_PAGE, after)
    wanted = {row.post_id for row in found.rows if row.post_id}
    posts = {
        post.pk: post
        for post in Post.objects.filter(visible_posts(viewer), id__in=wanted)
        .select_related("thread")
        .only("number", "thread__title")
    }
    files = []
    for row in found.rows:
        post = posts.get(row.post_id or 0)
        files.append(
            OwnFile(
                file=attachment_row(row),
                sent_at=row.created_at,
                post_id=post.pk if post else 0,
                number=post.number if post else 0,
                thread_title=post.thread.title if post else "",
            )
        )
    return OwnFiles(tuple(files), found.further, used_bytes(viewer.member_id), quota_bytes(viewer))

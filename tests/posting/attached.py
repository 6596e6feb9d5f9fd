"""Attachments as tests hang them to posts."""

from io import BytesIO
from typing import Any

from paceline.accounts.viewer import Viewer
from paceline.forum.models import Post
from paceline.media.attachments import AttachmentRow, hang_to
from paceline.posting.attach import attach_file


def send(
    viewer: Viewer, place: str, data: bytes = b"Some words.\n", name: str = "words.txt"
) -> AttachmentRow:
    """A file sent at a place and not posted yet."""
    return attach_file(viewer, place, name, BytesIO(data), len(data))


def hang(world: Any, post: Post, data: bytes, name: str = "words.txt") -> AttachmentRow:
    """A file of the post's author that hangs to it."""
    assert post.author is not None
    viewer = world.viewer(post.author)
    row = send(viewer, f"thread:{post.thread.board_id}", data, name)
    hang_to(viewer, post, [row.id], [], most=100)
    return row

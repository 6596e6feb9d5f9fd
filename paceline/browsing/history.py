"""The history of a post: every text that it had, as what was changed from one to the next."""

from dataclasses import dataclass
from datetime import datetime

from paceline.accounts.viewer import Viewer
from paceline.browsing.paths import PlaceOfPost, place_of
from paceline.forum.models import Post, Revision
from paceline.lib.differences import Piece, differences
from paceline.lib.errors import NotFound
from paceline.permissions.boards import can
from paceline.permissions.posts import visible_posts
from paceline.permissions.rights import Right

# Each is compared with the one before it; a page of so many is made in well under a second.
VERSIONS_PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Version:
    """One text of a post. `number` 0 is the text as first posted.

    `pieces` tell it from the one before; those of the first, and of one whose predecessor the
    viewer may not read, are the whole text. There are none where `is_withheld`: a moderator has
    hidden it from all but moderators. `title` is given where it was changed or is the first.
    """

    number: int
    written_at: datetime
    written_by_name: str
    reason: str
    title: str
    pieces: tuple[Piece, ...]
    is_first: bool
    is_current: bool
    is_hidden: bool
    is_withheld: bool
    follows_withheld: bool


@dataclass(frozen=True, slots=True)
class History:
    """The versions of a post, newest first; `older` is where the next page begins, or None."""

    place: PlaceOfPost
    author_name: str
    revision_count: int
    versions: tuple[Version, ...]
    older: int | None


def load_history(viewer: Viewer, post_id: int, *, upto: int | None = None) -> History:
    """The history of a post that the viewer can see, from version `upto` back. Two queries.

    Raises NotFound; also where the post was never edited here.
    """
    posts = Post.objects.filter(visible_posts(viewer), id=post_id)
    post = posts.select_related("thread").first()
    if post is None:
        raise NotFound("There is no such post.")
    if not post.revision_count:
        raise NotFound("This post has only the one version that you see.")
    newest = post.revision_count if upto is None else upto
    rows = list(
        Revision.objects.filter(post=post, number__lte=newest).order_by("-number")[
            : VERSIONS_PER_PAGE + 1
        ]
    )
    reads_hidden = can(viewer, post.thread.board_id, Right.MODERATE)
    shown = rows[:VERSIONS_PER_PAGE]
    predecessors: list[Revision | None] = [*rows[1:], None]
    return History(
        place=place_of(viewer, post),
        author_name=post.author_name,
        revision_count=post.revision_count,
        versions=tuple(
            _version(post, row, before, reads_hidden=reads_hidden)
            for row, before in zip(shown, predecessors, strict=False)
        ),
        older=rows[-1].number if len(rows) > VERSIONS_PER_PAGE else None,
    )


def _version(post: Post, row: Revision, before: Revision | None, *, reads_hidden: bool) -> Version:
    is_withheld = row.is_hidden and not reads_hidden
    follows_withheld = before is not None and before.is_hidden and not reads_hidden
    if is_withheld:
        pieces: tuple[Piece, ...] = ()
    elif before is None or follows_withheld:
        pieces = (Piece("same", row.source),)
    else:
        pieces = differences(before.source, row.source)
    is_retitled = before is None or follows_withheld or row.title != before.title
    return Version(
        number=row.number,
        written_at=row.written_at,
        written_by_name=row.written_by_name,
        reason="" if is_withheld else row.reason,
        title=row.title if is_retitled and not is_withheld else "",
        pieces=pieces,
        is_first=row.number == 0,
        is_current=row.number == post.revision_count,
        is_hidden=row.is_hidden,
        is_withheld=is_withheld,
        follows_withheld=follows_withheld,
    )

"""What stands around a form to write in: the thread replied to, the board, the post edited."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from paceline.accounts.viewer import Viewer
from paceline.browsing.paths import PlaceOfPost, PlaceOfThread, place_of, place_of_thread
from paceline.forum.models import Post, Prefix, State, Thread
from paceline.lib.errors import NotAllowed, NotFound
from paceline.permissions.boards import can, check_start, find_board
from paceline.permissions.posts import check_edit, posts_at_once, shown_posts, visible_posts
from paceline.permissions.rights import Right
from paceline.permissions.table import BoardInfo, load_table
from paceline.permissions.threads import check_reply, visible_threads

# Shown beneath the form, newest first.
LATEST_POSTS = 5


@dataclass(frozen=True, slots=True)
class LatestPost:
    """A post as somebody who replies wants to see it."""

    id: int
    number: int
    author_name: str
    posted_at: datetime
    html: str


@dataclass(frozen=True, slots=True)
class ReplyPage:
    """The thread that is replied to.

    `new_count` of others' posts came since the form was opened, at most a hundred, the first of
    them with number `first_new`; both are 0 where there are none.
    `cannot_because` says why no reply is taken, empty where one is.
    """

    thread: PlaceOfThread
    last_number: int
    latest: tuple[LatestPost, ...]
    new_count: int
    first_new: int
    cannot_because: str


def load_reply_page(viewer: Viewer, thread_id: int, *, seen: int | None = None) -> ReplyPage:
    """The thread, as the form to reply shows it. Two queries, three with `seen`.

    Raises NotFound.
    """
    thread = Thread.objects.filter(visible_threads(viewer), id=thread_id).first()
    if thread is None:
        raise NotFound("There is no such thread.")
    posts = Post.objects.filter(shown_posts(viewer), thread_id=thread_id, state=State.VISIBLE)
    latest = posts.order_by("-number")[:LATEST_POSTS]
    new = [] if seen is None else find_new(viewer, thread_id, seen)
    return ReplyPage(
        thread=place_of_thread(viewer, thread),
        last_number=thread.last_number,
        latest=tuple(
            LatestPost(row.pk, row.number, row.author_name, row.posted_at, row.html)
            for row in latest
        ),
        new_count=len(new),
        first_new=new[0] if new else 0,
        cannot_because=_why_no_reply(viewer, thread),
    )


@dataclass(frozen=True, slots=True)
class NewPosts:
    """What others have posted in a thread: how many, at most a hundred, and the first's number,
    0 where there is none."""

    thread: PlaceOfThread
    count: int
    first: int


def load_new_posts(viewer: Viewer, thread_id: int, seen: int) -> NewPosts:
    """What others have posted since the post of number `seen`. Two queries. Raises NotFound."""
    thread = Thread.objects.filter(visible_threads(viewer), id=thread_id).first()
    if thread is None:
        raise NotFound("There is no such thread.")
    new = find_new(viewer, thread_id, seen)
    return NewPosts(place_of_thread(viewer, thread), len(new), new[0] if new else 0)


def find_new(viewer: Viewer, thread_id: int, seen: int) -> Sequence[int]:
    """The numbers above `seen` of others' posts in a thread, at most a hundred. One query."""
    posts = Post.objects.filter(
        visible_posts(viewer), thread_id=thread_id, number__gt=seen, state=State.VISIBLE
    )
    others = posts.exclude(author_id=viewer.member_id) if viewer.member else posts
    return list(others.order_by("number").values_list("number", flat=True)[:100])


def _why_no_reply(viewer: Viewer, thread: Thread) -> str:
    try:
        check_reply(viewer, thread)
    except NotAllowed as refusal:
        return refusal.sentence
    return ""


@dataclass(frozen=True, slots=True)
class PrefixChoice:
    """A prefix that a thread can carry."""

    id: int
    label: str

    @property
    def choice(self) -> tuple[int, str]:
        """Value and words, as a form offers them."""
        return self.id, self.label


@dataclass(frozen=True, slots=True)
class NewThreadPage:
    """The board on which a thread is started."""

    board: BoardInfo
    path: tuple[BoardInfo, ...]
    prefixes: tuple[PrefixChoice, ...]


def load_new_thread_page(viewer: Viewer, board_id: int) -> NewThreadPage:
    """The board, as the form to start a thread shows it. Raises NotFound. One query."""
    board = find_board(viewer, board_id)
    return NewThreadPage(board, tuple(load_table(viewer).path(board_id)), _prefixes(board_id))


def check_new_thread(viewer: Viewer, board_id: int) -> None:
    """Raise unless the viewer may start a thread there: the form is not shown for nothing."""
    check_start(viewer, find_board(viewer, board_id))


@dataclass(frozen=True, slots=True)
class EditPage:
    """The post that is edited. `title`, `prefix_id` and `prefixes` are the thread's, given
    where the post is its opening one. `will_wait` where the edit waits for approval."""

    place: PlaceOfPost
    author_name: str
    is_own: bool
    is_opening: bool
    may_moderate: bool
    source: str
    language: str
    revision_count: int
    edited_at: datetime | None
    title: str
    prefix_id: int
    prefixes: tuple[PrefixChoice, ...]
    will_wait: bool


def load_edit_page(viewer: Viewer, post_id: int) -> EditPage:
    """The post, as the form to edit it shows it. Two queries or three.

    Raises NotFound where it is not there, NotAllowed where the viewer may not edit it.
    """
    posts = Post.objects.filter(visible_posts(viewer), id=post_id)
    post = posts.select_related("thread").first()
    if post is None:
        raise NotFound("There is no such post.")
    check_edit(viewer, post)
    thread = post.thread
    earlier = Post.objects.filter(thread=thread, number__lt=post.number)
    is_opening = post.number == 1 or not earlier.exists()
    return EditPage(
        place=place_of(viewer, post),
        author_name=post.author_name,
        is_own=post.author_id == viewer.member_id,
        is_opening=is_opening,
        may_moderate=can(viewer, thread.board_id, Right.MODERATE),
        source=post.source,
        language=post.language,
        revision_count=post.revision_count,
        edited_at=post.edited_at,
        title=thread.title if is_opening else "",
        prefix_id=(thread.prefix_id or 0) if is_opening else 0,
        prefixes=_prefixes(thread.board_id) if is_opening else (),
        will_wait=not posts_at_once(viewer, thread.board_id),
    )


@dataclass(frozen=True, slots=True)
class PostPage:
    """A post that something is about to be done to: reported, deleted, shown again."""

    place: PlaceOfPost
    author_name: str
    posted_at: datetime
    html: str
    state: str
    thread_state: str
    is_own: bool
    is_opening: bool


def load_post_page(
    viewer: Viewer, post_id: int, check: Callable[[Viewer, Post], None] | None = None
) -> PostPage:
    """The post, as a page that asks about it shows it. Raises NotFound. One query or two.

    `check` is the one that the deed itself will make (permissions.posts): nobody is asked
    whether they want to do what they may not.
    """
    posts = Post.objects.filter(visible_posts(viewer), id=post_id)
    post = posts.select_related("thread").first()
    if post is None:
        raise NotFound("There is no such post.")
    if check is not None:
        check(viewer, post)
    earlier = Post.objects.filter(thread_id=post.thread_id, number__lt=post.number)
    return PostPage(
        place=place_of(viewer, post),
        author_name=post.author_name,
        posted_at=post.posted_at,
        html=post.html,
        state=State(post.state).name.lower(),
        thread_state=State(post.thread.state).name.lower(),
        is_own=post.author_id is not None and post.author_id == viewer.member_id,
        is_opening=post.number == 1 or not earlier.exists(),
    )


def _prefixes(board_id: int) -> tuple[PrefixChoice, ...]:
    rows = Prefix.objects.filter(board_id=board_id)
    return tuple(PrefixChoice(row.pk, row.label) for row in rows)

"""The World: Ada moderates, Bo and Cy are members, Mal is banned; Training is the board."""

from collections.abc import Callable
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from paceline.accounts.models import Ban, Group, Member, MemberGroup
from paceline.accounts.viewer import Viewer, load_viewer, visitor
from paceline.administration.counting import follow_rights
from paceline.conf.site import change_settings, load_site, rights_changed
from paceline.forum.models import Board, Post, State, Thread
from paceline.lib.kept import forget_everything
from paceline.media.fetch import Neighbours
from paceline.permissions.models import BoardModerator, GroupRights
from paceline.permissions.rights import Right
from paceline.posting.reply import post_reply
from paceline.posting.start_thread import start_thread

NONE = Right(0)
ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(autouse=True)
def _nothing_kept_from_the_last_test() -> None:
    forget_everything()


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_their_own(tmp_path: Path, settings: Any) -> None:
    settings.GATHERING_SECONDS = 0
    # No name resolves and no port is open, so that no test asks anybody for anything.
    settings.FETCH_NEIGHBOURS = Neighbours()
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "media"), "base_url": "/media/"},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def shared() -> Path:
    """The folder of real inputs that stands beside the project; skips where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared folder here: tests on real inputs are left out")
    return SHARED


class World:
    """A small board with the people that every test knows. Members are rows; `as_*` are viewers."""

    def __init__(self) -> None:
        self.ada = self.member("Ada")
        self.bo = self.member("Bo")
        self.cy = self.member("Cy")
        self.mal = self.member("Mal")
        self.root = self.member("Root")
        self.training = self.board("Training", description="How to ride further.")
        BoardModerator.objects.create(board=self.training, member=self.ada)
        MemberGroup.objects.create(member=self.root, group=self.group("administrators"))
        Ban.objects.create(member=self.mal, reason="Sold watches.")
        rights_changed()
        self._thread: Thread | None = None

    def member(self, name: str, **more: Any) -> Member:
        """A member with the password `open sesame`, hashed cheaply."""
        member = Member(name=name, email=f"{name.lower()}@example.com", **more)
        member.set_password("open sesame")
        member.save()
        return member

    def group(self, role: str) -> Group:
        """The board's own group of a role."""
        return Group.objects.get(role=role)

    def board(self, name: str, parent: Board | None = None, **more: Any) -> Board:
        """A board that everybody may read and members may write to."""
        more.setdefault("slug", name.lower().replace(" ", "-"))
        made = Board.objects.create(name=name, parent=parent, **more)
        rights_changed()
        return made

    def rights(
        self, role: str, board: Board | None, allow: Right = NONE, deny: Right = NONE
    ) -> None:
        """Set what a group is given and denied on a board (None: on the site)."""
        GroupRights.objects.update_or_create(
            group=self.group(role), board=board, defaults={"allow": allow, "deny": deny}
        )
        rights_changed()

    def hidden_board(self, name: str = "Staff room") -> Board:
        """A board that only moderators and administrators know of."""
        made = self.board(name)
        for role in ("guests", "members", "new_members", "banned"):
            self.rights(role, made, deny=Right.SEE | Right.READ)
        follow_rights()
        made.refresh_from_db()
        return made

    def viewer(self, member: Member | None) -> Viewer:
        """The viewer as a request made now would see it."""
        site = load_site()
        if member is None:
            return visitor(site)
        member.refresh_from_db()
        return load_viewer(site, member)

    def set(self, **values: Any) -> None:
        """Change settings of the board."""
        change_settings(values)

    @property
    def thread(self) -> Thread:
        """The thread that tests talk about, started by Bo when first asked for."""
        if self._thread is None:
            self._thread = self.start_thread("Back pain on long rides")
        self._thread.refresh_from_db()
        return self._thread

    def start_thread(
        self,
        title: str = "A thread",
        source: str = "The opening post.",
        *,
        board: Board | None = None,
        author: Member | None = None,
        **columns: Any,
    ) -> Thread:
        """A thread with its opening post, by Bo in Training unless said otherwise."""
        post = start_thread(
            self.viewer(author or self.bo), (board or self.training).pk, title, source
        )
        if columns:
            Thread.objects.filter(id=post.thread_id).update(**columns)
        return Thread.objects.get(id=post.thread_id)

    def posts(
        self, count: int, *, author: Member | None = None, thread: Thread | None = None
    ) -> list[Post]:
        """So many replies, by Cy unless said otherwise."""
        viewer = self.viewer(author or self.cy)
        place = (thread or self.thread).pk
        return [post_reply(viewer, place, f"Reply {n + 1} of {count}.") for n in range(count)]

    def reply(
        self,
        source: str = "A reply.",
        *,
        author: Member | None = None,
        thread: Thread | None = None,
    ) -> Post:
        """One reply, by Cy unless said otherwise."""
        return post_reply(self.viewer(author or self.cy), (thread or self.thread).pk, source)

    def hide(self, post: Post) -> None:
        """The post as a moderator's decision would leave it."""
        from paceline.forum import counters

        post.state = State.HIDDEN
        post.save(update_fields=["state"])
        counters.remove_post(Thread.objects.get(id=post.thread_id), post)


@pytest.fixture
def world(db: None, settings: Any) -> World:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return World()


@pytest.fixture
def ada(world: World) -> Viewer:
    return world.viewer(world.ada)


@pytest.fixture
def bo(world: World) -> Viewer:
    return world.viewer(world.bo)


@pytest.fixture
def cy(world: World) -> Viewer:
    return world.viewer(world.cy)


@pytest.fixture
def mal(world: World) -> Viewer:
    return world.viewer(world.mal)


@pytest.fixture
def root(world: World) -> Viewer:
    return world.viewer(world.root)


@pytest.fixture
def nobody(world: World) -> Viewer:
    """A visitor."""
    return world.viewer(None)


@pytest.fixture
def queries(db: None) -> Callable[..., tuple[int, Any]]:
    """`queries(function, *arguments)` answers (number of queries, what the function returned)."""

    def count(function: Callable[..., Any], *arguments: Any, **named: Any) -> tuple[int, Any]:
        with CaptureQueriesContext(connection) as captured:
            result = function(*arguments, **named)
        return len(captured), result

    return count


@pytest.fixture
def no_queries(db: None) -> Callable[[], AbstractContextManager[None]]:
    """`with no_queries():` fails where the block asks the database anything."""

    @contextmanager
    def closed() -> Any:
        with CaptureQueriesContext(connection) as captured:
            yield
        assert not captured.captured_queries, captured.captured_queries

    return closed


assert settings.configured

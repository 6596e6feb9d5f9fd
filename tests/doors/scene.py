"""What stands behind the doors: one thing that everybody may see, and one that nobody should."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from paceline.accounts.models import Member, ProfileField
from paceline.conf.site import rights_changed
from paceline.forum.models import Board, Notice, OwnCode, OwnSmilie, Post, Report, SitePage
from paceline.jobs.models import Job
from paceline.media.attachments import hang_to
from paceline.permissions.models import BoardModerator
from paceline.posting.attach import attach_file
from tests import samples

ROLES = ("visitor", "new", "member", "author", "elsewhere", "moderator", "administrator", "banned")
SECRET = "xyzzyquux"
# An id that nothing has.
NOTHING = 987_654

# Sent with every POST: it fits most forms, so that what is refused is refused for who asks.
FORM = {
    "source": "Some words that nobody has written before.",
    "title": "Another title",
    "reason": "Because it is so.",
    "name": "Cy",
    "number": "1",
    "member": "1",
    "next": "/",
}


@dataclass(frozen=True, slots=True)
class Door:
    """An address of ours, by its name in the map, and what its parts are called."""

    name: str
    parts: frozenset[str]

    def address(self, places: dict[str, Any]) -> str:
        """The address of something in particular."""
        slug_of = {"thread_id": "thread_slug", "board_id": "board_slug", "member_id": "member_slug"}
        slug = next((slug_of[part] for part in slug_of if part in self.parts), "page_slug")
        known = {**places, "slug": places[slug]}
        return reverse(self.name, kwargs={part: known[part] for part in self.parts})

    @property
    def leads_to_content(self) -> bool:
        """Whether the address names a board, a thread, a post, a report or an attachment."""
        content = {"board_id", "thread_id", "post_id", "report_id", "attachment_id"}
        return bool(self.parts & content)


def all_doors() -> list[Door]:
    """Every address of our own; those of django-allauth are tested with the accounts."""
    doors = []
    for pattern in get_resolver().url_patterns:
        if isinstance(pattern, URLPattern):
            assert pattern.name, f"the address {pattern.pattern} has no name"
            doors.append(Door(pattern.name, frozenset(pattern.pattern.converters)))
        else:
            assert isinstance(pattern, URLResolver)
            assert str(pattern.pattern) == "account/"
    return doors


class Scene:
    """The World with an open thread by Bo, a secret one by Root, and somebody in each role."""

    def __init__(self, world: Any) -> None:
        self.world = world
        other = world.board("Other")
        elsewhere = world.member("Elsewhere")
        BoardModerator.objects.create(board=other, member=elsewhere)
        rights_changed()
        self.people: dict[str, Member | None] = {
            "visitor": None,
            "new": world.member("Newcomer"),
            "member": world.cy,
            "author": world.bo,
            "elsewhere": elsewhere,
            "moderator": world.ada,
            "administrator": world.root,
            "banned": world.mal,
        }
        self._sessions: dict[str, dict[str, str]] = {}
        page = SitePage.objects.get(slug="terms")
        common = {
            "member_id": world.cy.pk,
            "member_slug": "cy",
            "notice_id": Notice.objects.create(title="A notice").pk,
            "field_id": ProfileField.objects.create(key="bikes", label="Bikes").pk,
            "code_id": OwnCode.objects.create(name="wiki", template="{text}").pk,
            "smilie_id": OwnSmilie.objects.create(code=":bike:", emoji="🚲", name="bike").pk,
            "group_id": world.group("members").pk,
            "page_id": page.pk,
            "page_slug": page.slug,
            "job_id": Job.objects.create(name="nothing", failed_at=page.changed_at).pk,
            "page": 1,
            "after": 1,
            "window": 1,
            "token": "nonsense",
            "signature": "nonsense",
            "encoded": "nonsense",
            "name": "nobody.webp",
            "size": "64",
            "old_path": "forums/showthread.php",
        }
        self.open = {**common, **self._places(world.training, world.bo, "Open words")}
        self.secret = {**common, **self._places(world.hidden_board(), world.root, SECRET)}
        self.nothing = {
            **common,
            "board_id": NOTHING,
            "thread_id": NOTHING,
            "post_id": NOTHING,
            "report_id": NOTHING,
            "attachment_id": NOTHING,
            # Nobody who knows no more than the address learns from it whether it leads anywhere.
            "thread_slug": self.secret["thread_slug"],
            "board_slug": self.secret["board_slug"],
        }

    def session_of(self, role: str) -> dict[str, str]:
        """The cookie of somebody in that role, who signed in when first asked for."""
        if role not in self._sessions:
            self._sessions[role] = {}
            if person := self.people[role]:
                browser = Client()
                browser.force_login(person)
                name = settings.SESSION_COOKIE_NAME
                self._sessions[role] = {name: browser.cookies[name].value}
        return self._sessions[role]

    def _places(self, board: Board, author: Member, words: str) -> dict[str, Any]:
        thread = self.world.start_thread(
            f"{words} title", f"{words} text", board=board, author=author
        )
        post = Post.objects.get(thread=thread)
        replying = self.world.cy if board == self.world.training else self.world.root
        self.world.reply(f"{words} reply", author=replying, thread=thread)
        report = Report.objects.create(post=post, reason=f"{words} report")
        writer = self.world.viewer(author)
        picture = samples.picture("WEBP", colour="teal")
        attachment = attach_file(
            writer, f"edit:{post.pk}", "nobody.webp", BytesIO(picture), len(picture)
        )
        hang_to(writer, post, [attachment.id], [], most=10)
        return {
            "board_id": board.pk,
            "thread_id": thread.pk,
            "post_id": post.pk,
            "report_id": report.pk,
            "attachment_id": attachment.id,
            "thread_slug": thread.slug,
            "board_slug": board.slug,
        }

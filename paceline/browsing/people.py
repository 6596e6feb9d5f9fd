"""A member as stands beside a post: finished values, and how they are read with the post."""

from dataclasses import dataclass
from datetime import datetime

from paceline.accounts.fields import profile_fields, shown_fields
from paceline.accounts.models import Member
from paceline.accounts.staff_titles import staff_titles
from paceline.accounts.titles import is_online, title_for
from paceline.accounts.viewer import Viewer
from paceline.forum.facts import MEMBER_COUNTERS
from paceline.lib.texts import slugify

# The columns of an author that a page of posts needs; passwords and the like stay away.
AUTHOR_COLUMNS = (
    "id",
    "name",
    "location",
    "custom_title",
    "fields",
    "signature_html",
    "avatar",
    "joined_at",
    "last_seen_at",
    "shows_online",
    *MEMBER_COUNTERS,
    "erased_at",
)


@dataclass(frozen=True, slots=True)
class Person:
    """Who wrote a post. `id` is 0 for somebody without an account, who has only a name."""

    id: int
    name: str
    slug: str
    title: str
    is_staff: bool
    avatar: str
    location: str
    joined_at: datetime | None
    fields: tuple[tuple[str, str], ...]
    signature_html: str
    is_online: bool
    post_count: int
    thread_count: int
    mentioned_count: int
    tagged_count: int
    quoted_count: int
    likes_given_count: int
    liked_count: int
    liked_post_count: int


def person_of(viewer: Viewer, member: Member | None, name: str) -> Person:
    """The author of a post as the viewer sees them. No query while rights stand."""
    settings = viewer.site.settings
    if member is None:
        return Person(
            0, name, "-", "Guest", False, "", "", None, (), "", False, *(0 for _ in range(8))
        )
    group_title = staff_titles(viewer.site).get(member.pk, "")
    return Person(
        id=member.pk,
        name=member.name,
        slug=slugify(member.name),
        title=title_for(
            custom_title=member.custom_title,
            group_title=group_title,
            post_count=member.post_count,
            settings=settings,
        ),
        is_staff=bool(group_title),
        avatar=member.avatar if viewer.shows_avatars else "",
        location=member.location,
        joined_at=member.joined_at,
        fields=shown_fields(profile_fields(viewer.site), member.fields, beside_posts=True),
        signature_html=member.signature_html if viewer.shows_signatures else "",
        is_online=is_online(member.last_seen_at, member.shows_online, viewer.now, settings),
        post_count=member.post_count,
        thread_count=member.thread_count,
        mentioned_count=member.mentioned_count,
        tagged_count=member.tagged_count,
        quoted_count=member.quoted_count,
        likes_given_count=member.likes_given_count,
        liked_count=member.liked_count,
        liked_post_count=member.liked_post_count,
    )

"""What a saved page says, in plain values: the same for every program and every way of saving.

Nothing is guessed into these values. What the page leaves out is None or empty; what it states
but could not be understood stands in `SavedPage.unread`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from paceline.lib.errors import Invalid


class NotAPage(Invalid):
    """The file is nothing that is read here. `sentence` says why, for a person."""

    def __init__(self, sentence: str) -> None:
        super().__init__("file", sentence)


class Month(NamedTuple):
    """A month of a year, as in `Join Date: Dec 2007`."""

    year: int
    month: int


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the breadcrumb; the first is the site, the last the thread's board."""

    name: str
    url: str = ""
    source_id: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the rules box: `post new threads` and `may not`, or `BB code` and `On`."""

    name: str
    value: str

    @property
    def allows(self) -> bool:
        return self.value in {"may", "On"}


@dataclass(frozen=True, slots=True)
class Unread:
    """Something on the page that could not be read, or only in part.

    `line` counts from 1 in the file as saved, 0 where it has no place; `is_post` says that a
    post, or a part of one that it cannot do without, is missing.
    """

    line: int
    text: str
    why: str
    is_post: bool = False


@dataclass(frozen=True, slots=True)
class SavedField:
    """A line beside a post that is not one of the usual ones, such as `Bikes`."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class SavedAuthor:
    """A post's author as that post shows them. Counters are the board's totals when saved."""

    name: str
    source_id: int | None = None
    is_guest: bool = False
    user_title: str = ""
    join_date_text: str = ""
    joined: Month | None = None
    location: str = ""
    post_count: int | None = None
    fields: tuple[SavedField, ...] = ()
    mentioned_posts: int | None = None
    tagged_threads: int | None = None
    quoted_posts: int | None = None
    likes_given: int | None = None
    liked_times: int | None = None
    liked_posts: int | None = None
    avatar_url: str = ""
    has_avatar: bool = False


@dataclass(frozen=True, slots=True)
class SavedEdit:
    """The note of the last edit. `at` is naive, in the page's zone."""

    by: str
    date_text: str
    at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SavedAttachment:
    """A file listed under a post; the file itself is not in the page."""

    name: str
    url: str = ""
    source_id: int | None = None


class Liker(NamedTuple):
    """Somebody who is named below a post as liking it."""

    name: str
    source_id: int | None = None


@dataclass(frozen=True, slots=True)
class SavedPost:
    """One post. `body_source` and `signature_source` are in our own BB code.

    `title` is the post's own, empty where it only repeats the thread's. `is_online` is None where
    the page does not say. `is_wiki` marks a post that the page shows out of its place, as a
    community's answer above the replies; it then has no `number`. `posted_at` is naive, in the
    page's zone.
    """

    author: SavedAuthor
    source_id: int | None = None
    number: int | None = None
    date_text: str = ""
    posted_at: datetime | None = None
    title: str = ""
    is_thread_starter: bool = False
    body_source: str = ""
    signature_source: str = ""
    edit: SavedEdit | None = None
    attachments: tuple[SavedAttachment, ...] = ()
    is_online: bool | None = None
    like_count: int = 0
    liked_by: tuple[Liker, ...] = ()
    is_wiki: bool = False
    url: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A page of a thread. `posts` stand in the order of the page."""

    source_kind: str
    title: str
    posts: tuple[SavedPost, ...]
    site_name: str = ""
    breadcrumb: tuple[Crumb, ...] = ()
    board_name: str = ""
    board_description: str = ""
    thread_source_id: int | None = None
    url: str = ""
    page_number: int | None = None
    page_count: int | None = None
    is_locked: bool = False
    rules: tuple[Rule, ...] = ()
    footer_links: tuple[str, ...] = ()
    footer_line: str = ""
    zone_note: str = ""
    unread: tuple[Unread, ...] = ()

"""What an import did and what it could not do, for the person who ran it."""

from dataclasses import dataclass, field

from paceline.imports.saved_pages.page import Unread


@dataclass(slots=True)
class ImportReport:
    """One page brought in. Counts are of rows added; `known` of posts that were here already.

    `notes` are what the page left unread and what had no place here; those that are a post make
    the import a failure.
    """

    source: str
    title: str
    source_kind: str
    page_number: int | None = None
    page_count: int | None = None
    thread_id: int = 0
    thread_slug: str = ""
    board_path: tuple[str, ...] = ()
    boards: int = 0
    members: int = 0
    threads: int = 0
    posts: int = 0
    known: int = 0
    likes: int = 0
    fields: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    zone: str = "UTC"
    notes: list[Unread] = field(default_factory=list)

    def note(self, why: str, *, text: str = "", line: int = 0, is_post: bool = False) -> None:
        """Add something that the person should know."""
        self.notes.append(Unread(line, text, why, is_post))

    @property
    def lost_a_post(self) -> bool:
        """Whether a post of the page, or something that it cannot do without, is missing."""
        return any(note.is_post for note in self.notes)

"""In which languages a text may be written where, and with which one a form begins."""

from dataclasses import dataclass

from paceline.accounts.viewer import Viewer
from paceline.lib.errors import Invalid
from paceline.permissions.table import BoardInfo


@dataclass(frozen=True, slots=True)
class Language:
    """A language of posts: `key` is what a post keeps, `name` what people call it."""

    key: str
    name: str


BBCODE = Language("bbcode", "BB code")
MARKDOWN = Language("markdown", "Markdown")
PLAIN = Language("plain", "Plain text")
_ALL = (BBCODE, MARKDOWN, PLAIN)


def language_of(key: str) -> Language:
    """The language of a post. Raises ValueError for a key that is none."""
    for language in _ALL:
        if language.key == key:
            return language
    raise ValueError(f"no such language: {key!r}")


def languages_of(board: BoardInfo) -> tuple[Language, ...]:
    """What a text may be written in on a board, at least one. No query."""
    allowed = ((BBCODE, board.allows_bbcode), (MARKDOWN, board.allows_markdown))
    return tuple(language for language, is_allowed in allowed if is_allowed) or (PLAIN,)


def first_language(viewer: Viewer, board: BoardInfo) -> str:
    """The language that a new form begins with: the member's, else the board's, as far as the
    board allows it. No query."""
    allowed = [language.key for language in languages_of(board)]
    own = viewer.member.post_language if viewer.member else ""
    wanted = (own, viewer.site.settings.post_language)
    return next((key for key in wanted if key in allowed), allowed[0])


def check_language(viewer: Viewer, board: BoardInfo, language: str | None) -> str:
    """The language that was asked for; without one, the first. No query.

    Raises Invalid("language", ...).
    """
    if not language:
        return first_language(viewer, board)
    if language not in {one.key for one in languages_of(board)}:
        raise Invalid("language", "Choose one of the ways of writing that this board offers.")
    return language

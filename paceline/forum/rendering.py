"""How texts are rendered on this board: what a board's switches allow. One place for all who ask.

It stands below posting, so that the index and letters, which need the words of a post again, read
it exactly as it was read when it was written.
"""

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings

from paceline.conf.own_addresses import own_hosts
from paceline.markup.render import Options, parse

# The level of a writer's largest heading: above it stand the page's title and the post's own.
_HEADING_LEVEL = 3


class Switches(Protocol):
    """What a board states of the texts on it: a row of `Board`, or what is kept of one."""

    @property
    def allows_bbcode(self) -> bool: ...
    @property
    def allows_markdown(self) -> bool: ...
    @property
    def allows_smilies(self) -> bool: ...
    @property
    def allows_images(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class BoardSwitches:
    """The switches alone, where they were read without the rest of a board's row."""

    allows_bbcode: bool
    allows_markdown: bool
    allows_smilies: bool
    allows_images: bool


def options_of(board: Switches) -> Options:
    """What the board allows in its posts."""
    return Options(
        bbcode=board.allows_bbcode,
        markdown=board.allows_markdown,
        smilies=board.allows_smilies,
        images=board.allows_images,
        breaks=True,
        own_hosts=own_hosts(settings.SITE_URL),
        heading_level=_HEADING_LEVEL,
    )


def staff_options() -> Options:
    """What administrators may write in notices and pages: their links are the board's own word."""
    return Options(
        nofollow=False,
        breaks=True,
        own_hosts=own_hosts(settings.SITE_URL),
        heading_level=_HEADING_LEVEL,
    )


def words_of(board: Switches, source: str, language: str) -> str:
    """The writer's own words in a post, without markup and quotes, as its rendering gave them."""
    return parse(source, options_of(board), language=language).text

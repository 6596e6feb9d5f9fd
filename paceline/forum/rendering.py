"""How texts are rendered on this board: what a board's switches allow. One place for all who ask.

It stands below posting, so that the index and letters, which need the words of a post again, read
it exactly as it was read when it was written.
"""

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings

from paceline.conf.own_addresses import own_hosts
from paceline.conf.site import markup_version
from paceline.forum.models import OwnCode, OwnSmilie
from paceline.lib.kept import Kept
from paceline.markup.options import CustomCode, CustomSmilie
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


@dataclass(frozen=True, slots=True)
class OwnMarkup:
    """The codes and smilies of this board, each in its order."""

    smilies: tuple[CustomSmilie, ...] = ()
    codes: tuple[CustomCode, ...] = ()
    # How each code is written, in the order of the codes.
    examples: tuple[str, ...] = ()


_kept: Kept[OwnMarkup] = Kept()


def load_own_markup() -> OwnMarkup:
    """What this board adds to the usual codes. No query while it stands, else two."""
    return _kept.at(markup_version(), read_own_markup)


def read_own_markup() -> OwnMarkup:
    """The same as it stands in the caller's transaction, kept nowhere. Two queries.

    None on a board that never had any.
    """
    if markup_version() == 1:
        return OwnMarkup()
    codes = list(OwnCode.objects.all())
    return OwnMarkup(
        smilies=tuple(
            CustomSmilie(row.code, row.emoji, smilie_path(row.picture), row.name)
            for row in OwnSmilie.objects.all()
        ),
        codes=tuple(CustomCode(row.name, row.template) for row in codes),
        examples=tuple(
            row.example or made_up_example(CustomCode(row.name, row.template)) for row in codes
        ),
    )


def made_up_example(code: CustomCode) -> str:
    """How a code may be written, where nobody has said it."""
    option = "=1" if "{option" in code.template else ""
    begun = f"[{code.name}{option}]"
    return f"{begun}Example[/{code.name}]" if "{text" in code.template else begun


def smilie_path(picture: str) -> str:
    """Where the picture of a smilie is served; empty where there is none."""
    return f"/smilies/{picture}" if picture else ""


def options_of(board: Switches) -> Options:
    """What the board allows in its posts, with the codes and smilies of its own.

    No query while these stand, else two.
    """
    own = load_own_markup()
    return Options(
        bbcode=board.allows_bbcode,
        markdown=board.allows_markdown,
        smilies=board.allows_smilies,
        images=board.allows_images,
        breaks=True,
        own_hosts=own_hosts(settings.SITE_URL),
        heading_level=_HEADING_LEVEL,
        custom_smilies=own.smilies,
        custom_codes=own.codes,
    )


def staff_options() -> Options:
    """What administrators may write in notices and pages: their links are the board's own word."""
    own = load_own_markup()
    return Options(
        nofollow=False,
        breaks=True,
        own_hosts=own_hosts(settings.SITE_URL),
        heading_level=_HEADING_LEVEL,
        custom_smilies=own.smilies,
        custom_codes=own.codes,
    )


def words_of(board: Switches, source: str, language: str) -> str:
    """The writer's own words in a post, without markup and quotes, as its rendering gave them."""
    return parse(source, options_of(board), language=language).text

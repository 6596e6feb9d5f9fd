"""What a board allows in its posts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CustomSmilie:
    """A smilie of this board: `code` as typed, shown as `emoji`, or as `picture` if that is set.

    `picture` is a path of this board, such as `/media/smilies/12.png`. `name` is read aloud; the
    code stands in for an empty one.
    """

    code: str
    emoji: str = ""
    picture: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class CustomCode:
    """A code of this board: `[name=option]text[/name]` is shown as its template, filled in.

    The template is BB code with {text} and {option}, or {text:KIND} and {option:KIND}; see
    `custom_codes.check_custom_code` for what it may be. Without {text} the code stands alone.
    """

    name: str
    template: str


@dataclass(frozen=True, slots=True)
class Options:
    """`bbcode` and `markdown` switch a language's markup off: its posts are then plain text.

    Without `images` pictures from elsewhere are links. `breaks` shows every line end of Markdown
    as one. `nofollow` marks links to elsewhere as somebody else's. `own_hosts` are the names
    under which this board is or was reached, in lower case, without port. `heading_level` is the
    level at which a writer's largest heading is shown, from 1 to 6. `custom_smilies` come before
    the usual ones where a code is in both; `custom_codes` never replace a usual one.
    """

    bbcode: bool = True
    markdown: bool = True
    smilies: bool = True
    images: bool = True
    breaks: bool = False
    nofollow: bool = True
    own_hosts: tuple[str, ...] = ()
    heading_level: int = 1
    custom_smilies: tuple[CustomSmilie, ...] = ()
    custom_codes: tuple[CustomCode, ...] = ()

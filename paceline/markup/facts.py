"""What only the board knows and a rendering needs: handed in, so that this room asks nobody.

Every path is one of this board and begins with one slash; ValueError otherwise.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from paceline.markup.tree import require_inside


@dataclass(frozen=True, slots=True)
class AttachmentFact:
    """A file of this post. `address` and `thumbnail` are paths of this board.

    `thumbnail` is empty where there is none; `width` and `height` are the thumbnail's, in
    pixels, 0 where unknown; `size` is the file's, in bytes.
    """

    name: str
    address: str
    thumbnail: str = ""
    width: int = 0
    height: int = 0
    size: int = 0
    is_picture: bool = False

    def __post_init__(self) -> None:
        require_inside(self.address)
        if self.thumbnail:
            require_inside(self.thumbnail)


@dataclass(frozen=True, slots=True)
class PictureFact:
    """Where this board serves a picture from elsewhere; 0 pixels where the size is unknown."""

    address: str
    width: int = 0
    height: int = 0

    def __post_init__(self) -> None:
        require_inside(self.address)


@dataclass(frozen=True, slots=True)
class LinkFact:
    """Where on this board a link leads, and what is there; an empty title says nothing."""

    path: str
    title: str = ""

    def __post_init__(self) -> None:
        require_inside(self.path)


@dataclass(frozen=True, slots=True)
class PreviewFact:
    """What a page of elsewhere says of itself. `title` is never empty; `picture` is as served."""

    title: str
    site: str = ""
    description: str = ""
    picture: PictureFact | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Answers to what `Parsed` asks.

    `members` gives the path of a member's page by name in lower case (`str.casefold`), `links`
    by address as linked. `picture` gives where a remote picture is served, or None for one that
    is shown as a link; without it pictures are shown from where they are. `previews` gives what
    is known of the pages that `Parsed.lone_links` names, by address.
    """

    members: Mapping[str, str] = field(default_factory=dict)
    attachments: Mapping[int, AttachmentFact] = field(default_factory=dict)
    links: Mapping[str, LinkFact] = field(default_factory=dict)
    picture: Callable[[str], PictureFact | None] | None = None
    previews: Mapping[str, PreviewFact] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for path in self.members.values():
            require_inside(path)

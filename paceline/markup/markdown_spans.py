"""Links and pictures of Markdown, from the event that begins one to the one that ends it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from paceline.markup import tree
from paceline.markup.addresses import describe_image, shorten_address
from paceline.markup.markdown_links import ATTACHMENT, Target, link_address, picture_address
from paceline.markup.markdown_sheet import Sheet
from paceline.markup.markdown_source import Prepared
from paceline.markup.options import Options
from paceline.markup.words import Words

MAX_TITLE_CHARS = 300


@dataclass(slots=True)
class Collected:
    """Text that is kept as it comes; `pieces` is None where none is."""

    pieces: list[str] | None = None

    def begin(self) -> None:
        self.pieces = []

    def end(self) -> str:
        text = "".join(self.pieces or ())
        self.pieces = None
        return text


@dataclass(slots=True)
class _Held:
    """A link or picture of which only the words count; `end` gets it and them."""

    target: Target
    end: Callable[[Target, str], None]
    # How many others are begun within it.
    depth: int = 0


class Spans:
    def __init__(
        self, sheet: Sheet, words: Words, prepared: Prepared, collected: Collected, options: Options
    ) -> None:
        self._sheet = sheet
        self._words = words
        self._prepared = prepared
        self._collected = collected
        self._has_images = options.images
        self._held: _Held | None = None
        # The links begun, and what is to be written behind those that may not lead anywhere.
        self._link_ends: list[tuple[str, tree.Link | None]] = []

    def holds(self, name: str) -> bool:
        """Whether what begins is within a link or picture of which only the words count."""
        held = self._held
        if held is None:
            return False
        held.depth += name in ("Link", "Image")
        return True

    def ends(self, name: str) -> bool:
        """Whether what ends was within such a one, or is it."""
        held = self._held
        if held is None:
            return False
        if name in ("Link", "Image"):
            held.depth -= 1
            if held.depth < 0:
                self._held = None
                held.end(held.target, self._prepared.restore(self._collected.end()))
        return True

    def start_link(self, data: dict[str, str]) -> None:
        target = self._target(data)
        address = link_address(target)
        if ATTACHMENT.fullmatch(target.address):
            self._hold(_Held(target, self._end_attached))
        elif address is None:
            before, after = target.as_typed()
            self._sheet.add_text(before)
            self._link_ends.append((after, None))
        elif target.kind in ("Autolink", "Email"):
            self._hold(_Held(target, lambda _, typed: self._words.add_address(address, typed)))
        elif not self._sheet.take_link():
            self._link_ends.append(("", None))
        else:
            link = tree.Link(address, title=target.title)
            self._sheet.begin_style(link)
            self._link_ends.append(("", link))

    def end_link(self) -> None:
        after, link = self._link_ends.pop()
        if link is not None:
            self._sheet.end_link(link.address)
        else:
            self._sheet.add_text(after)

    def start_image(self, data: dict[str, str]) -> None:
        target = self._target(data)
        is_attached = ATTACHMENT.fullmatch(target.address) is not None
        self._hold(_Held(target, self._end_attached if is_attached else self._end_image))

    def _end_attached(self, target: Target, words: str) -> None:
        number = int(target.address.partition(":")[2])
        self._sheet.add_attached(number, words)

    def _end_image(self, target: Target, words: str) -> None:
        address = picture_address(target)
        if address is None:
            before, after = target.as_typed()
            self._sheet.add_text(f"!{before}{words}{after}")
        elif self._has_images:
            self._sheet.add(tree.Image(address, words or describe_image(address), target.title))
        else:
            self._sheet.add_link(address, words or shorten_address(address), is_shortened=False)

    def _target(self, data: dict[str, Any]) -> Target:
        restore = self._prepared.restore
        title = restore(data["title"][:MAX_TITLE_CHARS])
        return Target(data["link_type"], restore(data["dest_url"]), title, restore(data["id"]))

    def _hold(self, held: _Held) -> None:
        self._held = held
        self._collected.begin()

"""Plain words to the tree: what stands out in them, in every source language alike."""

from typing import Protocol

from paceline.markup.addresses import safe_address, safe_email, shorten_address
from paceline.markup.autolink import Find, next_position, specials_of
from paceline.markup.options import CustomSmilie
from paceline.markup.smilies import table_of


class Sink(Protocol):
    """What takes words: the builder of one language or another. See builder.py."""

    @property
    def takes_links(self) -> bool: ...
    def add_text(self, text: str) -> None: ...
    def end_line(self, times: int = 1) -> None: ...
    def add_smilie(self, code: str, emoji: str, name: str, picture: str = "") -> None: ...
    def add_mention(self, name: str) -> None: ...
    def add_link(self, address: str, shown: str, *, is_shortened: bool) -> None: ...


class Words:
    """Gives words to a builder, with links, names and smilies made of what is one."""

    def __init__(
        self, builder: Sink, *, smilies: bool, custom: tuple[CustomSmilie, ...] = ()
    ) -> None:
        self._builder = builder
        self._specials = specials_of(smilies, custom)
        self._table = table_of(custom)

    def read(self, source: str, start: int, end: int) -> None:
        """`source[start:end]`; what stands before and after it counts for what stands out."""
        builder, specials = self._builder, self._specials
        search = specials.search
        # Up to where words are written, where to search on, and what no find reaches back over.
        written = position = floor = start
        while match := search(source, position, end):
            at, stop = match.span()
            if source[at] == "\n":
                if written < at:
                    builder.add_text(source[written:at])
                builder.end_line(stop - at)
                written = position = floor = stop
                continue
            find = specials.look(source, start, floor, match, end)
            position = next_position(match, find)
            if find is not None:
                if written < find.start:
                    builder.add_text(source[written : find.start])
                written = floor = find.end
                self._add(find)
        if written < end:
            builder.add_text(source[written:end])

    def _add(self, find: Find) -> None:
        if find.kind == "smilie":
            self._add_smilie(find.value)
        elif find.kind == "name":
            self._builder.add_mention(find.value)
        else:
            self._read_address(find.value, is_mail=find.kind == "mail")

    def add_address(self, address: str, typed: str) -> None:
        """A link that shows the address it leads to, shortened where it is long."""
        shown = shorten_address(typed)
        self._builder.add_link(address, shown, is_shortened=shown != typed)

    def read_as_typed(self, text: str) -> None:
        """Nothing stands out but line ends."""
        for number, line in enumerate(text.split("\n")):
            if number:
                self._builder.end_line()
            self._builder.add_text(line)

    def _add_smilie(self, code: str) -> None:
        smilie = self._table.find(code)
        if smilie is not None:
            self._builder.add_smilie(code, smilie.emoji, smilie.name, smilie.picture)

    def _read_address(self, typed: str, *, is_mail: bool) -> None:
        address = None
        if self._builder.takes_links:
            mail = typed[7:] if typed[:7].lower() == "mailto:" else typed
            address = safe_email(mail) if is_mail else safe_address(typed)
        if address is None:
            self._builder.add_text(typed)
        else:
            self.add_address(address, typed)

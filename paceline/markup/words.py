"""Plain words to the tree: what stands out in them, in every source language alike."""

from paceline.markup.addresses import safe_address, shorten_address
from paceline.markup.autolink import find_specials
from paceline.markup.builder import Builder
from paceline.markup.smilies import SMILIES


class Words:
    """Gives words to a builder, with links, names and smilies made of what is one."""

    def __init__(self, builder: Builder, *, smilies: bool) -> None:
        self._builder = builder
        self._smilies = smilies

    def read(self, source: str, start: int, end: int) -> None:
        """`source[start:end]`; what stands before and after it counts for what stands out."""
        builder, position = self._builder, start
        for find in find_specials(source, start, end, smilies=self._smilies):
            builder.add_text(source[position : find.start])
            position = find.end
            if find.kind == "lines":
                builder.end_line(find.end - find.start)
            elif find.kind == "smilie":
                builder.add_smilie(find.value, *SMILIES[find.value])
            elif find.kind == "name":
                builder.add_mention(find.value)
            else:
                self._read_address(find.value)
        builder.add_text(source[position:end])

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

    def _read_address(self, typed: str) -> None:
        address = safe_address(typed) if self._builder.takes_links else None
        if address is None:
            self._builder.add_text(typed)
        else:
            self.add_address(address, typed)

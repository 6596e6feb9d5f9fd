"""Footnotes of a Markdown text: numbered in the order in which the text first calls them."""

import re
from dataclasses import dataclass, field

from paceline.markup import tree

_BLANKS = re.compile(r"\s+")


def label_of(typed: str) -> str:
    """Labels are the same whatever their case and blanks."""
    return _BLANKS.sub(" ", typed.strip()).casefold()


@dataclass(slots=True)
class Notes:
    """Footnotes by their labels, and the marks that call them, in the order of the text."""

    bodies: dict[str, tree.Footnote] = field(default_factory=dict)
    # The marks of the text itself under "", those within a footnote under its label.
    marks: dict[str, list[tuple[str, tree.FootnoteMark]]] = field(default_factory=dict)

    def number(self) -> list[tree.Footnote]:
        """Number the footnotes that are called, in the order of their first calls."""
        called: list[tree.Footnote] = []
        order = [""]
        numbers: dict[str, int] = {}
        for place in order:
            for label, mark in self.marks.get(place, ()):
                if label not in numbers:
                    numbers[label] = len(called) + 1
                    note = self.bodies.get(label) or tree.Footnote(0)
                    note.number, note.calls = numbers[label], 0
                    called.append(note)
                    order.append(label)
                note = called[numbers[label] - 1]
                note.calls += 1
                mark.number, mark.call = note.number, note.calls
        return called

"""Tables that GitHub knows and the parser does not, in the spelling that it knows.

Those with tabs beneath the head, those of one column with colons beneath it, and those that begin
right below a paragraph without a bar.
"""

import re

_FENCE = re.compile(r"(?:[ \t>]|[-*+] |[0-9]{1,9}[.)] )*+(`{3,}|~{3,})")
# The line beneath a table's head, behind the marks of quotes.
_RULE = re.compile(
    r"(?P<before>[ >]*+)(?P<cells>\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+)\|?[ \t]*+"
)
_SOME_RULE = re.compile(r"^[ >]*+(?=[|:-])[ \t|:-]*+(?<=[ \t|:-])$", re.MULTILINE)
_HEAD = re.compile(r"(?P<before>[ >]*+)(?P<cells>.*)")
_BAR = re.compile(r"(?<!\\)\|")
_OTHER_BLOCK = re.compile(r"[-+*#|`~]|[0-9]{1,9}[.)]")


class Fences:
    """Which lines are fenced code, asked line by line. Knows no containers: a guess within them."""

    def __init__(self) -> None:
        self._mark = ""

    @property
    def is_open(self) -> bool:
        return bool(self._mark)

    def take(self, line: str) -> bool:
        """Whether this line, the next, is code or the fence before it."""
        found = _FENCE.match(line)
        if found is None:
            return self.is_open
        if not self._mark:
            self._mark = found[1]
            return True
        if found[1].startswith(self._mark) and not line[found.end() :].strip(" \t`~"):
            self._mark = ""
            return False
        return True


def has_odd_tables(text: str) -> bool:
    """Whether it is worth while to look at every line."""
    return any(
        "\t" in found[0] or "|" not in found[0] or _is_below_words(text, found)
        for found in _SOME_RULE.finditer(text)
        if "|" in found[0] or ":" in found[0]
    )


def _is_below_words(text: str, rule: re.Match[str]) -> bool:
    head = text.rfind("\n", 0, max(rule.start() - 1, 0))
    return head > 0 and text[head - 1] != "\n" and "|" in rule[0]


def mend_tables(text: str) -> str:
    """The text with each table in the parser's spelling."""
    lines = text.split("\n")
    fences = Fences()
    for number, line in enumerate(lines):
        rule = None if fences.take(line) or not number else _RULE.fullmatch(line)
        head = _HEAD.fullmatch(lines[number - 1]) if rule else None
        if rule is None or head is None or "    " in rule["before"] + head["before"]:
            continue
        cells = rule["cells"].strip(" \t|")
        if "|" in lines[number - 1] and cells.count("|") + 1 == _columns(head["cells"]):
            lines[number] = f"{rule['before']}|{cells}|".replace("\t", " ")
            if not _OTHER_BLOCK.match(head["cells"]):
                lines[number - 1] = f"{head['before']}|{head['cells']}"
    return "\n".join(lines)


def _columns(cells: str) -> int:
    cells = cells.strip().removeprefix("|")
    if cells.endswith("|") and not cells.endswith("\\|"):
        cells = cells[:-1]
    return len(_BAR.findall(cells)) + 1

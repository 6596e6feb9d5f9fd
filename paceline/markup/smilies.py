"""The usual smilies of a board, those of its own, and emoji by name."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from paceline.markup.emoji import emoji_names
from paceline.markup.options import CustomSmilie


class Smilie(NamedTuple):
    """What a code is shown as: an emoji, or a picture of this board. `name` is read aloud."""

    emoji: str
    name: str
    picture: str = ""


# vBulletin's, phpBB's and what people type. Codes as typed: (emoji, the name read aloud).
SMILIES = {
    ":)": ("🙂", "smile"),
    ":-)": ("🙂", "smile"),
    ";)": ("😉", "wink"),
    ";-)": ("😉", "wink"),
    ":(": ("🙁", "frown"),
    ":-(": ("🙁", "frown"),
    ":D": ("😀", "big grin"),
    ":-D": ("😀", "big grin"),
    ":p": ("😛", "tongue out"),
    ":P": ("😛", "tongue out"),
    ":-p": ("😛", "tongue out"),
    ":-P": ("😛", "tongue out"),
    ";p": ("😜", "winking with the tongue out"),
    ";P": ("😜", "winking with the tongue out"),
    ";-p": ("😜", "winking with the tongue out"),
    ";-P": ("😜", "winking with the tongue out"),
    ":o": ("😳", "embarrassed"),
    ":-o": ("😮", "surprised"),
    ":O": ("😮", "surprised"),
    ":-O": ("😮", "surprised"),
    ":|": ("😐", "no expression"),
    ":-|": ("😐", "no expression"),
    ":/": ("😕", "unsure"),
    ":-/": ("😕", "unsure"),
    ":?": ("😕", "confused"),
    ":-?": ("😕", "confused"),
    ":???:": ("😕", "confused"),
    ":x": ("😠", "mad"),
    ":-x": ("😠", "mad"),
    ":*": ("😘", "a kiss"),
    ":-*": ("😘", "a kiss"),
    ":'(": ("😢", "crying"),
    "8-)": ("😎", "cool"),
    "<3": ("❤️", "heart"),
    ":!:": ("❗", "exclamation"),
    ":?:": ("❓", "question"),
    ":smile:": ("🙂", "smile"),
    ":wink:": ("😉", "wink"),
    ":sad:": ("🙁", "frown"),
    ":grin:": ("😀", "big grin"),
    ":biggrin:": ("😀", "big grin"),
    ":rolleyes:": ("🙄", "rolling eyes"),
    ":roll:": ("🙄", "rolling eyes"),
    ":mad:": ("😠", "mad"),
    ":cool:": ("😎", "cool"),
    ":eek:": ("😱", "shocked"),
    ":shock:": ("😱", "shocked"),
    ":confused:": ("😕", "confused"),
    ":lol:": ("😂", "laughing"),
    ":razz:": ("😛", "tongue out"),
    ":tongue:": ("😛", "tongue out"),
    ":oops:": ("😳", "embarrassed"),
    ":redface:": ("😳", "embarrassed"),
    ":cry:": ("😢", "crying"),
    ":evil:": ("👿", "evil"),
    ":twisted:": ("😈", "twisted evil"),
    ":idea:": ("💡", "idea"),
    ":arrow:": ("➡️", "arrow"),
    ":mrgreen:": ("😁", "green grin"),
    ":geek:": ("🤓", "geek"),
    ":ugeek:": ("🤓", "greatest geek"),
    ":thumbsup:": ("👍", "thumbs up"),
    ":thumbsdown:": ("👎", "thumbs down"),
}

# What may stand right before and right after one, besides blanks and the ends of the text.
BEFORE = ".,!?)(\"'…*"
AFTER = ".,!?)\"'…*"
_NAMED = r"[A-Za-z0-9+-][A-Za-z0-9_+-]{0,62}:"


class SmilieTable(NamedTuple):
    """`rests` finds what follows the first character of codes, by that character."""

    codes: Mapping[str, Smilie]
    rests: Mapping[str, str]

    def find(self, code: str) -> Smilie | None:
        """The smilie for a code as typed, or the emoji of that name."""
        smilie = self.codes.get(code)
        if smilie is None and len(code) > 3 and code[0] == code[-1] == ":":
            emoji = emoji_names().get(code[1:-1].lower())
            if emoji is not None:
                return Smilie(emoji, code[1:-1].replace("_", " ").lower())
        return smilie


@lru_cache(maxsize=64)
def table_of(custom: tuple[CustomSmilie, ...] = ()) -> SmilieTable:
    """The usual ones and those given, which come first where a code is in both."""
    codes = {code: Smilie(*shown) for code, shown in SMILIES.items()}
    for one in custom:
        # A blank is no code; see the page that adds them for what else is none.
        if one.code.strip() != one.code or not one.code:
            continue
        codes[one.code] = Smilie(one.emoji, one.name or one.code, one.picture)
    by_first: dict[str, list[str]] = {}
    for code in sorted(codes, key=len, reverse=True):
        by_first.setdefault(code[0], []).append(re.escape(code[1:]))
    rests = {first: "|".join(choices) for first, choices in by_first.items()}
    rests[":"] = f"{_NAMED}|{rests[':']}"
    return SmilieTable(codes, rests)

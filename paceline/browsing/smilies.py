"""Smilies and emoji to choose from, in forms to write in."""

from dataclasses import dataclass

from paceline.forum.rendering import staff_options
from paceline.markup.emoji import emoji_names
from paceline.markup.smilies import table_of

# Of emoji with one word in their names.
MOST_FOUND = 60
LONGEST_WORD = 40


@dataclass(frozen=True, slots=True)
class SmilieRow:
    """What is typed, what it is called, and what it becomes: an emoji, or a picture's address."""

    code: str
    name: str
    emoji: str
    picture: str = ""


def all_smilies() -> tuple[SmilieRow, ...]:
    """The board's own, then the usual ones, each picture once, under its first code. No query."""
    custom = staff_options().custom_smilies
    codes = table_of(custom).codes
    once: dict[tuple[str, str], SmilieRow] = {}
    for code in (*(one.code for one in custom), *codes):
        shown = codes[code]
        row = SmilieRow(code, shown.name, shown.emoji, shown.picture)
        once.setdefault((shown.emoji, shown.picture), row)
    return tuple(once.values())


def find_emoji(word: str) -> tuple[SmilieRow, ...]:
    """Emoji with `word` in their names, those first whose names begin with it. No query."""
    word = word.strip().strip(":").lower().replace(" ", "_")[:LONGEST_WORD]
    if not word:
        return ()
    named = ((name, emoji) for name, emoji in emoji_names().items() if word in name)
    found = sorted(named, key=lambda one: (not one[0].startswith(word), len(one[0]), one[0]))
    return tuple(
        SmilieRow(f":{name}:", name.replace("_", " "), emoji) for name, emoji in found[:MOST_FOUND]
    )

"""Text to the words under which it is found. Pure; the index and the question go through it alike.

Both databases are given these words one by one and are never asked to find words themselves, so
that they find the same. A word is a run of letters, digits and marks, folded: compatibility
forms, case and accents gone. Where a script puts no spaces between words, or hangs its endings
on them (Chinese, Japanese, Korean, Thai, Lao, Burmese, Khmer), a run of characters ABC becomes
the pairs AB, BC and its last character C: any part of it is then found as a phrase of pairs, and
a single character as the beginning of a pair.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# What follows in a longer post is not found. PostgreSQL counts the places of words up to 16,383
# (https://www.postgresql.org/docs/current/textsearch-limitations.html), and phrases need places.
MOST_WORDS = 16_000
# The whole of a post's words must fit into PostgreSQL's megabyte, with room for their places.
MOST_BYTES = 400_000
# Longer ones (keys, hashes) are found by their beginning.
LONGEST_WORD = 64

# Scripts in pairs: Thai, Lao, Burmese, Hangul, Khmer, kana, Bopomofo, Han; half-width forms too.
_PAIRED = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u1000-\u103f\u1050-\u109f\u1100-\u11ff\u1780-\u17d3"
    "\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c\u3041-\u3096\u3099\u309a\u309d-\u309f"
    "\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u3131-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7a3\ud7b0-\ud7fb\uf900-\ufaff\uff66-\uffdc"
    "\U0001b000-\U0001b16f\U00020000-\U000323af"
)
# Soft hyphen, joiners: inside words, and no part of them.
_INVISIBLE = "\u00ad\u200c\u200d\u2060"
# Accents, vowel points of Hebrew and Arabic, tatweel, variation selectors. Marks of other scripts
# (Devanagari vowels, Japanese voicing) are not ornaments but letters, and stay.
_ORNAMENTS = [
    *(range(0x300, 0x370), range(0x483, 0x488), range(0x591, 0x5BE), (0x5BF, 0x5C1, 0x5C2)),
    *((0x5C4, 0x5C5, 0x5C7), range(0x610, 0x61B), (0x640,), range(0x64B, 0x660), (0x670,)),
    *(range(0x6D6, 0x6DD), range(0x6DF, 0x6E5), (0x6E7, 0x6E8), range(0x6EA, 0x6EE)),
    *(range(0x1AB0, 0x1B00), range(0x1DC0, 0x1E00), range(0x20D0, 0x2100)),
    *(range(0xFE00, 0xFE10), range(0xFE20, 0xFE30), range(0xE0100, 0xE01F0)),
]
_WITHOUT_ORNAMENTS = {code: None for codes in _ORNAMENTS for code in codes}
# Letters that do not come apart into a letter and an accent, though people type them so.
_PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i"}
    | {"æ": "ae", "œ": "oe", "þ": "th"}
)


def _marks() -> str:
    """All marks of the first two planes, as the inside of a character class."""
    codes = [c for c in range(0x300, 0x20000) if unicodedata.category(chr(c))[0] == "M"]
    codes += range(0xE0100, 0xE01F0)
    return "".join(map(chr, codes))


_MARKS = _marks()
_LETTER = rf"[^\W_{_PAIRED}]"
_RUN = re.compile(
    rf"(?P<paired>[{_PAIRED}][{_PAIRED}{_MARKS}{_INVISIBLE}]*)"
    rf"|{_LETTER}+(?:[{_MARKS}{_INVISIBLE}]+{_LETTER}*)*"
)
_PAIRED_START = re.compile(f"[{_PAIRED}]")
_REMOVE_INVISIBLE = dict.fromkeys(map(ord, _INVISIBLE))
_PIECE = re.compile(rf"(?:[^\W_]|[{_MARKS}])+")


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word and where it stood in the text: `text[start:end]`."""

    word: str
    start: int
    end: int


def fold(text: str) -> str:
    """The text without case, accents and compatibility forms."""
    if text.isascii():
        return text.lower()
    # Folding may make new forms to be taken apart, and again: Unicode, section 3.13, D146.
    folded = unicodedata.normalize("NFKD", text).casefold()
    folded = unicodedata.normalize("NFKD", folded).translate(_WITHOUT_ORNAMENTS)
    # Taken apart, Hangul would be single letters.
    return unicodedata.normalize("NFC", folded.translate(_PLAIN_LETTERS))


def split_words(text: str) -> Iterator[Word]:
    """The words of a text in their order, as the index holds them."""
    for run in _RUN.finditer(text):
        typed = run[0]
        if run["paired"]:
            yield from _pairs(typed, run.start())
        elif typed.isascii():
            yield Word(typed.lower()[:LONGEST_WORD], run.start(), run.end())
        else:
            for piece in _pieces(typed):
                yield Word(piece[:LONGEST_WORD], run.start(), run.end())


def _pieces(typed: str) -> list[str]:
    """What a run folds to: one word as a rule, several where a sign stands for more ("½")."""
    return _PIECE.findall(fold(typed.translate(_REMOVE_INVISIBLE)))


def _pairs(typed: str, start: int) -> Iterator[Word]:
    characters = "".join(_pieces(typed))
    # Where folding changed their number, no character has a place of its own.
    exact = len(characters) == len(typed)
    for place in range(len(characters)):
        pair = characters[place : place + 2]
        if exact:
            yield Word(pair, start + place, start + place + len(pair))
        else:
            yield Word(pair, start, start + len(typed))


def words_for_index(text: str) -> list[str]:
    """The words under which a post of that text is found, in order, as many as are kept."""
    kept: list[str] = []
    size = 0
    for found in split_words(text):
        size += len(found.word.encode())
        if len(kept) == MOST_WORDS or size > MOST_BYTES:
            break
        kept.append(found.word)
    return kept


def is_paired(word: str) -> bool:
    """Whether a folded word is of a script that is kept in pairs."""
    return bool(_PAIRED_START.match(word))

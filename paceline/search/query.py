"""What a reader typed into the search box, as terms. Pure; any text is taken, none raises.

`two words` must both occur; `"a phrase"` must occur as it stands; `-word` and `-"a phrase"` must
not; `begin*` is any word that begins so. A word that falls apart into several (`e-mail`, a run of
Chinese) is a phrase of its own.
"""

import re
from dataclasses import dataclass

from paceline.search.words import is_paired, split_words

# Beyond these the search goes on without the rest and says so.
MOST_TERMS = 16
MOST_CHARACTERS = 300
# A shorter beginning would gather half of all words there are.
SHORTEST_BEGINNING = 3

_QUOTES = re.compile("[\u201c-\u201f\u00ab\u00bb\uff02]")
_TERM = re.compile(r'(?P<no>-?)"(?P<phrase>[^"]*)"?(?P<star>\*?)|(?P<plain>[^\s"]+)')


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must stand side by side; where `is_beginning`, the last is only begun."""

    words: tuple[str, ...]
    is_beginning: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """`wanted` is empty where there is nothing to look for; `is_cut`: not all typed is used."""

    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...] = ()
    is_cut: bool = False


def read_query(typed: str) -> Query:
    """The terms of what was typed, each once, in their order."""
    text = _QUOTES.sub('"', typed[:MOST_CHARACTERS])
    wanted: dict[Term, None] = {}
    unwanted: dict[Term, None] = {}
    for part in _TERM.finditer(text):
        if part["plain"]:
            is_unwanted = part["plain"].startswith("-")
            has_star = part["plain"].endswith("*")
            term = read_term(part["plain"], has_star=has_star)
        else:
            is_unwanted = bool(part["no"])
            term = read_term(part["phrase"], has_star=bool(part["star"]))
        if term is not None:
            (unwanted if is_unwanted else wanted)[term] = None
    is_cut = len(typed) > MOST_CHARACTERS or max(len(wanted), len(unwanted)) > MOST_TERMS
    return Query(tuple(wanted)[:MOST_TERMS], tuple(unwanted)[:MOST_TERMS], is_cut)


def read_term(typed: str, *, has_star: bool = False) -> Term | None:
    """The words of a piece as one term; None where there is no word in it."""
    words = [found.word for found in split_words(typed)]
    if not words:
        return None
    if not is_paired(words[-1]):
        return Term(tuple(words), has_star and len(words[-1]) >= SHORTEST_BEGINNING)
    # The last character of a run may go on in the text: of AB, the index holds AB and not B.
    if len(words) > 1 and len(words[-2]) > 1 and is_paired(words[-2]):
        return Term(tuple(words[:-1]))
    return Term(tuple(words), is_beginning=True)

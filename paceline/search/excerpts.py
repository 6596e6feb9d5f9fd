"""The part of a text that shows why it was found. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from paceline.search.query import Query, Term
from paceline.search.words import Word, split_words

# Around how many characters of a text are shown, and how many of them before the first word found.
LENGTH = 260
LEAD = 60
# What is found further on in a text is not looked for: the beginning is shown then.
MOST_LOOKED_THROUGH = 60_000


@dataclass(frozen=True, slots=True)
class Piece:
    """Text as it stands, to be escaped by whoever shows it; `is_found` where it is to be marked."""

    text: str
    is_found: bool = False


def mark_words(text: str, query: Query) -> tuple[Piece, ...]:
    """The whole text, with what the query found."""
    return _pieces(text, 0, len(text), _spans(text, query))


def excerpt(text: str, query: Query) -> tuple[Piece, ...]:
    """A line of the text where most of the query's terms stand; its beginning where none does."""
    text = " ".join(text[:MOST_LOOKED_THROUGH].split())
    spans = _spans(text, query)
    start, end = _window(text, spans)
    pieces = _pieces(text, start, end, spans)
    before = (Piece("… "),) if start else ()
    after = (Piece(" …"),) if end < len(text) else ()
    return (*before, *pieces, *after)


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    term: int


def _spans(text: str, query: Query) -> list[_Span]:
    """Where the wanted terms stand, in the order of the text."""
    words = list(split_words(text))
    by_first: dict[str, list[int]] = {}
    beginnings: list[int] = []
    for number, term in enumerate(query.wanted):
        if term.is_beginning and len(term.words) == 1:
            beginnings.append(number)
        else:
            by_first.setdefault(term.words[0], []).append(number)
    spans: list[_Span] = []
    for place, found in enumerate(words):
        for number in (*by_first.get(found.word, ()), *beginnings):
            term = query.wanted[number]
            if _stands_at(words, place, term):
                spans.append(_Span(found.start, _end(words, place, term), number))
    return spans


def _stands_at(words: Sequence[Word], place: int, term: Term) -> bool:
    if place + len(term.words) > len(words):
        return False
    last = len(term.words) - 1
    for offset, word in enumerate(term.words):
        there = words[place + offset].word
        is_begun = term.is_beginning and offset == last
        if not (there.startswith(word) if is_begun else there == word):
            return False
    return True


def _end(words: Sequence[Word], place: int, term: Term) -> int:
    last = words[place + len(term.words) - 1]
    # A single character that was found as the beginning of a pair: the pair is not meant.
    if term.is_beginning and len(term.words[-1]) == 1 < len(last.word):
        return min(last.end, last.start + 1)
    return last.end


def _window(text: str, spans: Sequence[_Span]) -> tuple[int, int]:
    """Where to cut: at words, around the stretch that holds the most different terms."""
    if not spans:
        start = 0
    else:
        start = max(_best_start(spans) - LEAD, 0)
    end = min(start + LENGTH, len(text))
    if end == len(text):
        start = max(min(start, end - LENGTH), 0)
    return _at_word(text, start, forward=True), _at_word(text, end, forward=False)


def _best_start(spans: Sequence[_Span]) -> int:
    best, most = spans[0].start, 0
    for place, first in enumerate(spans):
        terms = set()
        for span in spans[place:]:
            if span.end > first.start + LENGTH - LEAD:
                break
            terms.add(span.term)
        if len(terms) > most:
            best, most = first.start, len(terms)
    return best


def _at_word(text: str, at: int, *, forward: bool) -> int:
    """The nearest space within twenty characters; the place itself where there is none."""
    if at in (0, len(text)):
        return at
    space = text.find(" ", at - 1, at + 20) if forward else text.rfind(" ", at - 20, at + 1)
    if space < 0:
        return at
    return space + 1 if forward else space


def _pieces(text: str, start: int, end: int, spans: Sequence[_Span]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    done = start
    for span_start, span_end in _merged(spans):
        first, last = max(span_start, done), min(span_end, end)
        if first >= last:
            continue
        if first > done:
            pieces.append(Piece(text[done:first]))
        pieces.append(Piece(text[first:last], is_found=True))
        done = last
    if done < end:
        pieces.append(Piece(text[done:end]))
    return tuple(pieces)


def _merged(spans: Sequence[_Span]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda one: one.start):
        if merged and span.start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], span.end))
        else:
            merged.append((span.start, span.end))
    return merged

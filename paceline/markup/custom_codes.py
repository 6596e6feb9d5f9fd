"""Codes of a board's own: an administrator writes a template in BB code, a member the short form.

A template holds BB code and placeholders, and nothing else comes of it: what a member typed is
put in as text of a kind that cannot end a tag, and the result is read as any post. So no HTML
comes in, and no code calls another one.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from paceline.markup.addresses import safe_address, safe_email
from paceline.markup.codes import CODES, Code
from paceline.markup.looks import colour_in
from paceline.markup.options import CustomCode
from paceline.markup.tags import Tag, read_tags

MAX_TEMPLATE_CHARS = 1_000
# Uses in one post, and what they may add to it, in characters; later ones stay as typed.
MAX_USES = 200
MAX_ADDED = 100_000
MAX_TYPED_CHARS = 500

_NAME = re.compile(r"[a-z][a-z0-9_]{0,29}")
_PLACEHOLDER = re.compile(r"\{(text|option)(?::([a-z-]+))?\}")
_ANY_BRACES = re.compile(r"\{[^{}]*\}")
_TAG_START = re.compile(r"\[(/?)([a-z][a-z0-9_]*|\*)(?=[\]=\s])", re.IGNORECASE | re.ASCII)
_WORD = re.compile(r"[\w .,'&+-]{1,100}")
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,9})?", re.ASCII)
_NOT_IN_WORDS = re.compile(r"[\[\]\"\\{}\n]+")


def _words(typed: str) -> str | None:
    return _NOT_IN_WORDS.sub(" ", typed).strip()


def _word(typed: str) -> str | None:
    return typed if _WORD.fullmatch(typed) else None


def _number(typed: str) -> str | None:
    return typed if _NUMBER.fullmatch(typed) else None


def _address(typed: str) -> str | None:
    address = safe_address(typed)
    return None if address is None else _no_brackets(address)


def _no_brackets(address: str) -> str:
    return address.replace("[", "%5B").replace("]", "%5D").replace("'", "%27")


# What a placeholder may be filled with, by its kind: as it is put in, or None where it is not so.
_KINDS: dict[str, Callable[[str], str | None]] = {
    "": _words,
    "word": _word,
    "number": _number,
    "url": _address,
    "url-part": lambda typed: quote(typed, safe="") or None,
    "email": lambda typed: typed if safe_email(typed) else None,
    "color": colour_in,
}
# For trying a template.
_SAMPLES = {"number": "1", "url": "http://a.example", "email": "a@b.example", "color": "red"}


class _Template(NamedTuple):
    """`pieces` are words and placeholders by turns: (name, kind); `body_kinds` those of the text.

    `body_kinds` is empty where the content is BB code itself, or there is none.
    """

    pieces: tuple[str | tuple[str, str], ...]
    has_text: bool
    body_kinds: frozenset[str]
    takes_option: bool


class _Table(NamedTuple):
    own: dict[str, Code]
    templates: dict[str, _Template]
    mentioned: re.Pattern[str]


def check_custom_code(name: str, template: str) -> str:
    """What is wrong with a code, as a sentence; empty where it can be used."""
    if not _NAME.fullmatch(name):
        return "A code's name begins with a letter and has small letters, digits and underscores."
    if name in CODES:
        return f"[{name}] is a code already."
    if not template.strip() or len(template) > MAX_TEMPLATE_CHARS:
        return f"A template has 1 to {MAX_TEMPLATE_CHARS} characters."
    for found in _ANY_BRACES.finditer(template):
        placeholder = _PLACEHOLDER.fullmatch(found[0])
        if placeholder is None or (placeholder[2] or "") not in _KINDS:
            kinds = ", ".join(kind for kind in _KINDS if kind)
            return (
                f"{found[0]} is no placeholder. There are {{text}} and {{option}}, with: {kinds}."
            )
    read = _read(template)
    texts = [piece for piece in read.pieces if not isinstance(piece, str) and piece[0] == "text"]
    if len(texts) > 1 and not read.body_kinds:
        return "{text} can stand once. Where it stands twice, one must say its kind: {text:word}."
    sample = _PLACEHOLDER.sub(lambda found: _SAMPLES.get(found[2] or "", "x"), template)
    lonely = [tag for tag in read_tags(sample) if not tag.is_paired]
    if lonely:
        return f"[{'/' if lonely[0].is_closing else ''}{lonely[0].typed}] has no partner."
    return ""


def expand_custom_codes(source: str, codes: tuple[CustomCode, ...]) -> str:
    """The source with each use of a code replaced by its template, filled in.

    Codes that `check_custom_code` would refuse are passed over. What is no use of a code (no
    partner, an option of the wrong kind) stays as typed.
    """
    if not codes or "[" not in source:
        return source
    table = _table(codes)
    if not table.own or table.mentioned.search(source) is None:
        return source
    kept: list[str] = []
    position = added = uses = 0
    ends: dict[Tag, str] = {}
    for tag in read_tags(source, table.own):
        template = table.templates.get(tag.typed)
        if template is None or not tag.is_paired:
            continue
        if tag.is_closing:
            filled = ends.pop(tag.partner, None) if tag.partner else None
        elif uses >= MAX_USES or added >= MAX_ADDED:
            filled = None
        else:
            uses += 1
            filled = _fill(template, tag, ends, f":c{uses}")
        if filled is not None:
            added += len(filled)
            kept += source[position : tag.start], filled
            position = tag.end
    kept.append(source[position:])
    return "".join(kept)


def _fill(template: _Template, tag: Tag, ends: dict[Tag, str], use: str) -> str | None:
    """What stands for the opening tag; what stands for the closing one is put into `ends`."""
    option = tag.argument.strip()[:MAX_TYPED_CHARS]
    body = (tag.body or "").strip()
    if template.takes_option is not bool(option) or len(body) > MAX_TYPED_CHARS:
        return None
    if template.body_kinds and not all(_KINDS[kind](body) for kind in template.body_kinds):
        return None
    filled: list[str] = []
    before = ""
    for piece in template.pieces:
        if isinstance(piece, str):
            filled.append(_with_id(piece, use))
        elif piece[0] == "text" and not template.body_kinds:
            before, filled = "".join(filled), []
        else:
            typed = _KINDS[piece[1]](option if piece[0] == "option" else body)
            if not typed:
                return None
            filled.append(typed)
    after = "".join(filled)
    if template.has_text and not template.body_kinds:
        ends[tag] = after
        return before
    return after


def _with_id(piece: str, use: str) -> str:
    """With an id in every tag, so that nothing in the content ends what the template began."""

    def name(found: re.Match[str]) -> str:
        return found[0] + (use if found[2].lower() in CODES else "")

    return _TAG_START.sub(name, piece)


def _read(template: str) -> _Template:
    pieces: list[str | tuple[str, str]] = []
    position = 0
    for found in _PLACEHOLDER.finditer(template):
        pieces.append(template[position : found.start()])
        pieces.append((found[1], found[2] or ""))
        position = found.end()
    pieces.append(template[position:])
    placed = [piece for piece in pieces if not isinstance(piece, str)]
    return _Template(
        pieces=tuple(pieces),
        has_text=any(name == "text" for name, _ in placed),
        body_kinds=frozenset(kind for name, kind in placed if name == "text" and kind),
        takes_option=any(name == "option" for name, _ in placed),
    )


@lru_cache(maxsize=64)
def _table(codes: tuple[CustomCode, ...]) -> _Table:
    templates = {
        code.name: _read(code.template)
        for code in codes
        if not check_custom_code(code.name, code.template)
    }
    own: dict[str, Code] = {}
    for name, template in templates.items():
        if template.body_kinds:
            own[name] = Code(name, "verbatim")
        else:
            own[name] = Code(name, "own" if template.has_text else "single")
    names = "|".join(map(re.escape, own)) or "(?!)"
    return _Table(own, templates, re.compile(rf"\[(?:{names})[\]=\s]", re.IGNORECASE))

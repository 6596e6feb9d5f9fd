"""Tags that hold an address, a number or a name: what is one, and what it leads to."""

import re
from dataclasses import dataclass

from paceline.markup.addresses import own_path, safe_address, safe_email
from paceline.markup.attributes import one_line, read_attributes
from paceline.markup.media_hosts import MediaCard, find_media, find_tagged_media

MAX_NAME_CHARS = 60
MAX_ID = 2**63 - 1

# Tags that may stand without a partner where their argument is a value.
SINGLE_VALUES = frozenset({"img", "attach", "member"})
_PLACES = {"thread": "/t/{}/", "post": "/p/{}/"}
_NUMBER = re.compile(r"[0-9]{1,19}", re.ASCII)
_MEASURES = re.compile(
    r"\d{1,5}\s?[x,]\s?\d{1,5}|left|right|center|\d{1,5}(?:px|%)?", re.IGNORECASE
)
_JSON_SOURCE = re.compile(r'"src"\s*:\s*"([^"\s]{1,2000})"')
_JSON_FILE = re.compile(r'"(?:data-)?attachmentid"\s*:\s*"?([0-9]{1,19})')
_ANCHOR = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_NOT_IN_NAME = re.compile(r"[\[\]\n]")


@dataclass(frozen=True, slots=True)
class Value:
    """`text` is an address, a path, a number or a name; `is_from_body` where its content said it.

    `#name` for a place within the post.
    """

    text: str
    is_from_body: bool
    card: MediaCard | None = None


def number_of(typed: str) -> int | None:
    """A positive number that a table can hold; None for anything else."""
    typed = typed.strip()
    number = int(typed) if _NUMBER.fullmatch(typed) else 0
    return number if 0 < number <= MAX_ID else None


def anchor_name(typed: str) -> str:
    """The name of a place in a post, as the tree has it; empty where nothing is left of it."""
    name = re.sub(r"[^a-z0-9]+", "-", typed[:200].lower()).strip("-")[:60].rstrip("-")
    return name if _ANCHOR.fullmatch(name) else ""


def check_value(
    name: str, typed: str, argument: str, attributes: str, body: str | None
) -> Value | None:
    """The value of a tag, or None for one that has none and so is text.

    `name` is what the tag is called here and `typed` how it was; `body` its content, None where
    it has no end or a very long content.
    """
    if name == "url" or name == "email":
        return _link(name, argument, attributes, body)
    if name == "img":
        return _picture(argument, attributes, body)
    if name in _PLACES:
        return _place(_PLACES[name], argument, body)
    if name == "attach":
        return _attachment(argument, attributes, body)
    if name == "member":
        return _member(argument, body)
    return _film(typed, argument, body)


def _link(name: str, argument: str, attributes: str, body: str | None) -> Value | None:
    typed = argument
    if not typed and attributes:
        typed = read_attributes(attributes).get("href" if name == "url" else "email", "")
    is_from_body = not typed
    if is_from_body:
        typed = body or ""
    typed = typed.strip()
    if typed.startswith("#") and name == "url":
        place = anchor_name(typed)
        return Value("#" + place, is_from_body) if place and not is_from_body else None
    if name == "email":
        address = safe_email(typed)
    else:
        address = safe_address(typed) or own_path(typed)
    return None if address is None else Value(address, is_from_body)


def _picture(argument: str, attributes: str, body: str | None) -> Value | None:
    if body is not None:
        typed = body.strip()
        # [img][img]address[/img], as copied from one board to another.
        if typed[:5].lower() == "[img]":
            typed = typed[5:]
        elif typed.startswith("{"):
            typed = _in_json(_JSON_SOURCE, typed)
        if address := _picture_address(typed):
            return Value(address, True)
    address = _picture_address(argument or read_attributes(attributes).get("src", ""))
    if address is None:
        return None
    # What stands between the tags then are words about it.
    return Value(address, body is not None and len(body) <= 300 and "[" not in body)


def _in_json(pattern: re.Pattern[str], body: str) -> str:
    """What the fifth vBulletin wrote between its tags, of which one value is wanted."""
    found = pattern.search(body)
    return found[1].replace("\\/", "/") if found else ""


def _picture_address(typed: str) -> str | None:
    address = safe_address(typed)
    return None if address is None or address.startswith("mailto:") else address


def _place(path: str, argument: str, body: str | None) -> Value | None:
    if argument:
        number = number_of(argument)
        return None if number is None else Value(path.format(number), False)
    number = number_of(body or "")
    return None if number is None else Value(path.format(number), True)


def _attachment(argument: str, attributes: str, body: str | None) -> Value | None:
    if body is not None and "[" not in body:
        number = number_of(_in_json(_JSON_FILE, body) if body.startswith("{") else body)
        if number is not None:
            return Value(str(number), True)
        named = read_attributes(attributes).get("id", "") if attributes else ""
        number = number_of(named)
        if number is not None:
            return Value(str(number), True)
        # phpBB counts the files of a post: only the name that stands there says which.
        if body.strip():
            return Value("0", True)
    number = number_of(argument.split(":")[0])
    return None if number is None else Value(str(number), False)


def _member(argument: str, body: str | None) -> Value | None:
    if name := _name(body or ""):
        return Value(name, True)
    # A number there is one of the board that the post comes from.
    if number_of(argument) is None and (name := _name(argument)):
        return Value(name, False)
    return None


def _name(typed: str) -> str:
    if _NOT_IN_NAME.search(typed):
        return ""
    name = one_line(typed.strip().removeprefix("@"))
    return name if 2 <= len(name) <= MAX_NAME_CHARS else ""


def _film(typed: str, argument: str, body: str | None) -> Value | None:
    if body is None:
        return None
    card = find_tagged_media(argument or typed, body) or find_media(argument)
    if card is not None:
        return Value(card.address, True, card)
    address = safe_address(body) or safe_address(argument)
    return None if address is None else Value(address, True)

"""Which addresses may be linked, and how a long one is shown."""

import re
from urllib.parse import quote, unquote

from paceline.markup import wall

# What browsers and servers take everywhere; longer ones are attacks or data.
MAX_ADDRESS_CHARS = 2_000

# A shown address has at most 54 characters: 37, three dots and the last 14. These are the
# figures of the starting page (vBulletin took 36 of an address that began with http:).
SHOWN_CHARS, HEAD_CHARS, TAIL_CHARS = 54, 37, 14

# Never part of an address: blanks, controls, what ends a tag or an attribute, and characters
# that cannot be seen or turn the reading direction. The two joiners some scripts need are none.
_NEVER = (
    r"\s\x00-\x20\x7f-\xa0<>\"\\`"
    r"\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202f\u2060-\u206f\ufeff"
)
# In plain text also CJK punctuation.
NOT_IN_PLAIN_ADDRESS = (
    _NEVER + r"^\u3001\u3002\u3008-\u3011\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f\uff5c"
)
# No user name in front of the host: it only serves to look like another host.
_HOST = r"[\w-]++(?:\.[\w-]++)*+\.?"
_ADDRESS = re.compile(
    rf"(?ai:https?)://{_HOST}(?::[0-9]{{1,5}})?(?:[/?\#][^{_NEVER}]*)?\Z",
)
_BEFORE_PATH = re.compile(rf"(?ai:https?)://{_HOST}(?::[0-9]{{1,5}})?(?=[/?\#])")
_NOT_IN_ADDRESS = re.compile(rf"[{_NEVER}]+")
# What nearly every address is: about these nobody need be asked. Hosts of words with letters
# first, so that none is a number, and none in the script of another (xn--).
_WORD = r"(?!xn--)[a-z][a-z0-9-]{0,62}"
_USUAL = re.compile(rf"https?://{_WORD}(?:\.{_WORD})+(?:[/?\#][A-Za-z0-9/_.~?&=%;,+#-]*)?")
# One slash, so that no browser takes what follows for a host.
_OWN_PATH = re.compile(rf"/(?![/\\])[^{_NEVER}]*\Z")
_AT_HOST = re.compile(r"(?ai:https?)://([\w.-]+)(?::(?:80|443))?((?:[/?#].*)?)\Z", re.DOTALL)
_BARE_HOST = re.compile(r"[\w-]++(?:\.[\w-]++)+(?:[:/?#]|\Z)")
_EMAIL = re.compile(r"[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}\Z")


def safe_address(typed: str) -> str | None:
    """The address to link to for what was typed, or None where it may not be linked.

    Takes http, https and mailto; a bare `www.example.org/x` becomes http, `//example.org` https.
    What may not stand in an address, a blank for one, is written as `%20`. Asks the second wall
    as well (3 µs) where an address is at all unusual, so that no link is made which the wall
    would take away again.
    """
    typed = typed.strip()
    if not typed or len(typed) > MAX_ADDRESS_CHARS:
        return None
    if _USUAL.fullmatch(typed):
        return typed
    if typed[:7].lower() == "mailto:":
        return safe_email(typed[7:])
    if typed[:2] == "//":
        typed = "https:" + typed
    elif _BARE_HOST.match(typed):
        typed = "http://" + typed
    if _ADDRESS.match(typed) is None:
        typed = _encode(typed)
        if _ADDRESS.match(typed) is None:
            return None
    return typed if wall.lets_link_pass(typed) else None


def _encode(typed: str) -> str:
    """With what may not stand in an address written as `%20`, from the path on."""
    host = _BEFORE_PATH.match(typed)
    if host is None:
        return ""
    return host[0] + _NOT_IN_ADDRESS.sub(lambda found: quote(found[0]), typed[host.end() :])


def own_path(typed: str) -> str | None:
    """The path of this board that was typed in place of an address, such as /t/12/, or None."""
    typed = typed.strip()
    is_path = len(typed) <= MAX_ADDRESS_CHARS and _OWN_PATH.match(typed) is not None
    return typed if is_path and wall.lets_link_pass(typed) else None


def path_at(address: str, hosts: tuple[str, ...]) -> str | None:
    """The path of an address of one of these hosts, at the usual port; None of any other."""
    found = _AT_HOST.match(address) if hosts else None
    if found is None or found[1].casefold() not in hosts:
        return None
    path = found[2] if found[2].startswith("/") else f"/{found[2]}"
    return path if _OWN_PATH.match(path) else None


def safe_email(typed: str) -> str | None:
    """The mailto address of a mail address, or None."""
    typed = typed.strip()
    if _EMAIL.match(typed) is None:
        return None
    address = "mailto:" + typed
    return address if wall.lets_link_pass(address) else None


def shorten_address(url: str) -> str:
    """An address as shown: at most 54 characters, a longer one with dots for its middle."""
    if len(url) <= SHOWN_CHARS:
        return url
    return url[:HEAD_CHARS] + "..." + url[-TAIL_CHARS:]


def describe_image(address: str) -> str:
    """Words for a picture of which only the address is known: its file name."""
    path = re.split(r"[?#]", address, maxsplit=1)[0]
    name = path.split("/", 3)[3].rsplit("/", 1)[-1] if path.count("/") > 2 else ""
    words = re.sub(r"[\s\x00-\x1f\x7f-\x9f]+", " ", unquote(name)).strip()
    return shorten_address(words) or "image"

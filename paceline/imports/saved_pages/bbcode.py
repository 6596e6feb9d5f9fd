"""Our own BB code, written: what a post's body becomes, whatever it was saved as.

Text that happens to look like a tag, or like an address that nobody can follow, is put into
`[noparse]`, so that the post shows it and does nothing with it.
"""

import re

_NAMES = (
    "b|i|u|s|strike|quote|list|ul|ol|li|\\*|spoiler|code|php|html|noparse|plain|url|email|img|color"
    "|size|font|face|highlight|glow|shadow|small|big|center|left|right|justify|align|indent|sub|sup"
)
_TAG_LIKE = re.compile(rf"\[/?(?:{_NAMES})(?:[\s=][^\[\]\n]{{0,2000}})?\]", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s\[\]]+", re.IGNORECASE)
_CUT = re.compile(r"(?:\.\.\.|…)[^\s.…]")  # dots with something behind them: no full stop
_LINKABLE = re.compile(r"(?:https?|ftp)://[^\s]+", re.IGNORECASE)
_PROTECTED = re.compile(f"{_TAG_LIKE.pattern}|{_ADDRESS.pattern}", re.IGNORECASE)


def literal(text: str) -> str:
    """Text as it stands on the page: nothing in it becomes a tag, or a link that is broken."""
    return _PROTECTED.sub(_protect, text)


def shortened_addresses(text: str) -> list[str]:
    """The addresses in `text` of which a board left out the middle."""
    return [address for address in _ADDRESS.findall(text) if _CUT.search(address)]


def quote(body: str, name: str = "", post_id: int | None = None) -> str:
    """A quote on lines of its own, with the name and the old board's post id where known."""
    whom = " ".join(name.split()).replace("\\", "\\\\").replace('"', '\\"')
    about = f";{post_id}" if post_id else ""
    return f'[quote="{whom}{about}"]{body}[/quote]' if whom else f"[quote]{body}[/quote]"


def link(url: str, body: str) -> str:
    """A link that reads `body`; the address alone where the body only repeats or shortens it."""
    url = url.strip().replace("[", "%5B").replace("]", "%5D").replace(" ", "%20")
    if not _LINKABLE.fullmatch(url):
        return body
    shown = body.removeprefix("[noparse]").removesuffix("[/noparse]").strip()
    if not shown or _shows(url, shown):
        return f"[url]{url}[/url]"
    return f"[url={url}]{body}[/url]"


def picture(url: str) -> str:
    """A picture from elsewhere; nothing where the address is none."""
    url = url.strip().replace("[", "%5B").replace("]", "%5D").replace(" ", "%20")
    return f"[img]{url}[/img]" if _LINKABLE.fullmatch(url) else ""


def _shows(url: str, shown: str) -> bool:
    """Whether `shown` is the address itself, or that address with its middle left out."""
    bare = re.sub(r"^[a-z]+://", "", url, flags=re.IGNORECASE).rstrip("/")
    shown = re.sub(r"^[a-z]+://", "", shown, flags=re.IGNORECASE).rstrip("/")
    if shown == bare:
        return True
    host, _, rest = shown.partition("/")
    return host == bare.partition("/")[0] and bool(_CUT.search(rest)) and " " not in shown


def _protect(found: re.Match[str]) -> str:
    if found[0][0] != "[" and not _CUT.search(found[0]):
        return found[0]
    return f"[noparse]{found[0]}[/noparse]"

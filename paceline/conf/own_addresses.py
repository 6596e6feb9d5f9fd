"""Which addresses lead to this board: its own hosts, and those that it was reached at before."""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.http.request import validate_host

from paceline.lib.errors import Invalid

MOST_OLD_ADDRESSES = 50
_FOLDER = re.compile(r"/(?:[\w.~%-]+/)*", re.ASCII)
_SCRIPT = re.compile(r"[\w-]+\.(?:php|html?|cgi|pl|asp)(?:/.*)?\Z")
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class OldAddress:
    """Where an old board stood: its host in lower case without `www.`, and its folder."""

    host: str
    folder: str

    def holds(self, host: str, path: str) -> bool:
        """Whether a page of that host, without `www.`, was the old board's."""
        return host == self.host and path.startswith(self.folder)


@dataclass(frozen=True, slots=True)
class Here:
    """A path of this board with what follows it; `old_host` is not empty where an old board of
    that host had it."""

    path: str
    query: str
    fragment: str
    old_host: str = ""


def read_old_addresses(text: str) -> tuple[OldAddress, ...]:
    """The addresses of a text with one on each line. Raises Invalid("old_addresses", ...)."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_OLD_ADDRESSES:
        raise Invalid("old_addresses", f"At most {MOST_OLD_ADDRESSES} addresses.")
    return tuple(read_home(line) for line in lines)


def read_home(line: str) -> OldAddress:
    """Where a board stood, given its address or that of one of its scripts. Raises alike."""
    parts = _split(line if "://" in line else f"http://{line}")
    host = _without_www(parts.hostname or "") if parts else ""
    folder = _SCRIPT.sub("", parts.path).rstrip("/") + "/" if parts else ""
    if parts is None or not _HOST.fullmatch(host) or not _FOLDER.fullmatch(folder):
        raise Invalid(
            "old_addresses",
            f"“{line[:100]}” is no address of a board, such as http://www.example.org/forums/.",
        )
    return OldAddress(host, folder)


def find_here(address: str, old: tuple[OldAddress, ...]) -> Here | None:
    """The path on this board that an address leads to; None where it leads elsewhere.

    `address` is http, https, or a path of this board. Never a path that a browser could read as
    another host.
    """
    parts = _split(address)
    if parts is None or re.match(r"/[/\\]", parts.path):
        return None
    path = parts.path or "/"
    if not parts.scheme and not parts.netloc:
        return Here(path, parts.query, parts.fragment) if path.startswith("/") else None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        return None
    if _is_own(parts):
        return Here(path, parts.query, parts.fragment)
    host = _without_www(parts.hostname)
    if any(each.holds(host, path) for each in old):
        return Here(path, parts.query, parts.fragment, host)
    return None


def _is_own(parts: SplitResult) -> bool:
    """One of the hosts that are answered, at the port of the board's own address."""
    site = urlsplit(settings.SITE_URL)
    if settings.SITE_URL and parts.port not in (None, 80, 443, site.port):
        return False
    hosts = [host for host in settings.ALLOWED_HOSTS if host != "*"]
    return bool(parts.hostname) and validate_host(parts.hostname or "", hosts)


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return parts


@lru_cache(maxsize=8)
def own_hosts(site_url: str) -> tuple[str, ...]:
    """The names under which this board is reached, in lower case and without a port."""
    host = site_url.partition("//")[2].partition("/")[0].partition(":")[0].casefold()
    return (host,) if host else ()


def _without_www(host: str) -> str:
    return host.lower().removeprefix("www.").rstrip(".")

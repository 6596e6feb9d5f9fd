"""Asking other people's servers for something, from behind walls.

Members choose the addresses, so every one is taken for a trap: an address within our own network,
an answer without end, a redirection to either. The name is resolved here, every answer is looked
at, and the connection goes to what was looked at, so that a second answer changes nothing.
See docs/decisions/asking-other-servers.md.
"""

import http.client
import io
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings

import paceline

PORTS = frozenset({80, 443})
MOST_REDIRECTIONS = 3
# What a server gets to accept a connection; the next of its addresses is tried then.
CONNECT_S = 4.0
_STEP_BYTES = 32_768
_REDIRECTIONS = frozenset({301, 302, 303, 307, 308})
# Servers that may know better later. All other refusals hold.
_TEMPORARY = frozenset({408, 425, 429, 500, 502, 503, 504})

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# What IANA's registries call anything but global unicast, written out: Python's own answer changed
# between versions. https://www.iana.org/assignments/iana-ipv4-special-registry
_REFUSED_V4 = tuple(
    ipaddress.ip_network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24"),
        *("192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15"),
        *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        # A cloud's own services behind a public address (Azure).
        "168.63.129.16/32",
    )
)
# Of IPv6 only global unicast is taken, which leaves out IPv4-mapped addresses and NAT64; and of
# that not what stands for an IPv4 address (Teredo, 6to4) or is for examples.
_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
_REFUSED_V6 = tuple(
    ipaddress.IPv6Network(network)
    for network in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)
# The last 64 bits of ISATAP begin so, an IPv4 address follows.
_ISATAP = frozenset({0x00005EFE, 0x02005EFE})


class Unfetched(Exception):
    """There was nothing to be had. `is_final` where asking again would be no use."""

    def __init__(self, reason: str, *, is_final: bool) -> None:
        super().__init__(reason)
        self.is_final = is_final


@dataclass(frozen=True, slots=True)
class Fetched:
    """`address` is where it was found in the end, `declared_type` what the server calls it.

    `declared_charset` is empty where the server says nothing of it.
    """

    address: str
    content: bytes
    declared_type: str
    declared_charset: str = ""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """For tests, as the setting FETCH_NEIGHBOURS: the only names there are, nothing is asked.

    `ports` are those of loopback that may be called. No board has this setting.
    """

    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ports: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Limit:
    most_bytes: int
    is_start_enough: bool


@dataclass(frozen=True, slots=True)
class _Target:
    is_tls: bool
    host: str
    port: int
    path: str


def fetch(
    address: str,
    *,
    most_bytes: int,
    deadline_s: float,
    accept: str = "*/*",
    is_start_enough: bool = False,
) -> Fetched:
    """What stands at an address, after up to three redirections. Raises Unfetched.

    `most_bytes` counts what comes over the wire and what it unpacks to; more is refused, or left
    unread where the start is enough. `deadline_s` is for all of it together, whatever the server
    does. Called outside of transactions.
    """
    ends_at = time.monotonic() + deadline_s
    for _ in range(MOST_REDIRECTIONS + 1):
        target = _read_address(address)
        sock = _connect(target, ends_at)
        try:
            answer = _ask(target, sock, ends_at, accept, _Limit(most_bytes, is_start_enough))
        except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
            raise Unfetched(f"{type(error).__name__}: {error}", is_final=False) from error
        finally:
            sock.close()
        if not isinstance(answer, str):
            return replace(answer, address=address)
        address = _join(address, answer)
    raise Unfetched("more redirections than anybody needs", is_final=True)


def _join(address: str, leads_to: str) -> str:
    try:
        return urljoin(address, leads_to)
    except ValueError as error:
        raise Unfetched(f"led to no address: {error}", is_final=True) from error


def may_ask(ip: str) -> bool:
    """Whether an IP address, as text, is one of the public network."""
    try:
        found = ipaddress.ip_address(ip)
    except ValueError:
        return False
    return _is_public(found)


def _is_public(ip: _Address) -> bool:
    if isinstance(ip, ipaddress.IPv4Address):
        return not any(ip in network for network in _REFUSED_V4)
    if ip not in _GLOBAL_V6 or ip.scope_id is not None:
        return False
    return (int(ip) >> 32) & 0xFFFFFFFF not in _ISATAP and not any(
        ip in network for network in _REFUSED_V6
    )


def _read_address(address: str) -> _Target:
    if any(character <= " " or character in "\\\x7f" for character in address):
        raise Unfetched("no address: blanks or a backslash in it", is_final=True)
    try:
        parts = urlsplit(address)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode() if parts.hostname else ""
    except ValueError as error:
        raise Unfetched(f"no address: {error}", is_final=True) from error
    if parts.scheme not in ("http", "https") or not host:
        raise Unfetched("only http and https are asked", is_final=True)
    if parts.username is not None or "%" in host:
        raise Unfetched("no names of users, no zones", is_final=True)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~?")
    return _Target(
        is_tls=parts.scheme == "https",
        host=host,
        port=port if port is not None else 443 if parts.scheme == "https" else 80,
        path=f"{path}?{query}" if query else path,
    )


def _neighbours() -> Neighbours | None:
    found: Neighbours | None = getattr(settings, "FETCH_NEIGHBOURS", None)
    return found


def _addresses(target: _Target, ends_at: float) -> list[str]:
    """The IP addresses of a host, every one of them looked at. Raises Unfetched."""
    neighbours = _neighbours()
    if neighbours is not None and target.host in neighbours.names:
        found = list(neighbours.names[target.host])
    else:
        found = _resolve(target.host, ends_at, is_number_only=neighbours is not None)
    for ip in found:
        is_loopback = neighbours is not None and ipaddress.ip_address(ip).is_loopback
        if neighbours is not None and is_loopback and target.port in neighbours.ports:
            continue
        # One bad address among good ones is no accident.
        if not may_ask(ip):
            raise Unfetched(f"{ip} is not of the public network", is_final=True)
        if target.port not in PORTS:
            raise Unfetched(f"port {target.port} is not asked", is_final=True)
    return found


def _resolve(host: str, ends_at: float, *, is_number_only: bool) -> list[str]:
    """What the system says about a name, in its order.

    In a thread, for a resolver cannot be told how long it may take; a thread that is left behind
    ends with the resolver's own patience.
    """
    answers: list[list[str] | OSError | UnicodeError] = []
    flags = socket.AI_NUMERICHOST if is_number_only else 0

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=flags)
            answers.append(list(dict.fromkeys(str(entry[4][0]) for entry in found)))
        except (OSError, UnicodeError) as error:
            answers.append(error)

    thread = threading.Thread(target=ask, name="resolving", daemon=True)
    thread.start()
    thread.join(max(0.0, ends_at - time.monotonic()))
    answer = answers[0] if answers else TimeoutError("resolving took too long")
    if isinstance(answer, Exception):
        raise Unfetched(f"{host}: {answer}", is_final=False) from answer
    return answer


def _connect(target: _Target, ends_at: float) -> socket.socket:
    """A connection to one of the addresses that were looked at, TLS included where it is due."""
    failure: OSError = OSError("no address")
    for ip in _addresses(target, ends_at):
        left_s = _left_s(ends_at)
        try:
            # A number, so that nothing is resolved a second time.
            sock = socket.create_connection((ip, target.port), timeout=min(CONNECT_S, left_s))
        except OSError as error:
            failure = error
            continue
        if not target.is_tls:
            return sock
        try:
            sock.settimeout(_left_s(ends_at))
            return _tls().wrap_socket(sock, server_hostname=target.host)
        except (OSError, Unfetched) as error:
            sock.close()
            raise Unfetched(f"{target.host}: {error}", is_final=False) from error
    raise Unfetched(f"{target.host}: {failure}", is_final=False) from failure


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _left_s(ends_at: float) -> float:
    left_s = ends_at - time.monotonic()
    if left_s <= 0:
        raise Unfetched("it took too long", is_final=False)
    return left_s


class _Until(io.RawIOBase):
    """Reads from a socket until a moment, however slowly it drips."""

    def __init__(self, sock: socket.socket, ends_at: float) -> None:
        self._sock = sock
        self._ends_at = ends_at

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # any buffer
        self._sock.settimeout(_left_s(self._ends_at))
        return self._sock.recv_into(buffer)


class _Wire:
    """What http.client needs of a socket; the socket itself is closed by whoever opened it."""

    def __init__(self, sock: socket.socket, ends_at: float) -> None:
        self._sock = sock
        self._ends_at = ends_at

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Until(self._sock, self._ends_at), _STEP_BYTES)

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(_left_s(self._ends_at))
        self._sock.sendall(data)

    def close(self) -> None:
        """Nothing: the answer is still to be read when http.client is done with it."""


def _ask(
    target: _Target, sock: socket.socket, ends_at: float, accept: str, limit: _Limit
) -> Fetched | str:
    """What the server sends, or the address that it leads to."""
    connection = http.client.HTTPConnection(target.host, target.port)
    connection.sock = _Wire(sock, ends_at)
    if target.is_tls:
        # For the Host line, in which a scheme's own port is left out.
        connection.default_port = 443
    connection.request(
        "GET",
        target.path,
        headers={
            "User-Agent": f"Paceline/{paceline.__version__} (+{settings.SITE_URL or 'a board'})",
            "Accept": accept,
            "Accept-Encoding": "identity",
            "Connection": "close",
        },
    )
    response = connection.getresponse()
    if response.status in _REDIRECTIONS and (leads_to := response.headers.get("Location")):
        return _as_sent(leads_to)
    if response.status != 200:
        is_final = response.status not in _TEMPORARY
        raise Unfetched(f"the server says {response.status}", is_final=is_final)
    content, said = _read(response, limit), response.headers
    return Fetched("", content, said.get_content_type(), said.get_content_charset("") or "")


def _as_sent(leads_to: str) -> str:
    """An address from a header as browsers read it: in UTF-8 where it is, with its blanks."""
    with suppress(UnicodeError):
        leads_to = leads_to.encode("latin-1").decode()
    return leads_to.strip().replace(" ", "%20")


def _read(response: http.client.HTTPResponse, limit: _Limit) -> bytes:
    most_bytes = limit.most_bytes
    if not limit.is_start_enough and (response.length or 0) > most_bytes:
        raise _too_large(most_bytes)
    unpack = _unpacker(response.headers.get("Content-Encoding", "").strip().lower())
    content = bytearray()
    received = 0
    while data := response.read(_STEP_BYTES):
        received += len(data)
        content += unpack.decompress(data, most_bytes + 1 - len(content)) if unpack else data
        if max(received, len(content)) > most_bytes:
            if limit.is_start_enough:
                return bytes(content[:most_bytes])
            raise _too_large(most_bytes)
    if response.length or (unpack is not None and not unpack.eof):
        raise Unfetched("the connection ended too early", is_final=False)
    return bytes(content)


def _unpacker(encoding: str) -> "zlib._Decompress | None":
    """For servers that pack although they were asked not to."""
    if encoding in ("", "identity"):
        return None
    if encoding in ("gzip", "x-gzip", "deflate"):
        return zlib.decompressobj(zlib.MAX_WBITS | 32)
    raise Unfetched("packed in a way that nobody asked for", is_final=True)


def _too_large(most_bytes: int) -> Unfetched:
    return Unfetched(f"more than {most_bytes:,} bytes", is_final=True)

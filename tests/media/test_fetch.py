"""Asking servers that mean harm. Nothing leaves this machine: tests know names of their own."""

import gzip
import json
import socket
import ssl
import time
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from paceline.media import fetch as fetching
from paceline.media.fetch import Neighbours, Unfetched, fetch, may_ask
from tests.media.bad_server import bad_server

PICTURE = b"\x89PNG and more"


def get(address, *, most_bytes=10_000, deadline_s=5.0):
    return fetch(address, most_bytes=most_bytes, deadline_s=deadline_s)


def refused(address, **limits):
    with pytest.raises(Unfetched) as refusal:
        get(address, **limits)
    return refusal.value


@pytest.fixture
def no_connection(monkeypatch, settings):
    """Every attempt to connect is noted; none is made."""
    tried = []

    def connect(address, **_more):
        tried.append(address)
        raise OSError("the network is closed")

    monkeypatch.setattr(socket, "create_connection", connect)
    settings.FETCH_NEIGHBOURS = Neighbours()
    return tried


def test_what_stands_at_an_address_is_had_without_telling_who_reads(server):
    server.says("/a%20b.png?x=1", PICTURE)

    found = get(server.url("/a b.png?x=1".replace(" ", "%20")))

    assert (found.content, found.declared_type) == (PICTURE, "image/png")
    request = server.requests[0].decode().lower()
    assert "user-agent: paceline/" in request
    assert f"host: pictures.example:{server.port}" in request
    assert not any(word in request for word in ("cookie", "referer", "authorization"))


def test_a_redirection_is_followed_three_times_and_no_further(server):
    server.says("/end", PICTURE)
    for step in range(5):
        server.leads(f"/{step}", f"/{step + 1}" if step < 4 else "/end")

    assert get(server.url("/2")).address == server.url("/end")
    assert refused(server.url("/1")).is_final


def test_a_redirection_is_read_as_browsers_read_it(server):
    server.answers["/"] = "HTTP/1.1 301 X\r\nLocation: /größe 1.png \r\n\r\n".encode()
    server.says("/gr%C3%B6%C3%9Fe%201.png", PICTURE)

    assert get(server.url("/")).content == PICTURE


@pytest.mark.parametrize(
    "to",
    [
        "http://127.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://inside.example/",
        "http://mixed.example/",
        "http://[::1]/",
        "//localhost/",
        "file:///etc/passwd",
        "gopher://pictures.example/",
        "http://pictures.example:22/",
        "http://[",
    ],
)
def test_a_redirection_goes_through_the_same_walls(server, to):
    server.leads("/", to)

    assert refused(server.url("/")).is_final or "localhost" in to
    assert server.asked == ["/"]


def test_a_name_with_one_bad_address_is_not_asked_at_all(server):
    assert "169.254" in str(refused(server.url("/", "mixed.example")))
    assert server.asked == []


def test_the_connection_goes_to_the_address_that_was_looked_at(server, monkeypatch):
    """A name that answers differently the second time gains nothing."""
    server.says("/", PICTURE)
    connected = []
    real = socket.create_connection

    def note(address, **more):
        connected.append(address)
        return real(address, **more)

    monkeypatch.setattr(socket, "create_connection", note)
    get(server.url("/"))

    assert connected == [("127.0.0.1", server.port)]


def test_loopback_ports_are_closed_unless_a_test_opens_them(server, settings):
    settings.FETCH_NEIGHBOURS = Neighbours({"pictures.example": ("127.0.0.1",)})

    assert refused(server.url("/")).is_final
    assert refused("http://127.0.0.1/").is_final
    assert server.asked == []


@pytest.mark.parametrize(
    "ip",
    [
        *("0.0.0.0", "10.1.2.3", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.0.1"),
        *("169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1"),
        *("192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1"),
        *("224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "168.63.129.16"),
        *("::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1"),
        *("64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1"),
        *("fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1"),
        *("2a00:1450::5efe:7f00:1", "2a00:1450::200:5efe:7f00:1", "1.2.3", "x", ""),
    ],
)
def test_addresses_that_are_not_of_the_public_network_are_refused(ip):
    assert not may_ask(ip)


@given(st.ip_addresses())
def test_what_is_asked_is_global_by_python_s_own_registry_too(ip):
    """Written out twice, by two people: neither list may lack what the other has."""
    if may_ask(str(ip)):
        assert ip.is_global
        kinds = (ip.is_multicast, ip.is_private, ip.is_reserved, ip.is_loopback)
        assert not any(kinds)


@given(st.ip_addresses(v=4))
def test_no_spelling_of_an_ipv4_address_as_ipv6_is_asked(ip):
    last = f"{int(ip) >> 16:x}:{int(ip) & 0xFFFF:x}"
    for spelled in ("::ffff:", "::", "64:ff9b::", "::ffff:0:", "64:ff9b:1::", "2001:0:0:0:0:0:"):
        assert not may_ask(spelled + last)
    assert not may_ask(f"2002:{last}::1")


@pytest.mark.parametrize("ip", ["8.8.8.8", "93.184.216.34", "172.32.0.1", "2a00:1450:4001::1"])
def test_addresses_of_the_public_network_are_asked(ip):
    assert may_ask(ip)


@pytest.mark.parametrize(
    "address",
    [
        "ftp://public.example/",
        "public.example/",
        "http:///path",
        "http://me:secret@public.example/",
        "http://public.example:8080/",
        "http://public.example:22/",
        "http://public.example:99999/",
        "http://public.example/a b",
        "http://public.example\\@127.0.0.1/",
        "http://[fe80::1%25eth0]/",
        "http://" + "a" * 300 + ".example/",
        "",
    ],
)
def test_what_is_no_ordinary_address_is_refused(no_connection, settings, address):
    settings.FETCH_NEIGHBOURS = Neighbours({"public.example": ("93.184.216.34",)})

    assert refused(address).is_final
    assert no_connection == []


def test_nobody_is_reached_through_an_address_of_the_real_list(no_connection, settings, shared):
    """Names outside the list's tricks resolve to loopback here, as a hostile one's would."""
    cases = json.loads((shared / "corpora/abuse/ssrf_urls.json").read_text())["cases"]
    hostile = ("127.0.0.1",)
    settings.FETCH_NEIGHBOURS = Neighbours(
        dict.fromkeys(
            (
                *("localhost", "ip6-localhost", "ip6-loopback", "test", "307.r3dir.me"),
                "62epax5fhvj3zzmzigyoe5ipkbn7fysllvges3a.302.r3dir.me",
                *("o177.0.0.1", "0o177.0.0.1", "q177.0.0.1", "example.com"),
            ),
            hostile,
        )
    )

    assert len(cases) > 50
    for case in cases:
        refused(case["input"])
    assert no_connection == []


def test_a_server_that_drips_is_left_in_time(server):
    def drip(sock: socket.socket) -> None:
        sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n")
        for _ in range(100):
            sock.sendall(b"x")
            time.sleep(0.05)

    def drip_headers(sock: socket.socket) -> None:
        for letter in b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200:
            sock.sendall(bytes([letter]))
            time.sleep(0.05)

    server.answers["/body"], server.answers["/head"] = drip, drip_headers
    server.answers["/silent"] = lambda sock: time.sleep(5)

    for path in ("/body", "/head", "/silent"):
        began = time.monotonic()
        assert not refused(server.url(path), deadline_s=0.5).is_final
        assert time.monotonic() - began < 2


def test_a_name_that_never_resolves_is_left_in_time(settings, monkeypatch):
    def sleep(*_asked, **_how):
        time.sleep(4)
        raise OSError("nobody of that name")

    monkeypatch.setattr(socket, "getaddrinfo", sleep)
    settings.FETCH_NEIGHBOURS = None

    began = time.monotonic()
    assert not refused("http://slow.example/", deadline_s=0.3).is_final
    assert time.monotonic() - began < 3


def test_a_body_without_end_is_read_to_the_limit_and_no_further(server):
    sent = []

    def pour(sock: socket.socket) -> None:
        sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n")
        while True:
            sent.append(sock.send(b"x" * 10_000))

    server.answers["/"] = pour

    assert refused(server.url("/"), most_bytes=100_000).is_final
    assert sum(sent) < 20_000_000


def test_a_body_that_says_it_is_too_large_is_not_read(server):
    server.answers["/"] = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n"

    assert refused(server.url("/")).is_final


def test_a_body_that_unpacks_to_too_much_is_refused(server):
    bomb = gzip.compress(bytes(5_000_000))
    small = gzip.compress(PICTURE)
    server.says("/bomb", bomb, "image/png", "200 OK", "Content-Encoding: gzip")
    server.says("/small", small, "image/png", "200 OK", "Content-Encoding: gzip")
    server.says("/half", small[:-9], "image/png", "200 OK", "Content-Encoding: gzip")
    server.says("/no", PICTURE, "image/png", "200 OK", "Content-Encoding: gzip")
    server.says("/odd", PICTURE, "image/png", "200 OK", "Content-Encoding: br")

    assert len(bomb) < 10_000
    assert refused(server.url("/bomb")).is_final
    assert get(server.url("/small")).content == PICTURE
    for path in ("/half", "/no", "/odd"):
        refused(server.url(path))


def test_a_connection_that_is_cut_gives_nothing(server):
    server.answers["/"] = b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhalf"
    server.answers["/none"] = b""
    server.answers["/chunks"] = (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n"
    )
    server.answers["/noise"] = b"SSH-2.0-OpenSSH_9.2\r\n"

    for path in ("/", "/none", "/chunks", "/noise"):
        assert not refused(server.url(path)).is_final


@pytest.mark.parametrize(
    ("status", "is_final"),
    [("404 Gone", True), ("403 No", True), ("503 Later", False), ("429 Slowly", False)],
)
def test_a_refusal_holds_unless_the_server_may_know_better_later(server, status, is_final):
    server.says("/", b"", "text/html", status)

    assert refused(server.url("/")).is_final is is_final


def test_a_certificate_for_somebody_else_is_not_taken(server):
    assert not refused(server.url("/").replace("http:", "https:")).is_final


@pytest.fixture
def certified(tmp_path):
    """How a server shows a certificate for pictures.example, and how one trusts who signed it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "pictures.example")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("pictures.example")]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = tmp_path / "server.pem"
    pem.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        + certificate.public_bytes(Encoding.PEM)
    )
    shows = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    shows.load_cert_chain(pem)
    return shows, ssl.create_default_context(cafile=pem)


def test_over_tls_the_name_is_what_the_certificate_must_be_for(certified, settings, monkeypatch):
    """The connection goes to a number; who answers is checked by the name all the same."""
    shows, trusts = certified
    with bad_server(shows) as server:
        names = {"pictures.example": ("127.0.0.1",), "other.example": ("127.0.0.1",)}
        settings.FETCH_NEIGHBOURS = Neighbours(names, frozenset({server.port}))
        server.says("/", PICTURE)
        here = server.url("/").replace("http:", "https:")

        assert "CERTIFICATE_VERIFY_FAILED" in str(refused(here))
        monkeypatch.setattr(fetching, "_tls", lambda: trusts)
        assert get(here).content == PICTURE
        assert "other.example" in str(refused(here.replace("pictures.", "other.")))
        assert server.asked == ["/"]


def test_no_board_has_the_setting_that_opens_loopback():
    from paceline.conf import settings as real

    assert not hasattr(real, "FETCH_NEIGHBOURS")
    assert {80, 443} == fetching.PORTS

import json
import re
from pathlib import Path
from urllib.parse import unquote, urlencode

import pytest
from django.urls import reverse

from paceline.web.account_adapter import AccountAdapter
from paceline.web.addresses import form_address, is_own, split_place, way_back

FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("address", ["/", "/t/1/a-thread/#p5", "/search/?q=a&b=c", "/b/1/%C3%A9/"])
def test_our_own_addresses(address):
    assert is_own(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "t/1/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/ /evil.example",
        "/\n/evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/\ud800",
        "/" + "x" * 501,
        "https:///evil.example",
    ],
)
def test_addresses_that_lead_elsewhere(address):
    assert not is_own(address)


@pytest.fixture(scope="module")
def tricks():
    shared = Path(__file__).resolve().parents[3] / "shared"
    if not shared.is_dir():
        pytest.skip("no ../shared folder here: tests on real inputs are left out")
    cases = json.loads((shared / "corpora/abuse/open_redirect.json").read_text())["cases"]
    # As they are, and as a browser hands them over that has decoded them once.
    return sorted({case["input"] for case in cases} | {unquote(case["input"]) for case in cases})


def test_no_known_trick_leads_to_another_site(tricks, rf):
    """Every address of the list is either refused, or a path of our own to a browser."""
    assert len(tricks) > 300
    for trick in tricks:
        sent = urlencode({"next": trick})
        for request in (rf.post("/", sent, content_type=FORM), rf.get("/", {"next": trick})):
            assert _stays(way_back(request, "/")), trick


def test_no_known_trick_leads_there_after_signing_in(tricks):
    adapter = AccountAdapter()
    for trick in tricks:
        assert _stays(trick) or not adapter.is_safe_url(trick), trick


@pytest.mark.parametrize(
    "trick", ["//evil.example/%2f..", "/\\evil.example", "https://evil.example", "/\t/evil.example"]
)
def test_every_page_that_leads_back_stays_on_the_board(world, client, trick):
    client.force_login(world.bo)
    thread, post = world.thread.pk, world.reply().pk
    asked = {"next": trick}
    for address in (
        "/read-all",
        f"/t/{thread}/read",
        f"/t/{thread}/watch",
        f"/t/{thread}/unwatch",
        f"/p/{post}/like",
        f"/p/{post}/unlike",
        f"/p/{post}/multiquote",
        "/drafts/discard",
    ):
        answer = client.post(address, asked | {"place": "reply:1", "number": "1"})
        assert answer.status_code == 302, (address, answer.content.decode())
        assert _stays(answer["Location"]), address
    for name in ("account_login", "account_logout", "account_signup"):
        page = client.get(reverse(name), asked)
        assert page.status_code in {200, 302}
        assert _stays(page.headers.get("Location", "/")), name
    out = client.post(reverse("account_logout"), asked)
    assert (out.status_code, _stays(out["Location"])) == (302, True)


def _stays(address):
    """Whether a browser that follows the address is on this board afterwards.

    As the URL standard reads an address: tabs and line ends are left out, backslashes are
    slashes, and what is not a scheme with a colon is a path of the page's own host.
    """
    read = address.strip("".join(map(chr, range(33)))).translate({9: None, 10: None, 13: None})
    read = read.replace("\\", "/")
    return not read.startswith("//") and not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", read)


def test_places_of_forms():
    assert split_place("reply:12") == ("reply", 12)
    assert form_address("reply:12") == "/t/12/reply"
    assert form_address("thread:3") == "/b/3/new"
    assert form_address("edit:55") == "/p/55/edit"
    for place in ("", "reply:", "reply:0", "else:1", f"reply:{2**63}", "reply:1\n"):
        assert form_address(place) is None

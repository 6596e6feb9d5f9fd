import json

import pytest

from paceline.web.addresses import form_address, is_own, split_place


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


def test_no_known_trick_leads_to_another_site(world, client, shared):
    """Every address of the list is either refused, or a path of our own to a browser."""
    cases = json.loads((shared / "corpora/abuse/open_redirect.json").read_text())["cases"]
    client.force_login(world.bo)
    assert cases
    for case in cases:
        response = client.post("/read-all", {"next": case["input"]})
        assert response.status_code == 302
        target = response["Location"]
        assert target.startswith("/"), case
        assert not target.startswith(("//", "/\\")), case


def test_places_of_forms():
    assert split_place("reply:12") == ("reply", 12)
    assert form_address("reply:12") == "/t/12/reply"
    assert form_address("thread:3") == "/b/3/new"
    assert form_address("edit:55") == "/p/55/edit"
    for place in ("", "reply:", "reply:0", "else:1", f"reply:{2**63}", "reply:1\n"):
        assert form_address(place) is None

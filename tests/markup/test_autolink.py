import pytest

from paceline.markup.autolink import trim_address
from paceline.markup.render import render
from tests.markup.checks import assert_sound, read_cases

# Where we differ from linkify-it on purpose; see docs/markup.md.
LINKIFY_DIFFERENCES = {
    # A name before the host only serves to look like another host.
    "http://user:pass@example.com:8080",
    "http://user@example.com",
    "http://user@example.com:8080",
    "http://user:pass@example.com",
    # No link begins within a word.
    "http://vk.com",
    # Brackets, braces and quotation marks enclose an address more often than they belong to it.
    "http://foo.com/blah_blah_[other]",
    "http://foo.com/blah_blah_{I'm_king}",
    'http://foo.com/blah_blah_"doublequoted"',
    "http://foo.com/blah_blah_'singlequoted'",
    # A host is made of letters, digits and hyphens.
    "http://✪df.ws/123",
}
# Browsers open these, so they are links here.
LINKIFY_NOT_DIFFERENCES = {"http://-example.com", "http://example.com_"}


@pytest.mark.parametrize(
    ("source", "links"),
    [
        ("http://a.example/x", ["http://a.example/x"]),
        ("(www.a.example)", ["http://www.a.example"]),
        ("https://a.example/Bike_(sport).", ["https://a.example/Bike_(sport)"]),
        ("(see https://a.example/Bike_(sport))", ["https://a.example/Bike_(sport)"]),
        ("http://a.example, http://b.example!", ["http://a.example", "http://b.example"]),
        ("HTTP://A.example/?q=1&r=2#s", ["HTTP://A.example/?q=1&r=2#s"]),
        ("http://räder.example/öl", ["http://räder.example/öl"]),
        ("见http://a.example/路。好", ["http://a.example/路"]),
        ("[http://a.example]", ["http://a.example"]),
        ("<http://a.example>", ["http://a.example"]),
        ("xhttp://a.example ftp://a.example javascript:http://", []),
        ("a.example www. www.x http:// http://.", ["http://www.x"]),
        ("http://bo@a.example/", []),
    ],
)
def test_addresses_in_plain_text(source, links):
    assert list(assert_sound(source).links) == links


def test_what_ends_a_sentence_is_no_part_of_an_address():
    assert trim_address("http://a.example/).,;:!?'\"…") == "http://a.example/"
    assert trim_address("http://a.example/(x))") == "http://a.example/(x)"
    assert trim_address("http://a.example/(x)") == "http://a.example/(x)"


def test_addresses_are_found_as_linkify_it_finds_them(shared):
    seen = set()
    for case in read_cases(shared, "autolink/linkify_it_links.json"):
        expected = case["expected_match"]
        if expected.lower().startswith(("http://", "https://", "www.")):
            links = render(case["input"]).links
            if expected not in links and f"http://{expected}" not in links:
                seen.add(expected)
    for case in read_cases(shared, "autolink/linkify_it_not_links.json"):
        if render(case["input"]).links:
            seen.add(case["input"])

    assert seen == LINKIFY_DIFFERENCES | LINKIFY_NOT_DIFFERENCES


@pytest.mark.parametrize("smilie", [":)", ";-)", ":D", ":rolleyes:"])
def test_smilies_stand_alone(smilie):
    for source in (smilie, f"x {smilie}", f"x. {smilie}, y", f"({smilie})", f"x!{smilie}"):
        assert 'class="smilie" role="img" aria-label=' in assert_sound(source).html
    for source in (
        f"x{smilie}",
        f"{smilie}x",
        f"http://a.example/{smilie}",
        f"[code]{smilie}[/code]",
    ):
        assert "smilie" not in render(source).html


def test_a_smilie_is_its_code_in_the_text():
    assert render("Fine :D").text == "Fine :D"


def test_half_a_smilie_is_text():
    assert assert_sound(";/ ;rolleyes: :").html == "<p>;/ ;rolleyes: :</p>"

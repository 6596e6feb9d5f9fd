import pytest

from paceline.markup.autolink import trim_address
from paceline.markup.render import render
from tests.markup.checks import assert_sound


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
        ("见http://a.example。好 见http://a.example好", ["http://a.example"]),
        (
            "http://例え.jp/ example.comです 例example.com/x",
            ["http://例え.jp/", "http://example.com", "http://example.com/x"],
        ),
        ("[http://a.example]", ["http://a.example"]),
        ("<http://a.example>", ["http://a.example"]),
        ("xhttp://a.example ftp://a.example javascript:http://", []),
        ("a.example www. www.x http:// http://.", ["http://www.x"]),
        # A host alone, where its end says that it is one; two letters that are a word need a path.
        (
            "example.com, bike.co.uk and a-b.de/x?y.",
            ["http://example.com", "http://bike.co.uk", "http://a-b.de/x?y"],
        ),
        ("ask.it was fun; node.js, a.py, x.It 1.2.3.4 e.g. example.coma", []),
        ("ask.it/x example.is/y", ["http://ask.it/x", "http://example.is/y"]),
        ("/path/x.com x=y.com é.com .com -.com a..com google.com:500000", []),
        # Brackets belong to an address if both do.
        ("http://a.example/?x[]=1&y={2}", ["http://a.example/?x[]=1&y={2}"]),
        (
            "http://a.example/x[/b] http://b.example[url]",
            ["http://a.example/x", "http://b.example"],
        ),
        ("http://a.example/x]y http://b.example/(z", ["http://a.example/x", "http://b.example/"]),
        ("http://bo@a.example/", []),
    ],
)
def test_addresses_in_plain_text(source, links):
    assert list(assert_sound(source).links) == links


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("me@a.example", "me@a.example"),
        ("<me.you+x@a-b.co.uk>.", "me.you+x@a-b.co.uk"),
        ("mailto:me@a.example", "mailto:me@a.example"),
    ],
)
def test_mail_addresses_are_links_to_write_a_mail(source, shown):
    address = shown.removeprefix("mailto:")
    assert f'<a href="mailto:{address}"' in assert_sound(source).html
    assert f">{shown}</a>" in assert_sound(source).html
    assert render(source).mentions == ()


@pytest.mark.parametrize("source", ["me@home", "a@b.c1", "@@a.example", "mailto:a@b.example?bcc=c"])
def test_what_only_looks_like_a_mail_address(source):
    assert "<a" not in assert_sound(source).html


def test_what_ends_a_sentence_is_no_part_of_an_address():
    assert trim_address("http://a.example/).,;:!?'\"…") == "http://a.example/"
    assert trim_address("http://a.example/(x))") == "http://a.example/(x)"
    assert trim_address("http://a.example/(x)") == "http://a.example/(x)"


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

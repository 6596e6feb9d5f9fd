import pytest

from paceline.markup.render import (
    AttachmentFact,
    Facts,
    LinkFact,
    Options,
    PictureFact,
    QuoteRef,
    parse,
    render,
    shorten_address,
)
from tests.markup.checks import assert_sound

REL = 'rel="nofollow ugc noopener"'


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("One.\nTwo.\n\nThree.", "<p>One.<br>Two.</p><p>Three.</p>"),
        ("One.\r\n \r\n\r\nTwo.\rThree.", "<p>One.</p><p>Two.<br>Three.</p>"),
        ('1 < 2 & "so" it\'s', '<p>1 &lt; 2 &amp; "so" it\'s</p>'),
        ("<b>not ours</b> &amp;", "<p>&lt;b&gt;not ours&lt;/b&gt; &amp;amp;</p>"),
        ("", ""),
        (" \n\n\t\n", ""),
    ],
)
def test_blank_lines_make_paragraphs_and_everything_is_escaped(source, html):
    assert render(source).html == html


def test_characters_no_text_can_hold_are_taken_out():
    rendered = assert_sound("a\x00b\x07c\x7f\x9d \ud800 d\te")

    assert rendered.text == "abc � d\te"


def test_a_long_address_is_shown_with_dots_for_its_middle():
    address = "https://bikes.example.org/workshop/wheels/how-to-true-a-wheel-at-home.html"
    rendered = render(f"See {address}.")

    shown = "https://bikes.example.org/workshop/wh...l-at-home.html"
    assert f'<a href="{address}" title="{address}" rel="nofollow ugc noopener">{shown}</a>.' in (
        rendered.html
    )
    assert rendered.text == f"See {address}."
    assert rendered.links == (address,)


def test_an_address_is_shortened_only_where_it_gets_shorter():
    assert shorten_address("x" * 54) == "x" * 54
    assert shorten_address("x" * 40 + "y" * 15) == "x" * 37 + "..." + "y" * 14


def test_addresses_are_shortened_as_the_starting_page_shows_them(shared):
    """Its one long address is there in its short form only: the ends must be as long as ours."""
    (page,) = (shared / "seed").glob("*.txt")
    shown = [word for word in page.read_text().split() if word.startswith("http") and ".." in word]
    assert shown
    for address in shown:
        head, tail = address.split("...")
        assert shorten_address(head + "x" * 30 + tail) == address


def test_a_board_may_switch_things_off():
    source = "[b]Hi[/b] :) [img]https://example.org/a.png[/img] http://example.org/"

    no_code = render(source, Options(bbcode=False)).html
    assert no_code.startswith("<p>[b]Hi[/b] ")
    assert 'class="smilie"' in no_code
    assert "smilie" not in render(source, Options(smilies=False)).html
    no_images = render(source, Options(images=False))
    assert "<img" not in no_images.html
    assert no_images.links == ("https://example.org/a.png", "http://example.org/")
    assert 'rel="noopener"' in render(source, Options(nofollow=False)).html


def test_members_are_mentioned_once_whatever_the_case():
    rendered = render('Ask @Bo, @bo. and @"Cy Old"; not me@home or @x.')

    assert rendered.mentions == ("Bo", "Cy Old")
    assert "<a" not in rendered.html
    assert rendered.text == "Ask @Bo, @bo. and @Cy Old; not me@home or @x."


def test_a_mention_leads_to_the_member_where_there_is_one():
    rendered = render("@Bo and @Nobody", facts=Facts(members={"bo": "/m/5/bo/"}))

    assert rendered.html == '<p><a class="mention" href="/m/5/bo/">@Bo</a> and @Nobody</p>'
    assert rendered.mentions == ("Bo", "Nobody")


def test_names_are_told_once_and_never_without_end():
    parsed = parse("@bo @Bo " + " ".join(f"@m{n}" for n in range(5000)))

    assert len(parsed.mentions) == 100
    assert parsed.mentions[:2] == ("bo", "m0")


def test_a_page_of_a_member_can_only_be_on_this_board():
    for address in ("javascript:alert(1)", "//elsewhere.example/", "https://elsewhere.example/"):
        with pytest.raises(ValueError, match="address"):
            Facts(members={"bo": address})
        with pytest.raises(ValueError, match="address"):
            LinkFact(address)
        with pytest.raises(ValueError, match="address"):
            PictureFact(address)
        with pytest.raises(ValueError, match="address"):
            AttachmentFact("a.txt", address)


def test_what_the_board_knows_is_put_in():
    facts = Facts(
        attachments={
            3: AttachmentFact("a.jpg", "/attachments/3/a.jpg", "/attachments/3/small", 320, 200),
            4: AttachmentFact("ride.gpx", "/attachments/4/ride.gpx", size=12_345),
        },
        links={
            "http://old.example/showthread.php?t=1": LinkFact("/showthread.php?t=1", "A <ride>")
        },
        picture=lambda address: PictureFact("/picture/1", 400, 300) if "1" in address else None,
    )

    assert render("http://old.example/showthread.php?t=1", facts=facts).html == (
        '<p><a href="/showthread.php?t=1">A &lt;ride&gt;</a></p>'
    )
    assert render("[url=http://old.example/showthread.php?t=1]here[/url]", facts=facts).html == (
        '<p><a href="/showthread.php?t=1">here</a></p>'
    )
    served = render("[img]https://a.example/1.png[/img]", facts=facts).html
    assert 'src="/picture/1" alt="1.png" width="400" height="300"' in served
    linked = render("[img]https://a.example/2.png[/img]", facts=facts).html
    assert linked == f'<p><a href="https://a.example/2.png" {REL}>2.png</a></p>'


def test_the_text_holds_own_words_only():
    rendered = render(
        "[quote=Bo;7]His words, @Cy, https://example.org/[/quote]"
        "[b]My[/b] words :)\n[list][*]one[*]two[/list][code]x = 1[/code]"
    )

    assert rendered.text == "My words :)\n\none\ntwo\n\nx = 1"
    assert rendered.mentions == ()
    assert rendered.links == ("https://example.org/",)


def test_quotes_are_listed_outer_before_inner():
    rendered = render('[quote="Bo;7"][quote=Cy]a[/quote]b[/quote] c [quote]d[/quote]')

    assert rendered.quotes == (QuoteRef("Bo", 7), QuoteRef("Cy", None), QuoteRef("", None))


@pytest.mark.parametrize(
    ("source", "is_empty"),
    [
        ("", True),
        ("[b] [/b]\n\u200b\u2060\u00ad", True),
        ("[quote=Bo;7] [/quote][list][*][/list][code]\n[/code]", True),
        ("[quote=Bo;7]Yes.[/quote]", False),
        ("[img]https://example.org/a.png[/img]", False),
        (":)", False),
        (".", False),
    ],
)
def test_empty_is_what_shows_nothing(source, is_empty):
    assert assert_sound(source).is_empty is is_empty


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="klingon"):
        render("x", language="klingon")


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("http://board.example/t/1/", "/t/1/"),
        ("HTTPS://Board.Example:443/t/1/?a=b#p2", "/t/1/?a=b#p2"),
        ("http://board.example", "/"),
        ("http://board.example?q=1", "/?q=1"),
        ("http://board.example//evil.example/", ""),
        ("http://board.example:8443/t/1/", ""),
        ("http://board.example.evil.example/", ""),
        ("http://evil.example/http://board.example/", ""),
        ("http://www.board.example/", ""),
    ],
)
def test_links_to_a_host_of_the_board_lead_within_it(address, leads):
    html = render(f"[url={address}]x[/url]", Options(own_hosts=("board.example",))).html

    if leads:
        assert html == f'<p><a href="{leads}">x</a></p>'
    else:
        assert 'href="http' in html
        assert 'rel="nofollow ugc noopener"' in html

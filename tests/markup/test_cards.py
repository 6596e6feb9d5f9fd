"""Addresses that stand alone: cards of films and sounds, and of pages that are known."""

import pytest

from paceline.markup.cards import MAX_MEDIA, MAX_PREVIEWS
from paceline.markup.render import Facts, Options, PictureFact, PreviewFact, parse, render, write
from tests.markup.checks import assert_safe

FILM = "https://youtu.be/wZZ7oFKsKzY"
PLAYER = 'data-embed="https://www.youtube-nocookie.com/embed/wZZ7oFKsKzY"'
PAGE = "https://example.com/a/page"


def html(source, facts=None, **options):
    rendered = write(parse(source, Options(**options)), facts or Facts())
    assert_safe(rendered.html)
    return rendered.html


def test_the_address_of_a_film_alone_on_a_line_becomes_a_card():
    shown = html(f"Look:\n{FILM}\nGood, is it not?\n\n{FILM}")

    assert shown.count(PLAYER) == 2
    assert shown.startswith("<p>Look:</p><div")
    assert "</div><p>Good, is it not?</p><div" in shown
    assert "<iframe" not in shown


def test_a_card_is_a_link_that_says_where_it_leads():
    card = html(FILM)

    assert f'<a href="{FILM}" rel="nofollow ugc noopener">' in card
    assert '<span class="media-host">YouTube</span>' in card
    assert 'class="media media-video"' in card


@pytest.mark.parametrize(
    "source",
    [
        f"See {FILM} for more",
        f"[url={FILM}]a film[/url]",
        f"[quote]{FILM}[/quote]",
        f"[list][*]{FILM}[/list]",
        f"[code]{FILM}[/code]",
        "https://somebody.bandcamp.com/album/a-record",
        PAGE,
    ],
)
def test_elsewhere_an_address_stays_a_link(source):
    assert "media" not in html(source)


def test_a_board_without_pictures_shows_no_cards():
    assert "media" not in html(FILM, images=False)


def test_a_post_has_no_end_of_cards():
    shown = html("\n".join([FILM] * (MAX_MEDIA + 5)))

    assert shown.count("data-embed") == MAX_MEDIA
    assert shown.count(f'href="{FILM}"') == MAX_MEDIA + 5


def test_the_words_of_a_post_keep_the_address_of_a_card():
    rendered = render(f"Look:\n{FILM}")

    assert rendered.text == f"Look:\n\n{FILM}"
    assert rendered.links == (FILM,)


def test_an_address_that_is_a_paragraph_shows_what_is_known_of_its_page():
    known = PreviewFact(
        'A "page" <b>', "Example", "Of & about", PictureFact("/picture/x/y", 300, 200)
    )
    facts = Facts(previews={PAGE: known})

    shown = html(f"{PAGE}\n\nSee {PAGE} too", facts)

    assert '<div class="link-card"><img class="link-picture" src="/picture/x/y" alt=""' in shown
    assert 'width="300" height="200"' in shown
    assert f'<a href="{PAGE}" rel="nofollow ugc noopener">A "page" &lt;b&gt;</a>' in shown
    assert "<p>Of &amp; about</p>" in shown
    assert shown.count("link-card") == 1


def test_only_what_stands_alone_is_asked_for_and_never_too_much():
    alone = parse(f"{PAGE}\n\n[quote]{PAGE}?2[/quote]\n\nand {PAGE}?3\n\n{PAGE}").lone_links
    many = parse("\n\n".join(f"{PAGE}?{n}" for n in range(20))).lone_links

    assert alone == (PAGE,)
    assert len(many) == MAX_PREVIEWS
    assert parse(FILM).lone_links == (FILM,)
    assert parse(f"[quote]{FILM}[/quote]\n\nhttps://example.com/a.mp3").lone_links == ()


def test_a_page_of_which_nothing_is_known_stays_a_link():
    assert html(PAGE) == f'<p><a href="{PAGE}" rel="nofollow ugc noopener">{PAGE}</a></p>'


def test_writing_a_post_once_with_a_card_leaves_it_as_it_was_read():
    parsed = parse(PAGE)
    plain = write(parsed).html
    write(parsed, Facts(previews={PAGE: PreviewFact("A page")}))

    assert write(parsed).html == plain


def test_a_card_of_a_film_says_what_is_known_of_it():
    known = PreviewFact("Over the pass", picture=PictureFact("/picture/x/y", 480, 360))
    shown = html(
        f"{FILM}\n\n[video=youtube;wZZ7oFKsKzY]{FILM}[/video]", Facts(previews={FILM: known})
    )

    assert shown.count("</span> Over the pass</a></div>") == 2
    assert shown.count('<img class="link-picture" src="/picture/x/y" alt="" width="480"') == 2
    assert shown.count(PLAYER) == 2
    assert render(FILM, facts=Facts(previews={FILM: known})).text == FILM

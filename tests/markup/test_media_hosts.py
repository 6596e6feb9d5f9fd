"""Addresses and old tags of films, sounds and rides."""

import json
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paceline.markup.media_hosts import (
    FRAME_SOURCES,
    HOST_TITLES,
    MediaCard,
    find_media,
    find_tagged_media,
    oembed_address,
)

YOUTUBE = "https://www.youtube-nocookie.com/embed/wZZ7oFKsKzY"


@pytest.mark.parametrize(
    ("address", "embed"),
    [
        ("https://www.youtube.com/watch?v=wZZ7oFKsKzY", YOUTUBE),
        ("http://youtube.com/watch?feature=share&v=wZZ7oFKsKzY", YOUTUBE),
        ("https://m.youtube.com/watch?v=wZZ7oFKsKzY&pp=x", YOUTUBE),
        ("https://youtu.be/wZZ7oFKsKzY?si=tracker", YOUTUBE),
        ("https://www.youtube.com/shorts/wZZ7oFKsKzY", YOUTUBE),
        ("https://www.youtube.com/live/wZZ7oFKsKzY", YOUTUBE),
        ("http://www.youtube.com/v/wZZ7oFKsKzY&hl=en_US&fs=1", YOUTUBE),
        ("https://www.youtube-nocookie.com/embed/wZZ7oFKsKzY", YOUTUBE),
        ("https://youtu.be/wZZ7oFKsKzY?t=90", YOUTUBE + "?start=90"),
        ("https://youtu.be/wZZ7oFKsKzY?t=1h2m3s", YOUTUBE + "?start=3723"),
        ("http://www.youtube.com/watch?v=wZZ7oFKsKzY#t=1m53s", YOUTUBE + "?start=113"),
        (
            "https://www.youtube.com/playlist?list=PLOU2XLYxmsIIxJrlM",
            "https://www.youtube-nocookie.com/embed/videoseries?list=PLOU2XLYxmsIIxJrlM",
        ),
        ("https://vimeo.com/67207222", "https://player.vimeo.com/video/67207222?dnt=1"),
        (
            "https://vimeo.com/67207222/0123456789#t=20s",
            "https://player.vimeo.com/video/67207222?dnt=1&h=0123456789#t=20s",
        ),
        (
            "http://vimeo.com/groups/rides/videos/67207222",
            "https://player.vimeo.com/video/67207222?dnt=1",
        ),
        (
            "https://dai.ly/x5e9eog",
            "https://geo.dailymotion.com/player.html?video=x5e9eog",
        ),
        (
            "http://www.dailymotion.com/video/x222z1_a-name_sport",
            "https://geo.dailymotion.com/player.html?video=x222z1",
        ),
        (
            "https://soundcloud.com/some-body/a-song?si=1",
            "https://w.soundcloud.com/player/?url="
            "https%3A%2F%2Fsoundcloud.com%2Fsome-body%2Fa-song",
        ),
        (
            "https://open.spotify.com/intl-de/track/3lDpjvbifbmrmzWGE8F9zd?si=1",
            "https://open.spotify.com/embed/track/3lDpjvbifbmrmzWGE8F9zd",
        ),
        (
            "https://www.twitch.tv/videos/29415830?t=17m17s",
            "https://player.twitch.tv/?video=29415830&time=1037s",
        ),
        ("https://www.twitch.tv/somebody", "https://player.twitch.tv/?channel=somebody"),
        (
            "https://clips.twitch.tv/AcceptableYogurt",
            "https://clips.twitch.tv/embed?clip=AcceptableYogurt",
        ),
        (
            "https://www.tiktok.com/@some.body/video/7106594312292453675",
            "https://www.tiktok.com/player/v1/7106594312292453675",
        ),
        ("https://streamable.com/moo12", "https://streamable.com/e/moo12"),
        ("https://archive.org/details/tour_1928", "https://archive.org/embed/tour_1928"),
        (
            "https://www.ted.com/talks/a_talk_on_wheels.html",
            "https://embed.ted.com/talks/a_talk_on_wheels",
        ),
        (
            "https://www.mixcloud.com/somebody/a-show/",
            "https://player-widget.mixcloud.com/widget/iframe/?hide_cover=1"
            "&feed=%2Fsomebody%2Fa-show%2F",
        ),
        (
            "https://www.komoot.com/de-de/tour/123456",
            "https://www.komoot.com/tour/123456/embed?profile=1",
        ),
        (
            "https://ridewithgps.com/routes/123",
            "https://ridewithgps.com/embeds?type=route&id=123&sampleGraph=true",
        ),
        ("https://www.strava.com/activities/123", ""),
        ("https://somebody.bandcamp.com/album/a-record", ""),
        ("https://example.com/films/ride.mp4?x=1", "https://example.com/films/ride.mp4?x=1"),
        ("http://example.com/films/ride.mp4", ""),
    ],
)
def test_an_address_of_a_host_becomes_its_card(address, embed):
    card = find_media(address)

    assert card is not None
    assert (card.address, card.embed) == (address, embed)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.youtube.com/",
        "https://www.youtube.com/@somebody",
        "https://www.youtube.com/watch?v=short",
        "https://youtube.com.evil.example/watch?v=wZZ7oFKsKzY",
        "https://evil.example/https://youtu.be/wZZ7oFKsKzY",
        "https://me@youtu.be/wZZ7oFKsKzY",
        "https://youtu.be:8080/wZZ7oFKsKzY",
        "javascript://youtu.be/wZZ7oFKsKzY",
        "https://vimeo.com/about",
        "https://www.twitch.tv/directory",
        "https://bandcamp.com/discover",
        "https://example.com/ride.html",
        "http://[::1",
        "https://youtu.be/" + "a" * 3000,
        "",
    ],
)
def test_other_addresses_stay_links(address):
    assert find_media(address) is None


@pytest.mark.parametrize(
    ("site", "body", "embed"),
    [
        ("youtube", "wZZ7oFKsKzY", YOUTUBE),
        ("YouTube", "http://www.youtube.com/watch?v=wZZ7oFKsKzY&feature=channel", YOUTUBE),
        ("youtube", "www.youtube.com/watch?v=wZZ7oFKsKzY", YOUTUBE),
        ("youtube;wZZ7oFKsKzY", "a film that I saw", YOUTUBE),
        ("youtube_share;wZZ7oFKsKzY", "http://youtu.be/wZZ7oFKsKzY", YOUTUBE),
        ("", "https://youtu.be/wZZ7oFKsKzY", YOUTUBE),
        # XenForo keeps the second to begin at.
        ("youtube", "wZZ7oFKsKzY:90", YOUTUBE + "?start=90"),
        ("vimeo", "67207222", "https://player.vimeo.com/video/67207222?dnt=1"),
        (
            "spotify",
            "track:3lDpjvbifbmrmzWGE8F9zd",
            "https://open.spotify.com/embed/track/3lDpjvbifbmrmzWGE8F9zd",
        ),
        ("facebook", "10100658170103643", None),
    ],
)
def test_an_old_tag_becomes_the_same_card(site, body, embed):
    card = find_tagged_media(site, body)

    assert card is not None
    assert embed is None or card.embed == embed
    assert card.address.startswith("http")


@pytest.mark.parametrize(
    ("site", "body"),
    [("youtube", "not an id"), ("hulu", "123"), ("", "wZZ7oFKsKzY"), ("vimeo", "javascript:1")],
)
def test_an_old_tag_that_names_nothing_known_is_none(site, body):
    assert find_tagged_media(site, body) is None


def test_players_come_from_the_hosts_of_the_table_alone():
    assert len(HOST_TITLES) >= 20
    for source in FRAME_SOURCES:
        parts = urlsplit(source)
        assert (parts.scheme, parts.path) == ("https", "")


def check(card: MediaCard | None) -> None:
    if card is None:
        return
    assert card.host in HOST_TITLES
    if card.embed and card.host != "file":
        assert "/".join(card.embed.split("/", 3)[:3]) in FRAME_SOURCES
        assert not set(card.embed) & set(" <>\"'\\`")


@given(st.text(), st.sampled_from(sorted(HOST_TITLES)), st.text())
def test_whatever_is_asked_the_answer_is_a_card_of_the_table_or_none(words, host, more):
    check(find_media(words))
    check(find_media("https://youtu.be/wZZ7oFKsKzY?" + words))
    check(find_media(f"https://{host}.com/{words}?{more}"))
    check(find_tagged_media(host, words))
    check(find_tagged_media(words, more))


def test_addresses_of_the_real_list_lead_to_their_players(shared):
    cases = json.loads((shared / "corpora/bbcode/s9e_media_embed.json").read_text())["cases"]
    addresses = [case["input"] for case in cases if case["input"].startswith("http")]
    known = {host for a in addresses if (card := find_media(a)) and (host := card.host)}

    assert known == {
        *("dailymotion", "facebook", "rutube", "spotify", "ted", "twitch", "vimeo", "youtube"),
    }
    for address in addresses:
        check(find_media(address))


def test_hosts_are_asked_what_stands_at_an_address_at_their_own_place():
    asked = oembed_address("https://youtu.be/wZZ7oFKsKzY?t=1&x=<>")

    assert asked.startswith("https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fyoutu.be")
    assert not set(asked) & set("<> #")
    assert oembed_address("https://www.komoot.com/tour/123456") == ""
    assert oembed_address("https://example.com/") == ""

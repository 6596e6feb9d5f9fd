"""Films, sounds and rides at the hosts that boards link to: addresses and old tags to cards.

One table. A card is a link until a reader asks for the player; `FRAME_SOURCES` is where players
come from, and what the pages' Content-Security-Policy lets in: nothing else.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qs, quote, unquote, urlsplit

from paceline.markup.addresses import MAX_ADDRESS_CHARS, safe_address

# How a player is shaped: 16:9, 9:16, a strip, a map.
MediaKind = Literal["video", "tall", "audio", "route"]


@dataclass(frozen=True, slots=True)
class MediaCard:
    """What is shown where such an address stands.

    `host` is a word of the table, `title` how that host is called. `embed` is the address of the
    player, https, empty where there is none and the card only leads there; for `host` "file" it
    is the file itself. `address` is where a person would go.
    """

    host: str
    kind: MediaKind
    id: str
    embed: str
    address: str
    title: str


@dataclass(frozen=True, slots=True)
class _Shape:
    """One form of address of one host.

    `places` are host names (without www.) and what path and query look like there; `bare` is how
    old tags name the thing without an address. Both have a group `id` and perhaps `what`; these
    are put into `address` and `embed`. `more` adds to the player's address what the query asks for.
    """

    host: str
    title: str
    kind: MediaKind
    places: tuple[tuple[str, str], ...]
    bare: str
    address: str
    embed: str
    more: Callable[[dict[str, str]], str] | None = None


_SECONDS = re.compile(r"(?:(\d{1,4})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?", re.ASCII)


def _start_s(query: dict[str, str]) -> int:
    """The second at which a film shall begin: 113, 113s, 1m53s, 1h2m; 0 where nothing is said."""
    for name in ("t", "start", "time_continue"):
        match = _SECONDS.fullmatch(query.get(name, ""))
        if match:
            hours, minutes, seconds = (int(part or 0) for part in match.groups())
            return hours * 3600 + minutes * 60 + seconds
    return 0


def _youtube(query: dict[str, str]) -> str:
    start, playlist = _start_s(query), query.get("list", "")
    more = [f"start={start}"] if start else []
    if re.fullmatch(r"[\w-]{10,64}", playlist, re.ASCII):
        more.append(f"list={playlist}")
    return "?" + "&".join(more) if more else ""


def _vimeo(query: dict[str, str]) -> str:
    key, start = query.get("h", ""), _start_s(query)
    hidden = f"&h={key}" if re.fullmatch(r"[0-9a-f]{6,20}", key) else ""
    return hidden + (f"#t={start}s" if start else "")


def _dailymotion(query: dict[str, str]) -> str:
    start = _start_s(query)
    return f"&startTime={start}" if start else ""


def _twitch(query: dict[str, str]) -> str:
    start = _start_s(query)
    return f"&time={start}s" if start else ""


_YOUTUBE_ID = r"(?P<id>[\w-]{11})(?![\w-])"
_AFTER = r"(?:[/?].*)?"
_YOUTUBE_PLACES = tuple(
    (domain, rf"/(?:watch/?\?(?:.*&)?v=|(?:embed|v|e|live|watch)/){_YOUTUBE_ID}.*")
    for domain in (
        *("youtube.com", "m.youtube.com", "music.youtube.com", "gaming.youtube.com"),
        *("youtube-nocookie.com", "youtube.co.uk", "youtube.de"),
    )
)
_SOUND = r"[a-z0-9_-]+/(?:sets/)?[a-z0-9_-]+"
_SPOTIFY = r"(?P<what>track|album|playlist|episode|show|artist)"
_APPLE = r"[a-z]{2}/(?P<what>album|playlist|song|music-video|podcast)(?:/[^/?]+)?/[a-z0-9.-]+"
_SHAPES = (
    _Shape(
        *("youtube", "YouTube", "tall"),
        (
            ("youtube.com", rf"/shorts/{_YOUTUBE_ID}.*"),
            ("m.youtube.com", rf"/shorts/{_YOUTUBE_ID}.*"),
        ),
        "",
        "https://www.youtube.com/shorts/{id}",
        "https://www.youtube-nocookie.com/embed/{id}",
        _youtube,
    ),
    _Shape(
        *("youtube", "YouTube", "video"),
        (*_YOUTUBE_PLACES, ("youtu.be", rf"/{_YOUTUBE_ID}.*")),
        # XenForo writes the second to begin at behind a colon.
        r"(?P<id>[\w-]{11})(?::(?P<t>\d{1,6}))?(?:[?&,].*)?",
        "https://www.youtube.com/watch?v={id}",
        "https://www.youtube-nocookie.com/embed/{id}",
        _youtube,
    ),
    _Shape(
        *("youtube", "YouTube", "video"),
        (
            ("youtube.com", r"/playlist\?(?:.*&)?list=(?P<id>[\w-]{10,64})(?:&.*)?"),
            ("m.youtube.com", r"/playlist\?(?:.*&)?list=(?P<id>[\w-]{10,64})(?:&.*)?"),
        ),
        "",
        "https://www.youtube.com/playlist?list={id}",
        "https://www.youtube-nocookie.com/embed/videoseries?list={id}",
    ),
    _Shape(
        *("vimeo", "Vimeo", "video"),
        (
            (
                "vimeo.com",
                r"/(?:channels/[^/?]+/|groups/[^/?]+/videos/|album/\d+/video/|video/)?"
                rf"(?P<id>\d{{1,12}})(?:/(?P<h>[0-9a-f]{{6,20}}))?{_AFTER}",
            ),
            ("player.vimeo.com", rf"/video/(?P<id>\d{{1,12}}){_AFTER}"),
        ),
        r"(?P<id>\d{1,12})(?:[:/](?P<h>[0-9a-f]{6,20}))?",
        "https://vimeo.com/{id}",
        "https://player.vimeo.com/video/{id}?dnt=1",
        _vimeo,
    ),
    _Shape(
        *("dailymotion", "Dailymotion", "video"),
        (
            (
                "dailymotion.com",
                r"/(?:embed/|swf/)?(?:video/)?(?P<id>[kx][a-z0-9]{3,20})(?:_.*|\?.*)?",
            ),
            ("dai.ly", r"/(?P<id>[kx][a-z0-9]{3,20})(?:\?.*)?"),
            (
                "geo.dailymotion.com",
                r"/player\.html\?(?:.*&)?video=(?P<id>[kx][a-z0-9]{3,20})(?:&.*)?",
            ),
        ),
        r"(?P<id>[kx][a-z0-9]{3,20})(?:_.*)?",
        "https://www.dailymotion.com/video/{id}",
        "https://geo.dailymotion.com/player.html?video={id}",
        _dailymotion,
    ),
    _Shape(
        *("twitch", "Twitch", "video"),
        (
            ("clips.twitch.tv", rf"/(?:[\w-]+/)?(?P<id>[\w-]{{5,100}}){_AFTER}"),
            ("twitch.tv", rf"/\w+/clip/(?P<id>[\w-]{{5,100}}){_AFTER}"),
            ("m.twitch.tv", rf"/(?:\w+/)?clip/(?P<id>[\w-]{{5,100}}){_AFTER}"),
        ),
        r"clip(?:_id)?[=:](?P<id>[\w-]{5,100})",
        "https://clips.twitch.tv/{id}",
        "https://clips.twitch.tv/embed?clip={id}",
    ),
    _Shape(
        *("twitch", "Twitch", "video"),
        (
            ("twitch.tv", rf"/(?:videos|\w+/v|\w+/video)/(?P<id>\d{{5,15}}){_AFTER}"),
            ("m.twitch.tv", rf"/videos/(?P<id>\d{{5,15}}){_AFTER}"),
        ),
        r"(?P<id>\d{5,15})",
        "https://www.twitch.tv/videos/{id}",
        "https://player.twitch.tv/?video={id}",
        _twitch,
    ),
    _Shape(
        *("twitch", "Twitch", "video"),
        (("twitch.tv", r"/(?P<id>(?!directory|downloads|jobs|p\b|settings)\w{3,25})/?(?:\?.*)?"),),
        r"(?:channel=)?(?P<id>[a-z]\w{2,24})",
        "https://www.twitch.tv/{id}",
        "https://player.twitch.tv/?channel={id}",
    ),
    _Shape(
        *("tiktok", "TikTok", "tall"),
        (
            (
                "tiktok.com",
                rf"/(?:@[\w.-]+/video|embed/v2|embed|player/v1)/(?P<id>\d{{10,25}}){_AFTER}",
            ),
        ),
        r"(?P<id>\d{10,25})",
        "https://www.tiktok.com/player/v1/{id}",
        "https://www.tiktok.com/player/v1/{id}",
    ),
    _Shape(
        *("streamable", "Streamable", "video"),
        (("streamable.com", rf"/(?:[eos]/)?(?P<id>[a-z0-9]{{4,10}}){_AFTER}"),),
        r"(?P<id>[a-z0-9]{4,10})",
        "https://streamable.com/{id}",
        "https://streamable.com/e/{id}",
    ),
    _Shape(
        *("facebook", "Facebook", "video"),
        (
            (
                "facebook.com",
                r"/(?:video/video\.php|video\.php|photo\.php|watch/?)\?(?:.*&)?v=(?P<id>\d{5,25})(?:&.*)?",
            ),
            ("facebook.com", rf"/[\w.-]+/videos/(?:[\w.-]+/)?(?P<id>\d{{5,25}}){_AFTER}"),
        ),
        r"(?P<id>\d{5,25})",
        "https://www.facebook.com/watch/?v={id}",
        "https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fwatch%2F%3Fv%3D{id}",
    ),
    _Shape(
        *("archive", "Internet Archive", "video"),
        (("archive.org", rf"/(?:details|embed)/(?P<id>[\w.-]{{3,100}}){_AFTER}"),),
        r"(?P<id>[\w.-]{3,100})",
        "https://archive.org/details/{id}",
        "https://archive.org/embed/{id}",
    ),
    _Shape(
        *("ted", "TED", "video"),
        (
            ("ted.com", r"/talks/(?:lang/\w\w/)?(?P<id>[a-z0-9_]{5,150})(?:\.html)?(?:[/?].*)?"),
            ("embed.ted.com", r"/talks/(?P<id>[a-z0-9_]{5,150})(?:\.html)?(?:[/?].*)?"),
        ),
        r"(?:talks/)?(?P<id>[a-z0-9_]{5,150})(?:\.html)?",
        "https://www.ted.com/talks/{id}",
        "https://embed.ted.com/talks/{id}",
    ),
    _Shape(
        *("rutube", "Rutube", "video"),
        (
            ("rutube.ru", rf"/(?:video|play/embed)/(?P<id>[0-9a-f]{{32}}){_AFTER}"),
            ("rutube.ru", r"/tracks/\d+\.html\?(?:.*&)?v=(?P<id>[0-9a-f]{32})(?:&.*)?"),
        ),
        r"(?P<id>[0-9a-f]{32})",
        "https://rutube.ru/video/{id}/",
        "https://rutube.ru/play/embed/{id}",
    ),
    _Shape(
        *("bilibili", "Bilibili", "video"),
        (
            ("bilibili.com", rf"/video/(?P<id>BV[0-9A-Za-z]{{10}}){_AFTER}"),
            ("m.bilibili.com", rf"/video/(?P<id>BV[0-9A-Za-z]{{10}}){_AFTER}"),
        ),
        r"(?P<id>BV[0-9A-Za-z]{10})",
        "https://www.bilibili.com/video/{id}",
        "https://player.bilibili.com/player.html?bvid={id}&autoplay=0",
    ),
    _Shape(
        *("niconico", "Niconico", "video"),
        (
            ("nicovideo.jp", rf"/watch/(?P<id>[a-z]{{2}}\d{{1,12}}){_AFTER}"),
            ("nico.ms", rf"/(?P<id>[a-z]{{2}}\d{{1,12}}){_AFTER}"),
        ),
        r"(?P<id>[a-z]{2}\d{1,12})",
        "https://www.nicovideo.jp/watch/{id}",
        "https://embed.nicovideo.jp/watch/{id}",
    ),
    _Shape(
        *("coub", "Coub", "video"),
        (("coub.com", rf"/(?:view|embed)/(?P<id>[a-z0-9]{{3,12}}){_AFTER}"),),
        r"(?P<id>[a-z0-9]{3,12})",
        "https://coub.com/view/{id}",
        "https://coub.com/embed/{id}",
    ),
    _Shape(
        *("loom", "Loom", "video"),
        (("loom.com", rf"/(?:share|embed)/(?P<id>[0-9a-f]{{32}}){_AFTER}"),),
        r"(?P<id>[0-9a-f]{32})",
        "https://www.loom.com/share/{id}",
        "https://www.loom.com/embed/{id}",
    ),
    _Shape(
        *("soundcloud", "SoundCloud", "audio"),
        tuple(
            (domain, rf"/(?P<id>(?!you/|search|discover|stream|charts)(?ai:{_SOUND}))/?(?:\?.*)?")
            for domain in ("soundcloud.com", "m.soundcloud.com")
        ),
        rf"(?P<id>(?i:{_SOUND}))",
        "https://soundcloud.com/{id}",
        "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2F{id}",
    ),
    _Shape(
        *("spotify", "Spotify", "audio"),
        tuple(
            (domain, rf"/(?:intl-\w\w/|embed/|user/[^/?]+/)?{_SPOTIFY}/(?P<id>\w{{22}}){_AFTER}")
            for domain in ("open.spotify.com", "play.spotify.com")
        ),
        rf"(?:spotify:)?(?:user:[^:]+:)?{_SPOTIFY}[:/](?P<id>\w{{22}})",
        "https://open.spotify.com/{what}/{id}",
        "https://open.spotify.com/embed/{what}/{id}",
    ),
    _Shape(
        *("mixcloud", "Mixcloud", "audio"),
        (("mixcloud.com", r"/(?P<id>(?!discover/|genres/)[\w-]+/[\w-]+)/?(?:\?.*)?"),),
        r"(?P<id>[\w-]+/[\w-]+)/?",
        "https://www.mixcloud.com/{id}/",
        "https://player-widget.mixcloud.com/widget/iframe/?hide_cover=1&feed=%2F{id}%2F",
    ),
    _Shape(
        *("deezer", "Deezer", "audio"),
        (
            (
                "deezer.com",
                rf"/(?:\w\w/)?(?P<what>track|album|playlist|show|episode)/(?P<id>\d{{1,15}}){_AFTER}",
            ),
        ),
        r"(?P<what>track|album|playlist|show|episode)[:/](?P<id>\d{1,15})",
        "https://www.deezer.com/{what}/{id}",
        "https://widget.deezer.com/widget/auto/{what}/{id}",
    ),
    _Shape(
        *("apple", "Apple Music", "audio"),
        (("music.apple.com", rf"/(?P<id>{_APPLE})(?:\?.*)?"),),
        "",
        "https://music.apple.com/{id}",
        "https://embed.music.apple.com/{id}",
    ),
    _Shape(
        *("apple", "Apple Podcasts", "audio"),
        (("podcasts.apple.com", rf"/(?P<id>{_APPLE})(?:\?.*)?"),),
        "",
        "https://podcasts.apple.com/{id}",
        "https://embed.podcasts.apple.com/{id}",
    ),
    _Shape(
        *("bandcamp", "Bandcamp", "audio"),
        (
            (
                "bandcamp.com",
                r"/EmbeddedPlayer/(?:v=2/)?(?P<what>album|track)=(?P<id>\d{5,12})(?:/.*)?",
            ),
        ),
        r"(?P<what>album|track)=(?P<id>\d{5,12})",
        "https://bandcamp.com/EmbeddedPlayer/{what}={id}/",
        "https://bandcamp.com/EmbeddedPlayer/{what}={id}/size=large/artwork=small/",
    ),
    _Shape(
        *("komoot", "komoot", "route"),
        tuple(
            (domain, rf"/(?:\w\w-\w\w/)?tour/(?P<id>\d{{3,15}}){_AFTER}")
            for domain in ("komoot.com", "komoot.de")
        ),
        r"(?P<id>\d{3,15})",
        "https://www.komoot.com/tour/{id}",
        "https://www.komoot.com/tour/{id}/embed?profile=1",
    ),
    _Shape(
        *("ridewithgps", "Ride with GPS", "route"),
        (("ridewithgps.com", rf"/(?P<what>route|trip)s/(?P<id>\d{{1,15}}){_AFTER}"),),
        r"(?P<what>route|trip)s?[:/](?P<id>\d{1,15})",
        "https://ridewithgps.com/{what}s/{id}",
        "https://ridewithgps.com/embeds?type={what}&id={id}&sampleGraph=true",
    ),
    _Shape(
        *("garmin", "Garmin Connect", "route"),
        (("connect.garmin.com", rf"/(?:modern/)?activity/(?:embed/)?(?P<id>\d{{3,15}}){_AFTER}"),),
        r"(?P<id>\d{3,15})",
        "https://connect.garmin.com/modern/activity/{id}",
        "https://connect.garmin.com/modern/activity/embed/{id}",
    ),
    # Those without a player that can be called by address: their cards are links.
    _Shape(
        *("bandcamp", "Bandcamp", "audio"),
        (("*.bandcamp.com", r"/(?P<id>(?:album|track)/[\w-]{1,150})/?(?:\?.*)?"),),
        *("", "", ""),
    ),
    _Shape(
        *("strava", "Strava", "route"),
        (("strava.com", rf"/(?P<what>activities|segments|routes)/(?P<id>\d{{1,20}}){_AFTER}"),),
        r"(?P<id>\d{1,20})",
        "https://www.strava.com/activities/{id}",
        "",
    ),
)
_FILE = re.compile(
    r"/.*\.(?:(mp4|m4v|webm|ogv|mov)|(mp3|ogg|oga|opus|m4a|flac|wav))", re.IGNORECASE
)
# Other names under which old tags call a host.
_NAMES = {
    "youtube_share": "youtube",
    "yt": "youtube",
    "archiveorg": "archive",
    "twitchtv": "twitch",
    "nico": "niconico",
    "rwgps": "ridewithgps",
    "applepodcasts": "apple",
    "applemusic": "apple",
}


def _by_domain() -> dict[str, list[tuple[re.Pattern[str], _Shape]]]:
    table: dict[str, list[tuple[re.Pattern[str], _Shape]]] = {}
    for shape in _SHAPES:
        for domain, pattern in shape.places:
            table.setdefault(domain, []).append((re.compile(pattern, re.ASCII), shape))
    return table


_BY_DOMAIN = _by_domain()
_BARE = [(shape.host, re.compile(shape.bare, re.ASCII), shape) for shape in _SHAPES if shape.bare]
HOST_TITLES = {shape.host: shape.title for shape in reversed(_SHAPES)} | {"file": "File"}
# The origins of all players, sorted.
FRAME_SOURCES = tuple(
    sorted({"/".join(shape.embed.split("/", 3)[:3]) for shape in _SHAPES if shape.embed})
)


# Where a host says what stands at an address, as https://oembed.com has it; the others say it in
# their pages.
_OEMBED = {
    "youtube": "https://www.youtube.com/oembed?format=json&url=",
    "vimeo": "https://vimeo.com/api/oembed.json?url=",
    "dailymotion": "https://www.dailymotion.com/services/oembed?format=json&url=",
    "tiktok": "https://www.tiktok.com/oembed?url=",
    "streamable": "https://api.streamable.com/oembed.json?url=",
    "ted": "https://www.ted.com/services/v1/oembed.json?url=",
    "soundcloud": "https://soundcloud.com/oembed?format=json&url=",
    "spotify": "https://open.spotify.com/oembed?url=",
    "mixcloud": "https://www.mixcloud.com/oembed/?format=json&url=",
    "deezer": "https://api.deezer.com/oembed?url=",
}


def oembed_address(address: str) -> str:
    """Where to ask what stands at an address of a host that answers by oEmbed; else empty."""
    card = find_media(address)
    endpoint = _OEMBED.get(card.host, "") if card else ""
    return endpoint + quote(address, safe="") if endpoint else ""


def find_media(address: str) -> MediaCard | None:
    """The card for an address of one of the hosts, or for a film or sound file; else None.

    Any string is taken; one pass over it.
    """
    if len(address) > MAX_ADDRESS_CHARS:
        return None
    try:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or parts.port or parts.username is not None:
            return None
    except ValueError:
        return None
    domain = (parts.hostname or "").removeprefix("www.")
    path = parts.path + ("?" + parts.query if parts.query else "")
    shapes = _BY_DOMAIN.get(domain) or _BY_DOMAIN.get("*." + domain.partition(".")[2], [])
    for pattern, shape in shapes:
        match = pattern.fullmatch(path)
        if match:
            return _card(shape, match, _query(parts.query, parts.fragment), address)
    return _file(address, parts.scheme, parts.path)


def find_tagged_media(site: str, body: str) -> MediaCard | None:
    """The card for an old tag: `site` is its name or argument, `body` its content; else None.

    `[youtube]ID[/youtube]` is ("youtube", "ID"), `[video=youtube;ID]address[/video]` is
    ("youtube;ID", "address"), `[media=vimeo]ID[/media]` ("vimeo", "ID"), `[video]address[/video]`
    ("", "address"). The address counts where there is one.
    """
    body = body.strip()
    name, _, named_id = site.strip().strip("\"'").partition(";")
    if len(site) > MAX_ADDRESS_CHARS or len(body) > MAX_ADDRESS_CHARS:
        return None
    address = safe_address(body)
    if address is not None and (card := find_media(address)):
        return card
    name = name.strip().lower()
    name = _NAMES.get(name, name)
    for typed in (named_id.strip(), body):
        if typed and (card := _by_id(name, typed)):
            return card
    return None


def _by_id(name: str, typed: str) -> MediaCard | None:
    for host, pattern, shape in _BARE:
        if host == name and (match := pattern.fullmatch(typed)):
            return _card(shape, match, {}, "")
    return None


def _card(shape: _Shape, match: re.Match[str], query: dict[str, str], address: str) -> MediaCard:
    groups = {name: value for name, value in match.groupdict().items() if value is not None}
    query = {**query, **{name: groups[name] for name in ("t", "h") if name in groups}}
    what = groups.get("what", "")
    embed = shape.embed.format(id=_in_query(shape.embed, groups["id"]), what=what)
    if shape.more is not None:
        embed += shape.more(query)
    return MediaCard(
        host=shape.host,
        kind=shape.kind,
        id=groups["id"],
        embed=embed,
        address=address or shape.address.format(id=groups["id"], what=what),
        title=shape.title,
    )


def _in_query(template: str, value: str) -> str:
    return quote(value, safe="") if "?" in template else value


def _query(query: str, fragment: str) -> dict[str, str]:
    """What query and fragment (`#t=113`) say, each name once; nothing where they say too much."""
    try:
        pairs = parse_qs(f"{query}&{fragment}", max_num_fields=50)
    except ValueError:
        return {}
    return {name: values[0] for name, values in pairs.items()}


def _file(address: str, scheme: str, path: str) -> MediaCard | None:
    match = _FILE.fullmatch(path)
    if match is None:
        return None
    return MediaCard(
        host="file",
        kind="video" if match[1] else "audio",
        id="",
        # Pages are https and may not hold anything that came another way.
        embed=address if scheme == "https" else "",
        address=address,
        title=unquote(path.rsplit("/", 1)[-1])[:80],
    )

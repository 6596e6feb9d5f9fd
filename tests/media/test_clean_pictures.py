"""Pictures that are attached: made anew at full size, with a thumbnail."""

from contextlib import suppress
from io import BytesIO

import pytest
from PIL import Image, ImageCms

from paceline.lib.errors import Invalid
from paceline.media.moving import strip_moving
from paceline.media.pictures import MOST_FRAMES, clean_picture, small_size
from tests import samples


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize("kind", ["jpeg", "png", "gif", "webp", "avif"])
def test_a_picture_stays_what_it_was_and_gets_a_thumbnail_of_known_size(kind):
    made = clean_picture(kind, samples.picture(kind.upper(), (1000, 500)))

    whole, small = opened(made.data), opened(made.small)
    assert (whole.format, whole.size) == (kind.upper(), (1000, 500))
    assert (made.width, made.height) == (1000, 500)
    assert (small.format, small.size) == ("WEBP", (480, 240))
    assert small.size == small_size(1000, 500)


def test_a_small_picture_is_not_blown_up():
    assert small_size(60, 40) == (60, 40)
    assert small_size(10_000, 1) == (480, 1)


def test_no_place_no_camera_and_no_words_are_kept_and_it_stands_upright():
    sent = samples.photograph()
    assert b"Camera of Bo" in sent
    assert b"secret words" in sent

    made = clean_picture("jpeg", sent)

    for data in (made.data, made.small):
        assert not opened(data).getexif()
        assert not {"exif", "comment", "xmp", "icc_profile"} & opened(data).info.keys()
        assert b"Bo" not in data
        assert b"secret" not in data
    assert (made.width, made.height) == (50, 80), "it was taken sideways"


def test_words_in_a_png_go():
    from PIL.PngImagePlugin import PngInfo

    words = PngInfo()
    words.add_text("Author", "Bo of Somewhere")
    words.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>Somewhere</x:xmpmeta>")
    sent = samples.picture("PNG", pnginfo=words)
    assert b"Somewhere" in sent

    assert b"Somewhere" not in clean_picture("png", sent).data


@pytest.mark.parametrize("behind", [b"<script>alert(1)</script>", samples.archive(a="x")])
@pytest.mark.parametrize("kind", ["jpeg", "png", "gif", "webp"])
def test_what_hides_behind_a_picture_goes(kind, behind):
    made = clean_picture(kind, samples.picture(kind.upper()) + behind)

    assert b"alert" not in made.data
    assert b"PK\x05\x06" not in made.data


@pytest.mark.parametrize("kind", ["gif", "webp", "png"])
def test_a_moving_picture_goes_on_moving_without_what_hides_in_it(kind):
    sent = samples.film(kind.upper())

    made = clean_picture(kind, sent + b"<script>alert(1)</script>")

    kept = opened(made.data)
    assert kept.format == kind.upper()
    assert getattr(kept, "n_frames", 1) == 3
    colours = []
    for number in range(3):
        kept.seek(number)
        colours.append(kept.convert("RGB").getpixel((5, 5)))
    strongest = [colour.index(max(colour)) for colour in colours if isinstance(colour, tuple)]
    assert strongest == [0, 1, 2], "red, green, blue"
    assert b"secret" not in made.data
    assert b"alert" not in made.data
    assert getattr(opened(made.small), "n_frames", 1) == 1


def test_words_about_a_moving_webp_go():
    exif = Image.Exif()
    exif[0x010F] = "Camera of Bo"
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "green")]
    out = BytesIO()
    frames[0].save(
        out, "WEBP", save_all=True, append_images=frames[1:], exif=exif, xmp=b"<x>secret</x>"
    )
    assert b"Camera of Bo" in out.getvalue()

    made = clean_picture("webp", out.getvalue())

    assert getattr(opened(made.data), "n_frames", 1) == 2
    assert not {"exif", "xmp"} & opened(made.data).info.keys()
    assert b"Bo" not in made.data


@pytest.mark.parametrize("kind", ["gif", "webp", "png"])
def test_a_film_that_is_cut_off_stands_still_or_is_refused(kind):
    whole = samples.film(kind.upper(), (200, 200))
    for end in range(12, len(whole), max(1, len(whole) // 60)):
        with suppress(ValueError):
            assert strip_moving(kind, whole[:end]).frame_count <= 3
        with suppress(Invalid):
            assert opened(clean_picture(kind, whole[:end]).data).size == (200, 200)


def test_a_film_that_is_too_much_stands_still(monkeypatch):
    monkeypatch.setattr("paceline.media.pictures.MOST_MOVING_PIXELS", 100_000)

    made = clean_picture("gif", samples.film("GIF", (200, 200)))

    assert getattr(opened(made.data), "n_frames", 1) == 1


def test_a_thousand_frames_are_a_film_and_no_picture():
    frame = samples.film("GIF", (2, 2))
    start = frame.index(b"\x21\xf9")
    end = frame.index(b"\x21\xf9", start + 1)
    endless = frame[:start] + frame[start:end] * (MOST_FRAMES + 1) + b";"

    made = clean_picture("gif", endless)

    assert getattr(opened(made.data), "n_frames", 1) == 1


@pytest.mark.parametrize("side", [60_000, 6_000])
def test_a_bomb_is_refused_before_it_is_decoded(side):
    with pytest.raises(Invalid, match="25 megapixels") as refused:
        clean_picture("png", samples.bomb(side))
    assert refused.value.field == "file"


def test_wide_colours_become_those_that_every_screen_shows():
    # A profile in which red and green are exchanged would show a mistake at once; Pillow makes
    # sRGB and Lab only, so that it is seen here that a profile is read, heeded and dropped.
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    made = clean_picture("jpeg", samples.picture("JPEG", colour="#c81e1e", icc_profile=profile))

    point = opened(made.data).getpixel((10, 10))
    assert isinstance(point, tuple)
    assert point[0] > 180 > 60 > point[1]
    assert "icc_profile" not in opened(made.data).info

    broken = samples.picture("PNG", icc_profile=b"no profile at all")
    assert clean_picture("png", broken).width == 60


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_every_way_of_keeping_points_can_be_attached(mode):
    image = Image.new(mode, (30, 20))
    kind = "JPEG" if mode == "CMYK" else "PNG"
    out = BytesIO()
    image.save(out, kind)

    made = clean_picture(kind.lower(), out.getvalue())

    assert opened(made.data).size == (30, 20)
    assert opened(made.small).size == (30, 20)


def test_what_is_seen_through_stays_so():
    clear = Image.new("RGBA", (50, 50), (0, 0, 0, 0))
    for kind in ("png", "webp", "gif"):
        out = BytesIO()
        clear.save(out, kind.upper())
        made = clean_picture(kind, out.getvalue())
        for data in (made.data, made.small):
            point = opened(data).convert("RGBA").getpixel((5, 5))
            assert isinstance(point, tuple)
            assert point[3] == 0, kind

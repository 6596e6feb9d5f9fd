import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from paceline.lib.errors import Invalid
from paceline.media.pictures import MOST_PIXELS, make_squares


def picture(kind: str, size=(60, 40), **options) -> bytes:
    image = Image.new("RGB", size, (200, 30, 30))
    image.paste((30, 30, 200), (0, 0, size[0] // 4, size[1]))
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def point(data: bytes, x: int, y: int) -> tuple[int, ...]:
    found = opened(data).getpixel((x, y))
    assert isinstance(found, tuple)
    return found


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
def test_what_people_have_becomes_squares_of_webp(kind):
    large, small = make_squares(picture(kind), (256, 96))

    assert [(opened(data).format, opened(data).size) for data in (large, small)] == [
        ("WEBP", (256, 256)),
        ("WEBP", (96, 96)),
    ]


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "ICO", "PPM", "TGA"])
def test_other_kinds_of_pictures_are_refused_whatever_they_are_called(kind):
    with pytest.raises(Invalid, match="no JPEG"):
        make_squares(picture(kind), (96,))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"%!PS-Adobe-3.0 EPSF-3.0",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
        b"\xff\xd8\xff\xe0" + b"\0" * 100,
        b"RIFF\x24\0\0\0WEBPVP8 " + b"\xff" * 30,
        b"\0\0\0 ftypavif" + b"\xff" * 60,
    ],
)
def test_what_only_begins_like_a_picture_is_refused(data):
    with pytest.raises(Invalid):
        make_squares(data, (96,))


def test_a_picture_cut_off_in_the_middle_is_refused():
    whole = picture("PNG", (300, 300))
    with pytest.raises(Invalid, match="damaged"):
        make_squares(whole[: len(whole) // 2], (96,))


def test_a_small_file_that_claims_to_be_huge_is_refused_before_it_is_decoded():
    side = int(MOST_PIXELS**0.5) + 1
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0"))
    with pytest.raises(Invalid, match="megapixels"):
        make_squares(bomb, (96,))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0"))
    with pytest.raises(Invalid, match="megapixels"):
        make_squares(bomb, (96,))


def test_nothing_but_the_points_is_kept():
    exif = Image.Exif()
    exif[0x010F] = "Camera of Bo"
    exif[0x9286] = "taken at home"
    sent = picture("JPEG", (300, 200), exif=exif, comment=b"secret words")
    assert b"Camera of Bo" in sent

    (kept,) = make_squares(sent, (96,))

    assert not opened(kept).getexif()
    assert not {"exif", "icc_profile", "comment", "xmp"} & opened(kept).info.keys()
    assert b"Camera" not in kept
    assert b"secret" not in kept


def test_a_picture_taken_sideways_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by a quarter to the right
    sent = picture("JPEG", (200, 200), exif=exif, quality=95)

    (kept,) = make_squares(sent, (96,))

    top, bottom = point(kept, 48, 4), point(kept, 48, 90)
    assert top[2] > 150 > top[0], "the blue edge was at the left and is now on top"
    assert bottom[0] > 150 > bottom[2]


def test_what_is_seen_through_stays_so_and_of_what_moves_the_first_moment_is_taken():
    clear = Image.new("RGBA", (50, 50), (0, 0, 0, 0))
    out = BytesIO()
    clear.save(out, "PNG")
    (kept,) = make_squares(out.getvalue(), (96,))
    assert point(kept, 48, 48)[3] == 0

    frames = [Image.new("RGB", (50, 50), colour) for colour in ("red", "green", "blue")]
    out = BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    (kept,) = make_squares(out.getvalue(), (96,))
    assert point(kept, 48, 48)[0] > 200
    assert getattr(opened(kept), "n_frames", 1) == 1

"""Reading pictures that strangers sent, and making harmless ones of them."""

from io import BytesIO

from PIL import Image, ImageOps

from paceline.lib.errors import Invalid

# What a browser shows and people have; decided by the content, never by the name.
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
# 24 megapixels, a good camera's picture: decoded it takes 75 to 100 MB for a moment.
MOST_PIXELS = 25_000_000
_QUALITY = 82


def make_squares(data: bytes, sides: tuple[int, ...]) -> list[bytes]:
    """The middle of a picture as WebP squares of these sides, in pixels, largest side first.

    Nothing of the file is kept but its visible points: no place, no camera, no words, and of
    a moving picture the first moment. Raises Invalid("picture", ...).
    """
    image = _read(data, max(sides))
    squares = []
    for side in sides:
        square = ImageOps.fit(image, (side, side), Image.Resampling.LANCZOS)
        out = BytesIO()
        square.save(out, "WEBP", quality=_QUALITY, method=4)
        squares.append(out.getvalue())
    return squares


def _read(data: bytes, largest: int) -> Image.Image:
    """The picture, upright, as plain RGB or RGBA points."""
    try:
        image = Image.open(BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise _too_many_points() from error
    except Exception as error:
        raise Invalid("picture", "This file is no JPEG, PNG, GIF, WebP or AVIF picture.") from error
    # Before a single point is decoded: a small file can claim to be a huge picture.
    if image.width * image.height > MOST_PIXELS:
        raise _too_many_points()
    try:
        # JPEG can be decoded at a fraction of its size; other formats take no notice.
        image.draft("RGB", (largest * 2, largest * 2))
        image.load()
        upright = ImageOps.exif_transpose(image)
        has_alpha = "A" in upright.getbands() or "transparency" in upright.info
        plain = upright.convert("RGBA" if has_alpha else "RGB")
    except Exception as error:
        # Decoders fail in a hundred ways on broken files, each with an exception of its own.
        raise Invalid("picture", "This picture is damaged and cannot be read.") from error
    return _points_alone(plain)


def _points_alone(image: Image.Image) -> Image.Image:
    """The same points in a picture that carries nothing else."""
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    return bare


def _too_many_points() -> Invalid:
    return Invalid("picture", f"A picture has at most {MOST_PIXELS // 1_000_000} megapixels.")

"""Reading pictures that strangers sent, and making harmless ones of them."""

import threading
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, ImageOps

from paceline.lib.errors import Invalid
from paceline.media.moving import strip_moving

# What a browser shows and people have; decided by the content, never by the name.
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
# 24 megapixels, a good camera's picture: decoded it takes 75 to 100 MB for a moment.
MOST_PIXELS = 25_000_000
# Thumbnails fit into this box, in pixels: pages show them at half of it, for fine screens.
SMALL_BOX = (480, 360)
# Of all frames of a moving picture together; a browser decodes them all. Beyond it stands still.
MOST_MOVING_PIXELS = 150_000_000
MOST_FRAMES = 1_000
_QUALITY = 82
# What is kept of a picture itself is seen at full size: nearer to what came.
_FINE: dict[str, dict[str, Any]] = {
    "jpeg": {"format": "JPEG", "quality": 90, "progressive": True},
    "png": {"format": "PNG"},
    "gif": {"format": "GIF"},
    "webp": {"format": "WEBP", "quality": 90, "method": 2},
    "avif": {"format": "AVIF", "quality": 80, "speed": 9},
}
_SRGB = ImageCms.createProfile("sRGB")
# A profile of a screen or camera has some kilobytes; what is larger hides something.
_MOST_PROFILE_BYTES = 1_000_000
# Each takes up to 400 MB for a second or two; a process does so many at a time.
_decoding = threading.BoundedSemaphore(2)


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """A picture made anew, upright, its size in pixels, and a thumbnail (WebP) where asked for."""

    data: bytes
    width: int
    height: int
    small: bytes


def small_size(width: int, height: int) -> tuple[int, int]:
    """Width and height of the thumbnail of a picture of this size."""
    scale = min(SMALL_BOX[0] / width, SMALL_BOX[1] / height, 1)
    return max(1, round(width * scale)), max(1, round(height * scale))


def clean_picture(kind: str, data: bytes, most_pixels: int = MOST_PIXELS) -> CleanPicture:
    """A picture of a kind of `lib/file_kinds.py` made anew, in the same format.

    Nothing of the file is kept but its visible points, in sRGB: no place, no camera, no words, no
    foreign data. A GIF, WebP or PNG that moves goes on moving, within MOST_MOVING_PIXELS; else
    its first moment is kept. Raises Invalid("file", ...).
    """
    with _decoding:
        try:
            image = _open(data, (kind.upper(),), most_pixels)
            moving = _still_moving(kind, data, image.size)
            plain = _upright(image)
            small = _encode(
                _seen(plain).resize(small_size(*plain.size), Image.Resampling.LANCZOS, None, 3.0),
                format="WEBP",
                quality=_QUALITY,
                method=4,
            )
            whole = moving or _encode(plain, **_FINE[kind])
        except Invalid as refusal:
            raise Invalid("file", refusal.sentence) from refusal
        return CleanPicture(whole, plain.width, plain.height, small)


def fit_picture(kind: str, data: bytes, most_side: int) -> CleanPicture:
    """As `clean_picture`, made smaller where a side has more pixels than `most_side`, and without
    a thumbnail; one that moves keeps its size. Raises Invalid("file", ...).
    """
    with _decoding:
        try:
            image = _open(data, (kind.upper(),), MOST_PIXELS)
            moving = _still_moving(kind, data, image.size)
            # Decodes a JPEG of twice the size or more at a fraction of it, still large enough.
            image.draft("RGB", (most_side, most_side))
            plain = _upright(image)
            if moving is None and max(plain.size) > most_side:
                plain = ImageOps.contain(_seen(plain), (most_side, most_side))
            whole = moving or _encode(plain, **_FINE[kind])
        except Invalid as refusal:
            raise Invalid("file", refusal.sentence) from refusal
        return CleanPicture(whole, plain.width, plain.height, b"")


def make_squares(data: bytes, sides: tuple[int, ...]) -> list[bytes]:
    """The middle of a picture as WebP squares of these sides, in pixels, largest side first.

    Nothing of the file is kept but its visible points: no place, no camera, no words, and of
    a moving picture the first moment. Raises Invalid("picture", ...).
    """
    with _decoding:
        image = _open(data, FORMATS, MOST_PIXELS)
        # JPEG can be decoded at a fraction of its size; other formats take no notice.
        image.draft("RGB", (max(sides) * 2, max(sides) * 2))
        plain = _seen(_upright(image))
        fitted = (ImageOps.fit(plain, (s, s), Image.Resampling.LANCZOS) for s in sides)
        return [_encode(one, format="WEBP", quality=_QUALITY, method=4) for one in fitted]


def _open(data: bytes, formats: tuple[str, ...], most_pixels: int) -> Image.Image:
    """The picture before a single point is decoded: a small file can claim to be a huge one."""
    try:
        image = Image.open(BytesIO(data), formats=formats)
    except Image.DecompressionBombError as error:
        raise _too_many_points(most_pixels) from error
    except Exception as error:
        raise Invalid("picture", "This file is no JPEG, PNG, GIF, WebP or AVIF picture.") from error
    if image.width * image.height > most_pixels:
        raise _too_many_points(most_pixels)
    return image


def _still_moving(kind: str, data: bytes, size: tuple[int, int]) -> bytes | None:
    """The whole moving picture, or None for one that stands still or is too much of a film."""
    if kind not in ("gif", "webp", "png"):
        return None
    try:
        if not getattr(Image.open(BytesIO(data), formats=(kind.upper(),)), "is_animated", False):
            return None
        moving = strip_moving(kind, data)
        again = Image.open(BytesIO(moving.data), formats=(kind.upper(),))
    except Exception:
        # Its first moment can still be good: whether it is shows when that is decoded.
        return None
    points = again.width * again.height * moving.frame_count
    fits = moving.frame_count <= MOST_FRAMES and points <= MOST_MOVING_PIXELS
    return moving.data if fits and again.size == size else None


def _upright(image: Image.Image) -> Image.Image:
    """Its points alone, upright, in sRGB: as palette, grey, RGB or RGBA.

    Decoders fail in a hundred ways on broken files, each with an exception of its own.
    """
    try:
        image.load()
    except Exception as error:
        raise Invalid("picture", "This picture is damaged and cannot be read.") from error
    # What is broken in what stands beside the points breaks no picture.
    with suppress(Exception):
        image = ImageOps.exif_transpose(image)
    try:
        return _points_alone(_in_srgb(image))
    except Exception as error:
        raise Invalid("picture", "This picture is damaged and cannot be read.") from error


def _in_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile", b"")
    if profile and len(profile) <= _MOST_PROFILE_BYTES and image.mode in ("RGB", "RGBA", "CMYK"):
        out = "RGBA" if image.mode == "RGBA" else "RGB"
        with suppress(Exception):
            theirs = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(image, theirs, _SRGB, outputMode=out)
            if converted is not None:
                return converted
    return image


def _points_alone(image: Image.Image) -> Image.Image:
    """The same points in a picture that carries nothing else."""
    if image.mode.startswith(("I", "F")):
        # Sixteen bits a point, which no browser shows.
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode == "P":
        bare = image.copy()
        bare.info = {k: v for k, v in image.info.items() if k == "transparency"}
        return bare
    if image.mode not in ("1", "L", "LA", "RGB", "RGBA"):
        image = image.convert("RGBA" if "A" in image.getbands() else "RGB")
    if "transparency" in image.info:
        image = image.convert("RGBA")
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    return bare


def _seen(image: Image.Image) -> Image.Image:
    """As WebP takes it: RGB, or RGBA where something is seen through."""
    has_alpha = "A" in image.getbands() or "transparency" in image.info
    return image.convert("RGBA" if has_alpha else "RGB")


def _encode(image: Image.Image, **how: Any) -> bytes:
    if how["format"] in ("WEBP", "AVIF", "JPEG") and image.mode not in ("L", "RGB", "RGBA"):
        image = _seen(image)
    if how["format"] == "JPEG" and image.mode == "RGBA":
        image = image.convert("RGB")
    out = BytesIO()
    image.save(out, **how)
    return out.getvalue()


def _too_many_points(most_pixels: int) -> Invalid:
    return Invalid("picture", f"A picture has at most {most_pixels // 1_000_000} megapixels.")

"""Pictures that move, rid of all but what is seen: taken apart and put together, not decoded.

Decoding and writing a film of pictures anew costs seconds and colours; its container is simple.
Whatever stands in it beside the pictures (words, places, foreign data, anything behind the end)
is left out. Sources: the GIF89a specification, https://developers.google.com/speed/webp/docs/
riff_container, https://www.w3.org/TR/png-3/.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

_PNG_KEPT = {b"IHDR", b"PLTE", b"tRNS", b"acTL", b"fcTL", b"fdAT", b"IDAT", b"IEND"}
_WEBP_KEPT = {b"VP8X", b"ANIM", b"ANMF"}
_WEBP_FRAME_KEPT = {b"ALPH", b"VP8 ", b"VP8L"}
# Of VP8X's flags: moves, has alpha. Those for EXIF, XMP and colour profile go.
_WEBP_FLAGS = 0x02 | 0x10
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


@dataclass(frozen=True, slots=True)
class Moving:
    """A moving picture, and how many pictures follow one another in it."""

    data: bytes
    frame_count: int


def strip_moving(kind: str, data: bytes) -> Moving:
    """The same moving picture (GIF, WebP or PNG) without anything else.

    Raises ValueError where it is broken.
    """
    try:
        return _STRIPPERS[kind](data)
    except (IndexError, struct.error) as error:
        raise ValueError("it ends too early") from error


def _strip_gif(data: bytes) -> Moving:
    flags = data[10]
    at = 13 + (3 << ((flags & 7) + 1) if flags & 0x80 else 0)
    width, height = struct.unpack_from("<HH", data, 6)
    kept, frame_count = [b"GIF89a", data[6:at]], 0
    while data[at] != 0x3B:
        if data[at] == 0x2C:
            end = _end_of_frame(data, at, width, height)
            frame_count += 1
        elif data[at] == 0x21:
            end = _end_of_blocks(data, at + 2)
        else:
            raise ValueError("it holds what no picture holds")
        is_control = data[at] == 0x21 and data[at + 1] == 0xF9 and data[at + 2] == 4
        is_loop = data[at + 1] == 0xFF and data[at + 3 : at + 14] in _LOOPS
        if data[at] == 0x2C or is_control:
            kept.append(data[at:end])
        elif is_loop and data[at + 14] == 3:
            kept.append(data[at : at + 18] + b"\0")
        at = end
    return Moving(b"".join([*kept, b";"]), frame_count)


def _end_of_frame(data: bytes, at: int, width: int, height: int) -> int:
    left, top, across, down = struct.unpack_from("<HHHH", data, at + 1)
    if left + across > width or top + down > height:
        raise ValueError("a frame reaches beyond the picture")
    flags = data[at + 9]
    colours = 3 << ((flags & 7) + 1) if flags & 0x80 else 0
    return _end_of_blocks(data, at + 10 + colours + 1)


def _end_of_blocks(data: bytes, at: int) -> int:
    while data[at]:
        at += data[at] + 1
    return at + 1


def _strip_webp(data: bytes) -> Moving:
    size = struct.unpack_from("<I", data, 4)[0]
    kept, frame_count = [], 0
    for name, body in _riff_chunks(data[12 : 8 + size]):
        if name not in _WEBP_KEPT:
            continue
        if name == b"VP8X":
            body = bytes([body[0] & _WEBP_FLAGS]) + body[1:10]
        elif name == b"ANMF":
            parts = [part for part in _riff_chunks(body[16:]) if part[0] in _WEBP_FRAME_KEPT]
            body = body[:16] + b"".join(_riff_chunk(*part) for part in parts)
            frame_count += 1
        kept.append(_riff_chunk(name, body))
    whole = b"WEBP" + b"".join(kept)
    return Moving(b"RIFF" + struct.pack("<I", len(whole)) + whole, frame_count)


def _riff_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(data):
        size = struct.unpack_from("<I", data, at + 4)[0]
        if at + 8 + size > len(data):
            raise ValueError("it ends too early")
        yield data[at : at + 4], data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _riff_chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def _strip_png(data: bytes) -> Moving:
    kept, frame_count = [data[:8]], 0
    at = 8
    while True:
        size, name = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + size]
        if len(body) < size:
            raise ValueError("it ends too early")
        if name in _PNG_KEPT:
            crc = struct.pack(">I", zlib.crc32(name + body))
            kept.append(struct.pack(">I", size) + name + body + crc)
        frame_count += name == b"fcTL"
        if name == b"IEND":
            return Moving(b"".join(kept), frame_count)
        at += 12 + size


_STRIPPERS = {"gif": _strip_gif, "webp": _strip_webp, "png": _strip_png}

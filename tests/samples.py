"""Files made by code, small and harmless, or meaning harm."""

import struct
import zipfile
import zlib
from io import BytesIO

from PIL import Image


def picture(
    kind: str = "PNG", size: tuple[int, int] = (60, 40), colour: str = "teal", **how
) -> bytes:
    """A picture of one colour."""
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **how)
    return out.getvalue()


def photograph() -> bytes:
    """A JPEG taken sideways, with words and a place in its EXIF data."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Camera of Bo"
    exif.get_ifd(0x8825)[2] = (48.0, 12.0, 30.0)
    return picture("JPEG", (80, 50), exif=exif, comment=b"secret words")


def film(kind: str = "GIF", size: tuple[int, int] = (40, 30)) -> bytes:
    """A picture that moves: red, green, blue."""
    frames = [Image.new("RGB", size, colour) for colour in ("red", "green", "blue")]
    more = {"comment": b"secret words"} if kind == "GIF" else {}
    out = BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=80, loop=0, **more)
    return out.getvalue()


def bomb(side: int = 60_000) -> bytes:
    """A PNG of some bytes that claims to be huge."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def archive(**entries: str) -> bytes:
    """A ZIP with these files."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in entries.items():
            file.writestr(name.replace("__", "/"), text)
    return out.getvalue()


SVG = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">'
    b"<script>alert(2)</script></svg>"
)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"

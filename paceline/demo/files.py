"""The files of the demonstration board, drawn and written by code."""

import math
from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw

_KM = 301


def _height(km: float) -> float:
    """How high the made-up road of three hundred kilometres lies, in metres."""
    hills = 190 * math.sin(km / 23) ** 2 + 260 * math.exp(-(((km - 205) / 26) ** 2))
    return 80 + hills + 18 * math.sin(km / 3.1)


def profile() -> bytes:
    """The road from the side: a PNG of 1200 × 420 pixels."""
    size, twice = (1200, 420), 2
    image = Image.new("RGB", (size[0] * twice, size[1] * twice), "#fbfaf6")
    draw = ImageDraw.Draw(image)
    across, down = image.size
    low = down - 40 * twice

    def at(km: float) -> tuple[float, float]:
        return km / _KM * across, low - _height(km) / 620 * (low - 30 * twice)

    for metres in range(0, 601, 100):
        y = low - metres / 620 * (low - 30 * twice)
        draw.line([(0, y), (across, y)], "#e4e0d6", twice)
    line = [at(km / 2) for km in range(2 * _KM + 1)]
    draw.polygon([(0, low), *line, (across, low)], "#cfe3df")
    draw.line(line, "#0b6b63", 4 * twice, joint="curve")
    for km in range(50, _KM, 50):
        x, y = at(km)
        draw.ellipse([x - 6 * twice, y - 6 * twice, x + 6 * twice, y + 6 * twice], "#b9660c")
    out = BytesIO()
    image.resize(size, Image.Resampling.LANCZOS).save(out, "PNG")
    return out.getvalue()


def mudguard() -> bytes:
    """A wheel, its mudguard, and where the flap is bolted on: a JPEG."""
    image = Image.new("RGB", (1000, 700), "#fbfaf6")
    draw = ImageDraw.Draw(image)
    for radius, colour, width in ((300, "#3b464c", 14), (270, "#c9c2b2", 6), (24, "#3b464c", 24)):
        draw.ellipse([500 - radius, 420 - radius, 500 + radius, 420 + radius], None, colour, width)
    for n in range(28):
        angle = n * math.tau / 28
        end = (500 + 268 * math.cos(angle), 420 + 268 * math.sin(angle))
        draw.line([(500, 420), end], "#98a2a8", 2)
    draw.arc([170, 90, 830, 750], 200, 340, "#0b6b63", 26)
    draw.rectangle([492, 84, 508, 124], "#b9660c")
    out = BytesIO()
    image.save(out, "JPEG", quality=88)
    return out.getvalue()


def track() -> bytes:
    """The same road as a track that a device can follow: GPX."""
    points = "".join(
        f'<trkpt lat="{60.39 + 0.6 * math.sin(km / 96):.5f}" lon="{5.32 + km / 90:.5f}">'
        f"<ele>{_height(km):.0f}</ele></trkpt>\n"
        for km in range(_KM)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gpx version="1.1" creator="Paceline" xmlns="http://www.topografix.com/GPX/1/1">\n'
        f"<trk><name>My first 300</name><trkseg>\n{points}</trkseg></trk>\n</gpx>\n"
    ).encode()


def list_of_things() -> bytes:
    """What was packed, with its weight in grams: plain text."""
    things = {"second light": 85, "rice cakes, 12": 960, "dry socks": 62, "a book": 400}
    lines = [f"{name:<20}{grams:>6} g" for name, grams in things.items()]
    return "\n".join([*lines, f"{'together':<20}{sum(things.values()):>6} g", ""]).encode()


FILES: dict[str, Callable[[], bytes]] = {
    "profile.png": profile,
    "mudguard.jpg": mudguard,
    "first-300.gpx": track,
    "packed.txt": list_of_things,
}

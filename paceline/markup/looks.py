"""Colours, sizes and faces as people write them, to the few that the tree has.

Why few: docs/decisions/colours-that-can-be-read.md.
"""

import re
from functools import lru_cache
from math import atan2, cbrt, cos, degrees, hypot, log, radians, sin
from typing import cast

from paceline.markup import tree

# The colours of CSS by name, six hexadecimal digits each, and two of the old browsers'.
# fmt: off
_NAMES = {
    "aliceblue": "f0f8ff", "antiquewhite": "faebd7", "aqua": "00ffff", "aquamarine": "7fffd4",
    "azure": "f0ffff", "beige": "f5f5dc", "bisque": "ffe4c4", "black": "000000",
    "blanchedalmond": "ffebcd", "blue": "0000ff", "blueviolet": "8a2be2", "brown": "a52a2a",
    "burlywood": "deb887", "cadetblue": "5f9ea0", "chartreuse": "7fff00", "chocolate": "d2691e",
    "coral": "ff7f50", "cornflowerblue": "6495ed", "cornsilk": "fff8dc", "crimson": "dc143c",
    "cyan": "00ffff", "darkblue": "00008b", "darkcyan": "008b8b", "darkgoldenrod": "b8860b",
    "darkgray": "a9a9a9", "darkgreen": "006400", "darkkhaki": "bdb76b", "darkmagenta": "8b008b",
    "darkolivegreen": "556b2f", "darkorange": "ff8c00", "darkorchid": "9932cc",
    "darkred": "8b0000", "darksalmon": "e9967a", "darkseagreen": "8fbc8f",
    "darkslateblue": "483d8b", "darkslategray": "2f4f4f", "darkturquoise": "00ced1",
    "darkviolet": "9400d3", "deeppink": "ff1493", "deepskyblue": "00bfff", "dimgray": "696969",
    "dodgerblue": "1e90ff", "firebrick": "b22222", "floralwhite": "fffaf0",
    "forestgreen": "228b22", "fuchsia": "ff00ff", "gainsboro": "dcdcdc", "ghostwhite": "f8f8ff",
    "gold": "ffd700", "goldenrod": "daa520", "gray": "808080", "green": "008000",
    "greenyellow": "adff2f", "honeydew": "f0fff0", "hotpink": "ff69b4", "indianred": "cd5c5c",
    "indigo": "4b0082", "ivory": "fffff0", "khaki": "f0e68c", "lavender": "e6e6fa",
    "lavenderblush": "fff0f5", "lawngreen": "7cfc00", "lemonchiffon": "fffacd",
    "lightblue": "add8e6", "lightcoral": "f08080", "lightcyan": "e0ffff",
    "lightgoldenrodyellow": "fafad2", "lightgray": "d3d3d3", "lightgreen": "90ee90",
    "lightpink": "ffb6c1", "lightsalmon": "ffa07a", "lightseagreen": "20b2aa",
    "lightskyblue": "87cefa", "lightslategray": "778899", "lightsteelblue": "b0c4de",
    "lightyellow": "ffffe0", "lime": "00ff00", "limegreen": "32cd32", "linen": "faf0e6",
    "magenta": "ff00ff", "maroon": "800000", "mediumaquamarine": "66cdaa",
    "mediumblue": "0000cd", "mediumorchid": "ba55d3", "mediumpurple": "9370db",
    "mediumseagreen": "3cb371", "mediumslateblue": "7b68ee", "mediumspringgreen": "00fa9a",
    "mediumturquoise": "48d1cc", "mediumvioletred": "c71585", "midnightblue": "191970",
    "mintcream": "f5fffa", "mistyrose": "ffe4e1", "moccasin": "ffe4b5", "navajowhite": "ffdead",
    "navy": "000080", "oldlace": "fdf5e6", "olive": "808000", "olivedrab": "6b8e23",
    "orange": "ffa500", "orangered": "ff4500", "orchid": "da70d6", "palegoldenrod": "eee8aa",
    "palegreen": "98fb98", "paleturquoise": "afeeee", "palevioletred": "db7093",
    "papayawhip": "ffefd5", "peachpuff": "ffdab9", "peru": "cd853f", "pink": "ffc0cb",
    "plum": "dda0dd", "powderblue": "b0e0e6", "purple": "800080", "rebeccapurple": "663399",
    "red": "ff0000", "rosybrown": "bc8f8f", "royalblue": "4169e1", "saddlebrown": "8b4513",
    "salmon": "fa8072", "sandybrown": "f4a460", "seagreen": "2e8b57", "seashell": "fff5ee",
    "sienna": "a0522d", "silver": "c0c0c0", "skyblue": "87ceeb", "slateblue": "6a5acd",
    "slategray": "708090", "snow": "fffafa", "springgreen": "00ff7f", "steelblue": "4682b4",
    "tan": "d2b48c", "teal": "008080", "thistle": "d8bfd8", "tomato": "ff6347",
    "turquoise": "40e0d0", "violet": "ee82ee", "wheat": "f5deb3", "white": "ffffff",
    "whitesmoke": "f5f5f5", "yellow": "ffff00", "yellowgreen": "9acd32",
}
# fmt: on
_NAMES |= {name.replace("gray", "grey"): code for name, code in _NAMES.items() if "gray" in name}

_COLOUR = re.compile(
    r"#(?P<six>[0-9a-f]{6})(?:[0-9a-f]{2})?(?![0-9a-f])|#(?P<three>[0-9a-f]{3,4})(?![0-9a-f])"
    r"|(?P<bare>[0-9a-f]{6})(?![0-9a-z])"
    r"|rgba?\(\s*(?P<r>\d{1,3})\s*,?\s*(?P<g>\d{1,3})\s*,?\s*(?P<b>\d{1,3})\b"
    r"|(?P<name>[a-z]{3,20})(?![a-z])",
    re.IGNORECASE | re.ASCII,
)
# Below this much colour a colour is a grey; above it 15 degrees of hue can be told apart.
_GREY_CHROMA = 0.035
# What is nearly black or nearly white was meant as ordinary text, on light or on dark.
_BLACK, _WHITE = 0.35, 0.93


@lru_cache(maxsize=1024)
def ink_of(typed: str) -> tree.Ink | None:
    """The colour for `red`, `#c00`, `#cc0000`, `rgb(204, 0, 0)`; None for no colour.

    What follows a colour is left out, so that no style sheet can be brought along.
    """
    match = _COLOUR.match(_bare(typed))
    if match is None:
        return None
    if match["r"]:
        red, green, blue = (min(255, int(match[part])) for part in "rgb")
        return _nearest(red, green, blue)
    digits = match["six"] or match["bare"] or _NAMES.get((match["name"] or "").lower())
    if match["three"]:
        digits = "".join(2 * digit for digit in match["three"][:3])
    if digits is None:
        return None
    return _nearest(*bytes.fromhex(digits))


def colour_in(typed: str) -> str | None:
    """What is typed of a colour, without what follows it; None where it is none."""
    match = _COLOUR.match(_bare(typed))
    return match[0] + (")" if match["r"] else "") if match and ink_of(typed) else None


def _bare(typed: str) -> str:
    return typed.strip().strip("\"'").lstrip()


def _nearest(red: int, green: int, blue: int) -> tree.Ink:
    lightness, chroma, hue = oklch(red, green, blue)
    if chroma < _GREY_CHROMA:
        return "grey" if _BLACK < lightness < _WHITE else "text"
    return cast(tree.Ink, str(round(hue / 15) * 15 % 360))


def oklch(red: int, green: int, blue: int) -> tuple[float, float, float]:
    """Lightness (0 to 1), chroma and hue (0 to 360) of a colour given by three bytes.

    B. Ottosson, A perceptual color space for image processing (2020), as in CSS Color 4.
    """
    r, g, b = (_linear(part / 255) for part in (red, green, blue))
    long = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    middle = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    short = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    one = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    two = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return lightness, hypot(one, two), degrees(atan2(two, one)) % 360


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def colour_of(ink: tree.Ink) -> str:
    """A colour that `ink_of` takes for this one, as people write it."""
    if ink in ("text", "grey"):
        return "black" if ink == "text" else "grey"
    one, two = (0.1 * part(radians(int(ink))) for part in (cos, sin))
    long = (0.7 + 0.3963377774 * one + 0.2158037573 * two) ** 3
    middle = (0.7 - 0.1055613458 * one - 0.0638541728 * two) ** 3
    short = (0.7 - 0.0894841775 * one - 1.2914855480 * two) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    return "#" + bytes(round(255 * _curve(part)) for part in linear).hex()


def _curve(part: float) -> float:
    part = min(1.0, max(0.0, part))
    return 12.92 * part if part <= 0.0031308 else float(1.055 * part ** (1 / 2.4) - 0.055)


# The seven sizes of HTML, which vBulletin's are, as parts of ordinary text: 16 pixels, 12 points.
_STEPS = {"1": 0.625, "2": 0.8125, "3": 1.0, "4": 1.125, "5": 1.5, "6": 2.0, "7": 3.0}
_SIZE_NAMES = {
    "xx-small": "1",
    "x-small": "1",
    "tiny": "1",
    "small": "2",
    "smaller": "2",
    "medium": "3",
    "normal": "3",
    "large": "4",
    "larger": "4",
    "x-large": "5",
    "xx-large": "6",
    "huge": "6",
    "xxx-large": "7",
}
_SIZE = re.compile(
    r"(?P<sign>[+-]?)(?P<number>\d{1,4}(?:\.\d{1,4})?)\s*(?P<unit>px|pt|%|r?em|ex)?(?![\w.])",
    re.IGNORECASE | re.ASCII,
)
# A number without a unit: up to 7 a step, from here on a share in percent (phpBB offers 50 to
# 200), between them pixels.
_PERCENT_FROM = 40
_UNITS = {"px": 16.0, "pt": 12.0, "%": 100.0, "em": 1.0, "rem": 1.0, "ex": 2.0}


@lru_cache(maxsize=1024)
def size_of(typed: str) -> tree.Size | None:
    """The step for `5`, `+1`, `12px`, `14pt`, `150%`, `1.2em`, `150`, `large`; None for none."""
    typed = _bare(typed).lower()
    if typed in _SIZE_NAMES:
        return cast(tree.Size, _SIZE_NAMES[typed])
    match = _SIZE.match(typed)
    if match is None:
        return None
    number, unit = float(match["number"]), match["unit"]
    if match["sign"]:
        step = 3 + round(-number if match["sign"] == "-" else number)
        return cast(tree.Size, str(max(1, min(7, step))))
    if unit is None and number <= 7:
        return cast(tree.Size, str(max(1, round(number))))
    part = number / _UNITS[unit or ("%" if number >= _PERCENT_FROM else "px")]
    wanted = log(max(part, 0.01))
    return cast(tree.Size, min(_STEPS, key=lambda step: abs(log(_STEPS[step]) - wanted)))


_FACES: tuple[tuple[tree.Face, str], ...] = (
    ("mono", r"mono|courier|consolas|console|menlo|typewriter|fixed|terminal|inconsolata"),
    ("hand", r"comic|cursive|script|hand|papyrus|chalk|marker|brush|bradley|lucida calligraphy"),
    ("sans", r"sans|arial|verdana|helvetica|tahoma|trebuchet|geneva|calibri|segoe|roboto|impact"),
    ("serif", r"serif|times|georgia|garamond|palatino|antiqua|cambria|century|bookman|roman"),
)
_FACE = re.compile("|".join(f"(?P<{face}>{words})" for face, words in _FACES), re.IGNORECASE)


@lru_cache(maxsize=1024)
def face_of(typed: str) -> tree.Face | None:
    """The face for a list of fonts, by the first one that is known; None for none."""
    for font in typed[:200].split(","):
        if match := _FACE.search(font):
            return cast(tree.Face, match.lastgroup)
    return None

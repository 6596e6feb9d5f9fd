"""Colours, sizes and faces: which class each becomes, and that each class can be read."""

import re
from math import cos, pi, sin
from pathlib import Path
from typing import get_args

import pytest

from paceline.markup import tree
from paceline.markup.code_colours import CLASSES
from paceline.markup.looks import face_of, ink_of, oklch, size_of

STATIC = Path(__file__).parents[2] / "paceline" / "static" / "paceline"
THEMES = ("light", "dark")


@pytest.mark.parametrize(
    ("typed", "ink"),
    [
        *(("red", "30"), ("RED", "30"), ("#f00", "30"), ("#FF0000", "30"), ("ff0000", "30")),
        *(("#ff0000ff", "30"), ("rgb(255,0,0)", "30"), ("rgba(255, 0, 0, 0.5)", "30")),
        *(("blue", "270"), ("green", "135"), ("yellow", "105"), ("orange", "75")),
        *(("darkgrey", "grey"), ("gray", "grey"), ("silver", "grey"), ("#777", "grey")),
        *(("black", "text"), ("white", "text"), ("#000000", "text"), ("#fefefe", "text")),
        *(("red;background:url(x)", "30"), (' "red"', "30"), ("#f4f4C3 barf", "105")),
        *(("", None), ("redish", None), ("#12345", None), ("expression(1)", None), ("<b>", None)),
        ("url(http://a.b)", None),
    ],
)
def test_colours(typed, ink):
    assert ink_of(typed) == ink


@pytest.mark.parametrize(
    ("typed", "size"),
    [
        *(("1", "1"), ("3", "3"), ("7", "7"), ("0", "1"), ("+2", "5"), ("-1", "2"), ("+99", "7")),
        *(("16px", "3"), ("12pt", "3"), ("10pt", "2"), ("36pt", "7"), ("24", "5"), ("16", "3")),
        *(("100%", "3"), ("150", "5"), ("200", "6"), ("50", "1"), ("1.5em", "5"), ("9999", "7")),
        *(("x-small", "1"), ("LARGE", "4"), ("'5'", "5"), ("5;color:red", "5"), ("0px", "1")),
        *(("", None), ("big", None), ("1e9", None), ("12345678", None), ("3.5.1", None)),
    ],
)
def test_sizes(typed, size):
    assert size_of(typed) == size


@pytest.mark.parametrize(
    ("typed", "face"),
    [
        *(("Arial", "sans"), ("Times New Roman", "serif"), ("Georgia", "serif")),
        *(("Courier New", "mono"), ("Comic Sans MS", "hand"), ("Lucida Console", "mono")),
        *(("sans-serif", "sans"), ("Helvetica Neue, serif", "sans"), ("Nonesuch, mono", "mono")),
        *(("Nonesuch", None), ("", None)),
    ],
)
def test_faces(typed, face):
    assert face_of(typed) == face


# Contrast: WCAG 2.2, 1.4.3 (AA). OKLCH as in CSS Color 4, colours outside sRGB clipped.


def _bytes(code: str) -> tuple[float, ...]:
    return tuple(part / 255 for part in bytes.fromhex(code))


def _shown(lightness: float, chroma: float, hue: float) -> tuple[float, ...]:
    one, two = chroma * cos(hue * pi / 180), chroma * sin(hue * pi / 180)
    long = (lightness + 0.3963377774 * one + 0.2158037573 * two) ** 3
    middle = (lightness - 0.1055613458 * one - 0.0638541728 * two) ** 3
    short = (lightness - 0.0894841775 * one - 1.2914855480 * two) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    return tuple(_curve(min(1.0, max(0.0, part))) for part in linear)


def _curve(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else float(1.055 * part ** (1 / 2.4) - 0.055)


def _luminance(colour: tuple[float, ...]) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: tuple[float, ...], two: tuple[float, ...]) -> float:
    dark, light = sorted((_luminance(one), _luminance(two)))
    return (light + 0.05) / (dark + 0.05)


def _mixed(one: tuple[float, ...], two: tuple[float, ...], share: float) -> tuple[float, ...]:
    return tuple(a * share + b * (1 - share) for a, b in zip(one, two, strict=True))


def tokens_of(theme: str) -> dict[str, tuple[float, ...]]:
    """The colours of the theme, and the grounds that words of members stand on."""
    sheet = (STATIC / "tokens.css").read_text()
    found = re.findall(r"--([a-z-]+): light-dark\(#([0-9a-f]{6}), #([0-9a-f]{6})\)", sheet)
    colours = {name: _bytes(light if theme == "light" else dark) for name, light, dark in found}
    card, paper = colours["card"], colours["paper"]
    washes = {
        name: int(share) / 100
        for name, share in re.findall(
            r"--([a-z-]+): color-mix\(in srgb, var\(--[a-z]+\) (\d+)%", sheet
        )
    }
    return colours | {
        "on card": card,
        "on paper": paper,
        "in a head": _mixed(colours["ink"], card, washes["hover"]),
        "in a head on paper": _mixed(colours["ink"], paper, washes["hover"]),
        "led to": _mixed(colours["amber"], card, washes["amber-wash"]),
        "mentioned": _mixed(colours["accent"], card, washes["accent-wash"]),
    }


GROUNDS = ("on card", "on paper", "in a head", "in a head on paper", "led to", "mentioned")


@pytest.mark.parametrize("theme", THEMES)
def test_every_colour_can_be_read_on_every_ground(theme):
    tokens = tokens_of(theme)
    sheet = (STATIC / "text.css").read_text()
    name = f"ink-on-{theme}"
    light = re.search(rf"--{name}: ([0-9.]+);", (STATIC / "tokens.css").read_text())
    chroma = re.search(rf"oklch\(var\(--{name}\) ([0-9.]+) var\(--hue\)\)", sheet)
    assert light is not None
    assert chroma is not None
    hues = dict(re.findall(r"\.ink-(\d+) \{ --hue: (\d+); \}", sheet))
    assert set(hues) | {"text", "grey"} == set(get_args(tree.Ink))
    of_code = dict(re.findall(r"\.hl-([a-z]+) \{ --hue: (\d+); \}", sheet))
    assert set(of_code) | {"comment"} == set(CLASSES)
    hues |= of_code

    inks = {
        name: _shown(float(light[1]), float(chroma[1]), float(hue)) for name, hue in hues.items()
    }
    inks |= {"text": tokens["ink"], "grey": tokens["soft"]}
    for ink, colour in inks.items():
        for ground in GROUNDS:
            assert contrast(colour, tokens[ground]) >= 4.5, (ink, ground)


def test_the_hue_is_the_one_that_was_typed():
    for hue in range(0, 360, 15):
        colour = [round(part * 255) for part in _shown(0.7, 0.09, hue)]
        assert ink_of("#" + bytes(colour).hex()) == str(hue)
        assert abs(oklch(*colour)[1] - 0.09) < 0.01


def test_contrast_is_counted_as_the_rule_says():
    assert contrast((0, 0, 0), (1, 1, 1)) == pytest.approx(21)
    grey = _bytes("777777")
    assert contrast(grey, (1, 1, 1)) == pytest.approx(4.48, abs=0.01)

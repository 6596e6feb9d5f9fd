"""A site's own sheet, and what the look promises of its own."""

import re
from pathlib import Path

import pytest

from paceline.web.jinja import theme_sheet

ROOT = Path(__file__).resolve().parents[2]
SHEETS = sorted((ROOT / "paceline" / "static" / "paceline").glob("*.css"))
TOKENS = ROOT / "paceline" / "static" / "paceline" / "tokens.css"


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """WCAG 2.2, 1.4.3: from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def colours(scheme):
    found = re.findall(
        r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);", TOKENS.read_text(encoding="utf-8")
    )
    return {name: (light, dark)[scheme] for name, light, dark in found}


def test_a_site_has_a_sheet_of_its_own_only_where_it_put_one(tmp_path):
    assert theme_sheet(tmp_path / "theme") == ""
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme" / "theme.css").write_text(":root { --accent: #123456 }")
    assert theme_sheet(tmp_path / "theme") == "/static/theme/theme.css"


@pytest.mark.slow
def test_every_page_links_the_sheet_last(machine_with_theme):
    page = machine_with_theme.ask("/").body.decode()
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
    assert re.fullmatch(r"/static/theme/theme\.\w{12}\.css", sheets[-1])
    sheet = machine_with_theme.ask(sheets[-1]).body.decode()
    assert "#123456" in sheet
    assert re.search(r"banner\.\w{12}\.webp", sheet)


@pytest.fixture
def machine_with_theme(tmp_path, django_db_setup):
    from tests.machine import new_machine

    with new_machine(tmp_path) as machine:
        folder = machine.data / "theme"
        folder.mkdir(parents=True)
        (folder / "theme.css").write_text(
            ':root { --accent: #123456 } .top { background: url("banner.webp") }'
        )
        (folder / "banner.webp").write_bytes(b"RIFF")
        with machine.serving("--upgrade"):
            yield machine


@pytest.mark.parametrize("scheme", [0, 1], ids=("light", "dark"))
@pytest.mark.parametrize("ground", ["paper", "card"])
@pytest.mark.parametrize("text", ["ink", "soft", "accent", "danger"])
def test_text_stands_out_from_its_ground(scheme, ground, text):
    palette = colours(scheme)
    assert contrast(palette[text], palette[ground]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=("light", "dark"))
@pytest.mark.parametrize("ground", ["accent", "danger"])
def test_text_on_buttons_stands_out(scheme, ground):
    palette = colours(scheme)
    assert contrast(palette[f"on-{ground}"], palette[ground]) >= 4.5


def test_the_letters_of_drawn_avatars_stand_out():
    parts = (TOKENS.parent / "parts.css").read_text(encoding="utf-8")
    hues = re.findall(r"\.hue-(\d) \{\s+background: (#\w{6});", parts)
    assert [int(number) for number, _ in hues] == list(range(8))
    assert min(contrast("#ffffff", colour) for _, colour in hues) >= 4.5


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_sheets_know_no_left_and_no_right(sheet):
    """But a phone's notch (`env(safe-area-inset-left)`), and the side that a writer asked for."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.S)
    text = re.sub(r'(?:\.align-|\[align=")(?:left|right)\b[^{]*\{ text-align: \w+; \}', "", text)
    text = text.replace("safe-area-inset-left", "").replace("safe-area-inset-right", "")
    assert not re.findall(r"(?<![\w-])(?:[\w-]+-)?(?:left|right)\b[^;{]*", text)


def test_the_documented_properties_are_those_that_there_are():
    documented = set(
        re.findall(r"`(--[\w-]+)`", (ROOT / "docs" / "theming.md").read_text(encoding="utf-8"))
    )
    there = set(re.findall(r"^\s+(--[\w-]+):", TOKENS.read_text(encoding="utf-8"), re.M))
    internal = {"--bar", "--accent-wash", "--amber-wash", "--danger-wash"}
    assert documented == there - internal

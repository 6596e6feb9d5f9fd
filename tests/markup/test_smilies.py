import pytest

from paceline.markup.emoji import emoji_names
from paceline.markup.options import CustomSmilie, Options
from paceline.markup.render import render
from tests.markup.checks import assert_sound


@pytest.mark.parametrize(
    ("source", "emoji"),
    [
        *((":bike:", "🚲"), (":+1:", "👍"), (":-1:", "👎"), (":Strawberry:", "🍓")),
        *((":rolleyes:", "🙄"), (":?", "😕"), ("8-)", "😎"), ("<3", "❤️"), (":lol::lol:", "😂")),
        *(("12:bike: no, :bike:!", "🚲"), ("10:30:bike:", ""), ("x:bike:", ""), (":bike:s", "")),
        *((":nonesuch:", ""), ("1:2:3", ""), ("::", ""), ("8-)x", "")),
    ],
)
def test_smilies_and_emoji_by_name(source, emoji):
    html = assert_sound(source).html
    assert ("smilie" in html) is bool(emoji)
    assert emoji in html


def test_smilies_of_the_board_come_first():
    own = (
        CustomSmilie(":)", emoji="🚴", name="rider"),
        CustomSmilie(":crash:", picture="/media/smilies/12.png"),
        CustomSmilie("[lol]", emoji="😂"),
    )
    html = render(":) :crash: [lol]", Options(custom_smilies=own)).html
    assert html == (
        '<p><span class="smilie" role="img" aria-label="rider">🚴</span> '
        '<img class="smilie" src="/media/smilies/12.png" alt=":crash:" loading="lazy"'
        ' referrerpolicy="no-referrer"> '
        '<span class="smilie" role="img" aria-label="[lol]">😂</span></p>'
    )
    assert render(":crash:", Options(custom_smilies=own, smilies=False)).text == ":crash:"


def test_a_blank_is_no_code():
    own = (
        CustomSmilie("", emoji="😂"),
        CustomSmilie(" ", emoji="😂"),
        CustomSmilie("\n", emoji="😂"),
    )
    assert render("x\n\ny z", Options(custom_smilies=own)).html == "<p>x</p><p>y z</p>"


def test_a_picture_of_a_smilie_is_a_path_of_the_board():
    own = (CustomSmilie(":x:", picture="//evil.example/x.png"),)
    with pytest.raises(ValueError, match="address"):
        render(":x:", Options(custom_smilies=own))


def test_names_of_emoji_are_what_can_stand_between_colons():
    names = emoji_names()
    assert len(names) > 2_500
    assert all(name == name.lower() and ":" not in name and " " not in name for name in names)
    assert all(
        shown and not shown.isascii() for name, shown in names.items() if "keycap" not in name
    )

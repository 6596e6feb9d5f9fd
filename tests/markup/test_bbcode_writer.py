from typing import get_args

import pytest
from hypothesis import given

from paceline.markup import tree
from paceline.markup.bbcode_writer import to_bbcode
from paceline.markup.looks import colour_of, ink_of
from paceline.markup.render import Options, parse, render
from tests.markup.meaning import meaning_of
from tests.markup.sources import SOURCES


def again(source: str, language: str = "bbcode") -> str:
    return to_bbcode(parse(source, language=language).document)


@pytest.mark.parametrize(
    "source",
    [
        *("[b]x[/b] [i]y[/i] [sub]z[/sub]", "[color=red]x[/color]", "[size=5]x[/size]"),
        *("[url=http://a.example/?x[]=1]y[/url]", "http://a.example/x", "me@a.example"),
        *("[tt]x[/tt]", ":) :bike:", "www.a.example", "http://a.example/" + "x" * 60),
        *("[email=a@b.example]x[/email]", '[img alt="A bike"]http://a.example/x.png[/img]'),
        *("@bo", '@"Cy Old"', "[icode][b]x[/b][/icode]", "[noparse][b]x[/b][/noparse] y"),
        *("[h2]x[/h2]y", "[code=python]x = [1][/code]", "[quote=Bo;5]x\n\ny[/quote]z", "a[hr]b"),
        *("[list=a start=3][*]x[*]y[list][*]z[/list][/list]", "[spoiler=A \"b\"]x[/spoiler]"),
        *("[center]x[/center]", "[indent]x[/indent]", "x\ny\n\nz", "[attach]12[/attach]"),
        "[table][tr][th]1[/th][/tr][tr][td align=right colspan=2]2[/td][/tr][/table]",
        "[video]https://youtu.be/dQw4w9WgXcQ[/video]",
        "[thread=12]x[/thread] [post]5[/post] [ispoiler]y[/ispoiler]",
        "[noparse][/nobbc][/code][b][/noparse]",
    ],
)  # fmt: skip
def test_bb_code_comes_back_as_it_was(source):
    assert meaning_of(render(again(source)).html) == meaning_of(render(source).html)


@pytest.mark.parametrize(
    ("source", "bbcode"),
    [
        ("**x** *y* ~~z~~ `a`", "[b]x[/b] [i]y[/i] [s]z[/s] [icode]a[/icode]"),
        ("# T\n\n1. x\n2. y", "[h1]T[/h1]\n\n[list=1]\n[*]x\n\n[*]y\n\n[/list]"),
        ("[w](http://a.example)", "[url=http://a.example]w[/url]"),
        ("```python\nx\n```", "[code=python]x\n[/code]"),
        ("\\[b]x\\[/b]", "[noparse][b]x[/b][/noparse]"),
    ],
)
def test_markdown_becomes_bb_code(source, bbcode):
    assert again(source, "markdown") == bbcode


def test_a_name_keeps_to_itself_what_follows_it():
    assert again("[mention]bo[/mention]:) @cy says, [mention]di[/mention]x") == (
        '@"bo":) @cy says, @"di"x'
    )


def test_quotes_can_be_left_out():
    document = parse("[quote=Bo]x[quote]y[/quote][/quote]z").document
    assert to_bbcode(document, with_quotes=False) == "z"


@pytest.mark.parametrize("ink", get_args(tree.Ink))
def test_a_colour_is_written_so_that_it_is_read_as_the_same(ink):
    assert ink_of(colour_of(ink)) == ink


@given(SOURCES)
def test_what_is_written_holds_the_same_words(source):
    """Behind a tag a sign may be a smilie that behind an address was none, so those are words."""

    def words(text: str) -> str:
        without = Options(smilies=False)
        runs = meaning_of(render(text, without).html)
        return "".join(run.words for run in runs if not run.link).replace('"', "")

    written = to_bbcode(parse(source, Options(smilies=False)).document)
    assert words(written) == words(source)

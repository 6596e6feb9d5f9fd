"""Four times the source is about four times the work, whatever it is. A square is sixteen."""

import gc
from time import process_time

import pytest

from paceline.markup.render import Facts, quote_source, render
from tests.steps import steps

# Each is repeated: openings without ends, ends without openings, half tags, what looks like more.
UNITS = [
    *("a", "x\n", "x\n\n", "[b]x[/b]", "[b]", "[b", "[", "]", "[/b]", "[i][/b]", "[b][i]x[/b][/i]"),
    *("[quote]", "[quote]x[/quote]", '[quote="a;1"]x', '[quote="\\"', "[url=", '[url="', "[url=[]"),
    *("[url=http://a]", "[url]", "[img]", "[code]", "[noparse]", "[list]", "[*]"),
    *("[list][*]x[/list]", "http://a", "http://a ", "http://a)", "http://", "www.a.b ", "www."),
    *("@", '@"', "@ab ", "@a.", ":) ", ":", "(", ")", "&", "<", "\xa0", "\\", "[spoiler]x", "[q "),
    *("http://1.2.3.999/ ", "[color=red]", "[color=red]x[/color]", "[size=1]x\n\n", "[center]"),
    *("[table]", "[td]", "[tr][td]x", "[table][td]x[/table]", "[attach]", "[attach]1[/attach]"),
    *(
        "[user=1]",
        "[mention]bo[/mention]",
        "[video]",
        "[youtube]",
        "[img=http://a]",
        "[h1]",
        "[hr]",
    ),
    *(
        "[c:1]",
        "[/c:1]",
        "[b:1]",
        '[b "',
        '[b "a',
        '[q a="',
        "[anchor=x]",
        "[url=#x]x",
        "[ispoiler]",
    ),
    *("[code=python]", "[highlight=php]", "[/b:1f4coh9x]", "[url=http://a b", "[member=bo]", "[a="),
]
NESTED = [
    ("[b]", "[/b]"),
    ("[quote]", "[/quote]"),
    ("[list][*]", "[/list]"),
    ("[spoiler]", "[/spoiler]"),
    ("[quote][b]", "[/quote][/b]"),
    ("[url=http://a.b]", "[/url]"),
    ("[img]", ""),
    ("[color=red][color=blue]", "[/color][/color]"),
    ("[center]", "[/center]"),
    ("[indent=5]", "[/indent]"),
    ("[table][tr][td]", "[/td][/tr][/table]"),
    ("[h1]", "[/h1]"),
]


def _assert_linear(make, characters: int = 3_000) -> None:
    few = steps(render, make(characters))
    many = steps(render, make(4 * characters))
    assert many < 4.5 * few + 500


@pytest.mark.parametrize("unit", UNITS)
def test_work_grows_with_the_source(unit):
    _assert_linear(lambda n: unit * (n // len(unit)))


@pytest.mark.parametrize(("opening", "closing"), NESTED)
def test_work_grows_with_the_depth(opening, closing):
    def nest(characters: int) -> str:
        depth = characters // len(opening + closing)
        return opening * depth + "x" + (closing * depth or "[/img]")

    _assert_linear(nest)


@pytest.mark.slow
def test_fifty_thousand_nested_tags_are_no_matter():
    for opening, closing in NESTED[:5]:
        rendered = render(opening * 50_000 + "x" + closing * 50_000)
        assert rendered.html.count("x") == 1
        assert len(rendered.html) < 2_000


def test_a_link_over_many_paragraphs_does_not_grow_without_end():
    source = f"[b][url=http://a.example/{'c' * 1900}]" + "x\n\n" * 20_000 + "[/url][/b]"

    assert len(render(source).html) < 3_000_000


@pytest.mark.slow
def test_a_megabyte_of_anything_is_read_in_seconds():
    """Under one on a core of its own; the bound is for machines that do other things as well."""
    for unit in ("x\n\n", "[b]x[/b]\n\n", "[list][*]x[*]y[/list]", "[quote=Bo;5]x[/quote]", "@bo "):
        began = process_time()
        render(unit * (1_000_000 // len(unit)))
        assert process_time() - began < 4
    assert gc.isenabled()


def test_quoting_a_post_grows_with_it_too():
    def quote(count: int) -> int:
        nested = "[quote]" * count + "x" + "[/quote]" * count + "[code]" * count
        return steps(quote_source, "Bo", 7, nested)

    assert quote(4_000) < 4.5 * quote(1_000) + 500


@pytest.mark.parametrize("language", ["bbcode", "markdown"])
def test_after_very_many_names_they_are_words(language):
    """A name is six times as long as a link: the post would be as much longer."""
    rendered = render("@ab " * 3_000, language=language, facts=Facts(members={"ab": "/m/1/ab/"}))

    assert rendered.html.count("<a ") == 1_000
    assert rendered.html.count("@ab") == 3_000

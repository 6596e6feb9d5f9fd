"""Four times the source takes about four times the time, whatever it is. A square takes sixteen."""

import time

import pytest

from paceline.markup.render import quote_source, render

# Each is repeated: openings without ends, ends without openings, half tags, what looks like more.
UNITS = [
    *("a", "x\n", "x\n\n", "[b]x[/b]", "[b]", "[b", "[", "]", "[/b]", "[i][/b]", "[b][i]x[/b][/i]"),
    *("[quote]", "[quote]x[/quote]", '[quote="a;1"]x', '[quote="\\"', "[url=", '[url="', "[url=[]"),
    *("[url=http://a]", "[url]", "[img]", "[code]", "[noparse]", "[list]", "[*]"),
    *("[list][*]x[/list]", "http://a", "http://a ", "http://a)", "http://", "www.a.b ", "www."),
    *("@", '@"', "@ab ", "@a.", ":) ", ":", "(", ")", "&", "<", "\xa0", "\\", "[spoiler]x", "[q "),
    "http://1.2.3.999/ ",
]
NESTED = [
    ("[b]", "[/b]"),
    ("[quote]", "[/quote]"),
    ("[list][*]", "[/list]"),
    ("[spoiler]", "[/spoiler]"),
    ("[quote][b]", "[/quote][/b]"),
    ("[url=http://a.b]", "[/url]"),
    ("[img]", ""),
]


def _seconds(source: str) -> float:
    start = time.process_time()
    render(source)
    return time.process_time() - start


def _assert_linear(make, characters: int = 30_000) -> None:
    for _ in range(5):
        few = _seconds(make(characters))
        many = _seconds(make(4 * characters))
        if many < 8 * few + 0.02:
            return
    pytest.fail(f"{few:.3f} s became {many:.3f} s with four times as much")


@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_the_source(unit):
    _assert_linear(lambda n: unit * (n // len(unit)))


@pytest.mark.parametrize(("opening", "closing"), NESTED)
def test_time_grows_with_the_depth(opening, closing):
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


def test_quoting_a_post_grows_with_it_too():
    start = time.process_time()
    quote_source("Bo", 7, "[quote]" * 50_000 + "x" + "[/quote]" * 50_000 + "[code]" * 50_000)
    assert time.process_time() - start < 5

import gzip
import json
from xml.etree import ElementTree

import pytest

from paceline.markup.markdown_writer import to_markdown
from paceline.markup.quoting import quote_source
from paceline.markup.render import Options, QuoteRef, parse, render, write
from tests.markup.markdown_meaning import meaning

BREAKS = Options(breaks=True)


def rewritten(source: str, language: str = "markdown") -> str:
    return to_markdown(parse(source, BREAKS, language=language).document, breaks=True)


@pytest.mark.parametrize(
    "source",
    [
        "*a* **b** ~~c~~ `` d`e ``",
        "*a*_b_",
        "# A *b*\n\n## C",
        "a\nb\n\nc",
        "- a\n- b\n  - c\n- d",
        "- a\n\n- b",
        "1. a\n2. b\n\n1) c",
        "- [ ] a\n- [x] b",
        "> **Bo** [wrote](/p/7/):\n>\n> a\n>\n> > b",
        "```` python\n```\n````",
        "::: spoiler A b\n\nc\n\n::: spoiler\n\nd\n\n:::\n\n:::",
        "a ||b|| c",
        "- ::: spoiler A\n\n  b\n\n  :::\n\n- c",
        '[a](http://a.org/?b=(c "d") ![e](http://f.org/g.png "h") ![i](attachment:12)',
        "http://a.org www.b.org <c@d.org> http://e.org/f_g_",
        "| a | b |\n|:--|:-:|\n| c \\| d | `e\\|f` |",
        "a[^1]\n\n[^1]: b\n\n    c",
        "***\n\na",
        "*a*\n\n***\n\nb",
        "bicycles.example.org b c.com/d",
        r"\*a\* \_b\_ \[c](d) \<b> \&amp; \@bo \:) http\://a.org a\.com \|\|x\|\|",
        "\\# a\n\\- b\n\\> c\n1\\. d\n\\:::\n\\=",
        '@bo @"Ada L" :)',
        "snake_case a*b a\\*",
    ],
)
def test_what_is_written_reads_as_it_was(source):
    first = render(source, BREAKS, language="markdown").html
    again = render(rewritten(source), BREAKS, language="markdown").html

    assert meaning(again) == meaning(first)


def test_the_examples_of_commonmark_read_as_they_were(shared):
    path = shared / "corpora" / "markdown" / "commonmark_spec.json"
    cases = json.loads(path.read_text(encoding="utf-8"))["cases"]
    differing = []
    for case in cases:
        parsed = parse(case["markdown"], BREAKS, language="markdown")
        again = render(rewritten(case["markdown"]), BREAKS, language="markdown")
        if meaning(again.html) != meaning(write(parsed).html):
            differing.append(case["example"])

    # Blanks at the beginnings of lines of HTML, line ends in headings, styles within words.
    assert len(differing) < 30, differing


def test_bb_code_is_quoted_in_markdown_and_keeps_its_words():
    source = '[b]a*[/b] [color=red]b[/color] [url=http://a.org]c[/url]\n[quote="Di;3"]d[/quote][code]*e*[/code][list][*]f[/list]'
    quote = quote_source("Bo", 7, source, into="markdown")

    assert quote == (
        "> **Bo** [wrote](/p/7/):\n>\n> **a\\*** b [c](http://a.org)\n>\n"
        "> ```\n> *e*\n> ```\n>\n> - f"
    )


@pytest.mark.parametrize(
    "name",
    ["Bo", "a*b_c", "[x](y)", "Bo] **x**", "  A\nB ", "@bo :) a.com", "\\", "<b>&amp;", "||x||"],
)
@pytest.mark.parametrize("language", ["bbcode", "markdown", "plain"])
def test_any_name_is_safe_in_a_quote_of_markdown(name, language):
    quote = quote_source(name, 7, "x", language=language, into="markdown")

    assert parse(quote, BREAKS, language="markdown").quotes == (
        QuoteRef(" ".join(name.split()), 7),
    )
    assert not parse(quote, language="markdown").mentions


def test_a_quote_ends_where_it_ends():
    source = "```\na\n\n::: spoiler\n\n> x\n\nb[^1] <div>\n\n[^1]: n"
    for language in ("markdown", "plain", "bbcode"):
        quote = quote_source("Bo", 7, source, language=language, into="markdown")
        document = parse(f"{quote}\n\nmine", BREAKS, language="markdown").document

        assert len(document.children) == 2
        assert render(f"{quote}\n\nmine", BREAKS, language="markdown").text == "mine"


def test_markdown_is_quoted_in_bb_code_with_its_looks():
    quote = quote_source(
        "Bo", 7, "*a* [b](http://c.org)\n\n> d\n\n[i]e[/i] [/noparse]", language="markdown"
    )
    rendered = render(quote + "mine")

    assert rendered.quotes == (QuoteRef("Bo", 7),)
    assert rendered.text == "mine"
    assert quote == (
        '[quote="Bo;7"][i]a[/i] [url=http://c.org]b[/url]\n\n'
        "[nobbc][i]e[/i] [/noparse][/nobbc][/quote]"
    )


@pytest.mark.slow
def test_the_posts_of_a_real_board_are_quoted_with_all_their_words(shared):
    """Markdown of 1,443 questions and answers, written by people who never saw this program."""
    path = shared / "corpora" / "load" / "bicycles.meta.stackexchange" / "PostHistory.xml.gz"
    differing = []
    with gzip.open(path) as rows:
        sources = [row.get("Text", "") for _, row in ElementTree.iterparse(rows) if _is_text(row)]
    for source in sources:
        first = parse(source, BREAKS, language="markdown")
        again = parse(to_markdown(first.document, breaks=True), BREAKS, language="markdown")
        if first.text.split() != again.text.split():
            differing.append(source)

    assert len(sources) > 1_400
    assert len(differing) < len(sources) / 200, differing[:5]


def _is_text(row: ElementTree.Element) -> bool:
    """Whether this revision is the first text of a post."""
    return row.get("PostHistoryTypeId") == "2" and bool(row.get("Text"))

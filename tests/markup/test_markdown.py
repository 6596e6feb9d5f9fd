import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paceline.markup.quoting import quote_source
from paceline.markup.render import Options, QuoteRef, parse, render
from tests.markup.checks import assert_safe, assert_sound

REL = 'rel="nofollow ugc noopener"'


def html_of(source: str, **options: object) -> str:
    made = render(source, Options(**options), language="markdown").html  # type: ignore[arg-type]
    assert_safe(made)
    return made


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("*a* **b** ~~c~~ `d`", "<em>a</em> <strong>b</strong> <del>c</del> <code>d</code>"),
        ("[b]x[/b]", "[b]x[/b]"),
        ("<b>x</b> <script>y</script>", "&lt;b&gt;x&lt;/b&gt; &lt;script&gt;y&lt;/script&gt;"),
        ("[x](/t/5/)", '<a href="/t/5/">x</a>'),
        ("[x](www.a.org)", f'<a href="http://www.a.org" {REL}>x</a>'),
        ('[x](javascript:y "z")', '[x](javascript:y "z")'),
        ("[x](//a.org) [y](foo)", "[x](//a.org) [y](foo)"),
        ("![x](data:image/png;base64,AA)", "![x](data:image/png;base64,AA)"),
        ("[](http://a.org)", f'<a href="http://a.org" {REL}>http://a.org</a>'),
        ("<a@b.org>", f'<a href="mailto:a@b.org" {REL}>a@b.org</a>'),
        (
            "see http://a.org/b_c_d.",
            f'see <a href="http://a.org/b_c_d" {REL}>http://a.org/b_c_d</a>.',
        ),
        ("a &amp; b &#10; c", "a &amp; b   c"),
    ],
)
def test_what_stands_in_a_line(source, html):
    assert html_of(source) == f"<p>{html}</p>"


def test_line_ends_count_where_the_board_wants_it():
    assert html_of("a\nb") == "<p>a\nb</p>"
    assert html_of("a\nb", breaks=True) == "<p>a<br>b</p>"


def test_markdown_switched_off_is_plain_text():
    assert html_of("*a* http://a.org", markdown=False).startswith("<p>*a* <a ")


def test_pictures_are_links_where_the_board_shows_none():
    assert html_of("![x](http://a.org/b.png)", images=False) == (
        f'<p><a href="http://a.org/b.png" {REL}>x</a></p>'
    )


def test_a_picture_without_words_is_called_by_its_file():
    assert 'alt="b.png"' in html_of("![](http://a.org/b.png)")


@pytest.mark.parametrize(
    "address",
    [
        "https://a.org/pkg/__init__.py",
        "http://a.org/_b_/*c*/~d~/e",
        "www.a.org/_b_c",
        "a.org/_b_/c",
        "https://en.a.org/wiki/B_(c)_d",
        "https://a.org/__init__",
    ],
)
def test_nothing_in_an_address_is_emphasis(address):
    href = address if "://" in address else f"http://{address}"
    link = f'<a href="{href}" {REL}>{address}</a>'
    assert html_of(address) == f"<p>{link}</p>"
    assert html_of(f"`{address}` [x]({href}) <{href}>") == (
        f'<p><code>{address}</code> <a href="{href}" {REL}>x</a>'
        f' <a href="{href}" {REL}>{href}</a></p>'
    )


def test_an_address_may_be_emphasised_itself():
    link = f'<a href="http://a.org/b" {REL}>http://a.org/b</a>'
    for mark, name in (("*", "em"), ("_", "em"), ("**", "strong"), ("~~", "del")):
        assert html_of(f"{mark}http://a.org/b{mark}") == f"<p><{name}>{link}</{name}></p>"
        assert html_of(f"{mark}x{mark} (http://a.org/b) {mark}y{mark}").count(f"<{name}>") == 2
    assert html_of("[a](http://a.org/b)*c*").endswith("</a><em>c</em></p>")


def test_a_name_may_begin_and_end_with_a_line():
    assert parse("@_bo_ and *@ada*", language="markdown").mentions == ("_bo_", "ada")


# Names, smilies, and how to keep them from being any


def test_names_are_mentioned_and_a_backslash_keeps_them_from_it():
    assert parse('@bo and @"Ada L"', language="markdown").mentions == ("bo", "Ada L")
    assert html_of(r"\@bo \:) http\://a.org") == "<p>@bo :) http://a.org</p>"
    assert not parse(r"\@bo `@ada`", language="markdown").mentions


def test_code_keeps_its_backslashes():
    assert html_of(r"`\@bo` `\||x||`") == r"<p><code>\@bo</code> <code>\||x||</code></p>"
    assert r"\:)" in html_of("```\n\\:)\n```")


def test_smilies_are_switched_off_with_an_option():
    assert "🙂" in html_of(":)")
    assert html_of(":)", smilies=False) == "<p>:)</p>"


# Quotes


def quotes_of(source, **options):
    return parse(source, Options(**options), language="markdown").quotes


@pytest.mark.parametrize("line_end", ["\n> ", "\n>\n> ", "\n"])
def test_a_quote_names_its_author_and_its_post(line_end):
    source = f"> **Bo \\*x\\* &amp; \\@me** [wrote](/p/7/):{line_end}Hi"

    assert quotes_of(source) == (QuoteRef("Bo *x* & @me", 7),)
    made = html_of(source)
    assert '<cite><a href="/p/7/">Bo *x* &amp; @me</a> wrote:</cite><p>Hi</p>' in made
    assert not parse(source, language="markdown").mentions


def test_a_quote_may_name_its_author_or_its_post_alone():
    assert quotes_of("> **Bo** wrote:\n> Hi") == (QuoteRef("Bo", None),)
    assert quotes_of("> [Quoted post](/p/7/):\n> Hi") == (QuoteRef("", 7),)
    assert quotes_of("> Hi") == (QuoteRef("", None),)


def test_posts_are_known_by_the_boards_own_hosts_too():
    source = "> **Bo** [wrote](https://b.example/p/7/):\n> Hi"

    assert quotes_of(source, own_hosts=("b.example",)) == (QuoteRef("Bo", 7),)
    assert quotes_of(source) == (QuoteRef("", None),)


@pytest.mark.parametrize(
    "line",
    [
        "**Bo** [wrote](/t/7/):",
        "**Bo** [wrote](/p/0/):",
        "**Bo** [wrote](/p/7/): more",
        "**Bo** said:",
        "**Bo**",
        "*Bo* wrote:",
        "Well, **Bo** wrote:",
    ],
)
def test_other_first_lines_are_what_is_quoted(line):
    assert quotes_of(f"> {line}\n> Hi") == (QuoteRef("", None),)


# Spoilers and hidden words


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (">! a", "<p>a</p>"),
        (">! a\nb", "<p>a\nb</p>"),
        (">!a!<", "<p>a</p>"),
        (">! a\n>! b\n> c", "<p>a\nb\nc</p>"),
        (">! - a\n>! - b", "<ul><li>a</li><li>b</li></ul>"),
        ("::: spoiler\na\n\nb\n:::", "<p>a</p><p>b</p>"),
        ("::: spoiler\n- a\n:::", "<ul><li>a</li></ul>"),
        ("::: spoiler\na", "<p>a</p>"),
    ],
)
def test_spoilers_are_folded_away(source, html):
    assert html_of(source) == (
        f'<details class="spoiler"><summary>Spoiler</summary>{html}</details>'
    )


def test_what_follows_a_spoiler_is_not_in_it():
    for source in (">! a\n\nb", "::: spoiler\na\n:::\nb"):
        assert html_of(source).endswith("<p>a</p></details><p>b</p>")


def test_a_spoiler_has_a_title_and_stands_in_quotes_and_in_spoilers():
    source = "> ::: SPOILER The *end*\n> a\n> ::: spoiler\n> b\n> :::\n> c\n> :::\n> d"

    assert html_of(source) == (
        '<blockquote class="quote"><details class="spoiler"><summary>The *end*</summary><p>a</p>'
        '<details class="spoiler"><summary>Spoiler</summary><p>b</p></details><p>c</p></details>'
        "<p>d</p></blockquote>"
    )


def test_a_spoiler_stands_in_an_item_of_a_list():
    source = "- ::: spoiler\n  a\n\n  b\n  :::\n- c"
    assert html_of(source) == (
        '<ul><li><details class="spoiler"><summary>Spoiler</summary><p>a</p><p>b</p></details></li>'
        "<li><p>c</p></li></ul>"
    )
    assert html_of("    - ::: spoiler") == "<pre><code>- ::: spoiler\n</code></pre>"


def test_spoilers_in_code_are_code():
    source = "```\n>! a\n::: spoiler b\n:::\n```"
    assert html_of(source) == "<pre><code>&gt;! a\n::: spoiler b\n:::\n</code></pre>"
    assert html_of("    ::: spoiler b") == "<pre><code>::: spoiler b\n</code></pre>"
    assert html_of("<div>\n::: spoiler b\n</div>") == (
        "<p>&lt;div&gt;<br>::: spoiler b<br>&lt;/div&gt;</p>"
    )


def test_colons_that_end_nothing_are_words():
    assert html_of("a\n:::\nb") == "<p>a</p><p>:::</p><p>b</p>"


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("||a *b*||", '<span class="hidden-words" tabindex="0">a <em>b</em></span>'),
        ("a || b || c", "a || b || c"),
        ("||a", "||a"),
        ("||||", "||||"),
        (r"\||a||", "||a||"),
        ("*||a||*", '<em><span class="hidden-words" tabindex="0">a</span></em>'),
        ("||a *b|| c*", "||a <em>b|| c</em>"),
    ],
)
def test_hidden_words(source, html):
    assert html_of(source) == f"<p>{html}</p>"


# Attachments, footnotes, tables, tasks


def test_attachments_are_pictures_or_links_to_a_number():
    parsed = parse("![a *b*](attachment:12) [c](attachment:3)", language="markdown")

    assert parsed.attachments == (12, 3)
    assert parsed.text == "a b c"


def test_footnotes_are_numbered_as_the_text_calls_them():
    made = html_of("a[^x] b[^y] c[^x]\n\n[^y]: two\n\n[^x]: one [^z]\n\n[^z]: three\n\n[^q]: none")

    assert [made.index(f">{word}") for word in ("one", "two", "three")] == sorted(
        made.index(f">{word}") for word in ("one", "two", "three")
    )
    assert "none" not in made
    assert made.count("↩") == 4
    assert html_of("[^1]") == "<p>[^1]</p>"


def test_a_footnote_that_calls_itself_is_written_once():
    assert html_of("a[^1]\n\n[^1]: b [^1]").count("<li") == 1


def test_tables_have_sides_and_heads():
    made = html_of("| a | b |\n|---|:-:|\n| c |")
    assert "<th>a</th>" in made
    assert '<td align="center"></td>' in made


@pytest.mark.parametrize(
    "source",
    [
        "|\ta\t|\tb\t|\n|\t---\t|\t---\t|\n|\tc\t|\td\t|",
        "a|b\n-|-\nc|d",
        "| a | b |\n|-|-|\n| c | d |",
    ],
)
@pytest.mark.parametrize("before", ["", "words\n", "# words\n", "> "])
def test_tables_are_found_as_on_github(source, before):
    source = source.replace("\n", "\n> ") if before == "> " else source
    made = html_of(before + source)
    assert made.count("<th>") == made.count("<td>") == 2
    assert ("words" in made) == ("words" in before)


def test_a_table_of_one_column_needs_colons_or_bars():
    assert "<table>" in html_of("| a |\n:-:\n| b |")
    assert "<table>" not in html_of("| a |\n---\n| b |")
    assert "<table>" not in html_of("a|b\n---|\nc|d")


def test_code_that_looks_like_a_table_stays_as_it_is():
    assert "x\na|b\n-\t|-" in html_of("```\nx\na|b\n-\t|-\n```")
    assert "x\na|b\n-\t|-" in html_of("    x\n    a|b\n    -\t|-\n")


def test_words_beyond_the_columns_of_a_table_are_kept():
    made = html_of("|" + "a|" * 150 + "\n|" + "-|" * 150 + "\n|" + "b|" * 150)

    assert made.count("<th") == 101  # with <thead>
    assert made.count("a</") == 150
    assert made.count("b</") == 150


def test_tasks_are_ticked_or_not():
    made = html_of("- [ ] a\n- [x] b")
    assert 'aria-label="to do">☐' in made
    assert 'aria-label="done">☑' in made


@pytest.mark.parametrize("code", ["#2", "#6", "#x1b", "#xD800", "#0", "#127", "#x202e"])
def test_entities_make_no_controls(code):
    source = f'>! a\n\n[x&{code};](/y "z&{code};") <!--&{code};0--> \\<!--&{code};0--> `&{code};`'
    made = render(source, language="markdown")

    assert_safe(made.html)
    assert not [c for c in made.html + made.text if c < " " and c != "\n"]


# Bounds


@pytest.mark.parametrize("source", ["", " ", "&nbsp;", "#", ">", "```\n```", "[a]: /b", "\u200b"])
def test_a_text_in_which_nothing_can_be_seen_is_empty(source):
    assert render(source, language="markdown").is_empty


def test_deep_nesting_is_flattened_and_keeps_its_words():
    for source in ("> " * 40 + "a", "- " * 40 + "a", "*a " * 40 + "*" * 40, ">" * 5_000 + "a"):
        made = html_of(source)
        assert "a" in made
        assert made.count("<blockquote") <= 10
        assert made.count("<ul") <= 15


def test_depth_and_length_together_are_no_matter():
    source = "> " * 100_000 + "a\n" + "b\n" * 100_000
    before = time.process_time()
    render(source, language="markdown")
    assert time.process_time() - before < 3


def test_a_very_long_text_is_shown_as_typed_from_some_line_on():
    made = html_of("- a\n" * 150_000 + "*end*\n")

    assert "is shown as it was typed.</p><pre><code>" in made
    assert made.endswith("*end*\n</code></pre>")


@pytest.mark.parametrize(
    "unit", ["[^1] ", "||a|| ", "[x](http://a.org) ", "@bo ", ":) ", ">! a\n\n", "::: spoiler\n"]
)
def test_what_is_ours_is_bounded(unit):
    source = unit * (200_000 // len(unit)) + "\n\n[^1]: x"
    assert len(html_of(source)) < 12 * len(source)


# Whatever is typed

PIECES = [
    *("*", "**", "_", "~~", "`", "```\n", "[", "](", "](/x)", "]", "(", ")", "<", ">", "> ", ">! "),
    *("!", "![", "\n", "\n\n", "    ", "- ", "1. ", "- [ ] ", "|", "||", "|-|-|\n", "| a | b |\n"),
    *("::: spoiler x\n", ":::\n", "[^1]", "[^1]: ", "\n[^1]: ", "@bo", "@", '"', ":)", "a.org"),
    *(
        "http://a.org/",
        "a@b.org",
        "<b>",
        "<!--",
        "-->",
        "<script>",
        "&amp;",
        "&#0;",
        "&#2;",
        "&#6;",
    ),
    *("&#x3A;", "\\", "# ", "===\n", "---\n", "a", "b c", "é", "\u200b", "\u00a0", "\t", "\x06"),
    *("](attachment:2)", "> **Bo** [wrote](/p/7/):\n", "javascript:", 'x" onload="y', "\x02", "$"),
    *("<!--\x020-->", "[a]: /b\n", "[a]", "\ud800", "<div>\n", "<http://c.d>", "~~~\n"),
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text())
def test_nothing_that_is_typed_is_unsafe_or_an_error(source):
    assert_sound(source, "markdown")


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_a_quote_of_anything_ends_before_the_reply(source):
    for language in ("markdown", "bbcode", "plain"):
        for into in ("markdown", "bbcode"):
            quote = quote_source("Bo", 7, source, language=language, into=into)
            made = render(f"{quote}\n\nmine", Options(breaks=True), language=into)
            assert made.text == "mine"

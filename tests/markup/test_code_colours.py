from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paceline.markup.code_colours import CLASSES, LEXERS, MAX_CHARS, MAX_LINE_CHARS, coloured
from paceline.markup.languages import LANGUAGES
from paceline.markup.render import render
from tests.markup.checks import assert_sound


def test_code_has_its_words_in_colours():
    html = assert_sound("[code=python]def f(x):  # <b>\n    return 'a'[/code]").html
    assert html == (
        '<pre><code class="language-python"><span class="hl-keyword">def</span> '
        '<span class="hl-name">f</span>(x):  <span class="hl-comment"># &lt;b&gt;</span>\n    '
        '<span class="hl-keyword">return</span> <span class="hl-string">\'a\'</span></code></pre>'
    )


def test_code_without_a_language_or_of_one_without_colours_is_plain():
    assert "hl-" not in render("[code]def f(): return 1[/code]").html
    assert "hl-" not in render("[code=text]def f(): return 1[/code]").html


def test_the_last_line_needs_no_line_end():
    assert list(coloured("-x\n+y", "diff")) == [("removed", "-x"), ("", "\n"), ("added", "+y")]


def test_every_lexer_is_for_a_language_that_can_be_named():
    assert set(LEXERS) <= LANGUAGES
    for language in LEXERS:
        assert dict(coloured("x = 1\n", language))


@given(st.sampled_from(sorted(LEXERS)), st.text(max_size=200))
def test_nothing_of_the_code_is_lost_or_added(language, text):
    pieces = list(coloured(text, language))
    assert "".join(piece for _, piece in pieces) == text
    assert {name for name, _ in pieces} <= {"", *CLASSES}


@pytest.mark.slow
@pytest.mark.parametrize("language", sorted(set(LEXERS.values())))
def test_the_longest_code_that_is_coloured_takes_no_second(language):
    """The lexers of Java and C# need three; a new version of Pygments may bring such a one."""
    for unit in ("a\n", "a ", "{{", "<!--", '\\"', "m{", "<?", 'r#"'):
        line = unit if "\n" in unit else unit * (MAX_LINE_CHARS // len(unit) - 1) + "\n"
        code = line * (MAX_CHARS // len(line))
        began = process_time()
        list(coloured(code, language))
        assert process_time() - began < 1.5


def test_very_long_code_and_very_long_lines_stay_plain():
    assert len(list(coloured("x = 1\n" * MAX_CHARS, "python"))) == 1
    assert len(list(coloured("x = 1;" * MAX_LINE_CHARS, "python"))) == 1
    assert len(list(coloured("\n" * 5_000 + "x = 1", "python"))) == 1
    assert render("[code=python]x = 1\n[/code]" * 5_000).html.count("hl-") < 10_000

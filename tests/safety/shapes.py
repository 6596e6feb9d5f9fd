"""Texts that make careless readers slow: one thing over and over, left open, nested, crossed."""

import json
from collections.abc import Callable
from pathlib import Path

# Repeated as they are.
BB_UNITS = (
    *(
        "[list][*]",
        "[url]http://a.example[/url]",
        "[img]http://a.example/b.png[/img]",
        "[size=7]x",
        "x\n",
        "x\n\n",
        "[b]x[/b]",
        "[b]",
        "[/b]",
        "[b",
        "[",
        "]",
        "[]",
        "[[",
        "[/",
        "[b][i]x[/b][/i]",
    ),
    *(
        "[i][/b]",
        "[b]x[i]y[/b]z[/i]",
        "[color=red]",
        "[color=red]x",
        "[color=red]x[/color]",
        "[size=1]x",
    ),
    *("[b][color=red][size=2][font=Arial]x\n\n", "[quote]", "[quote]x[/quote]", '[quote="a;1"]x'),
    *(
        '[quote="\\"',
        "[quote=",
        "[/quote]",
        "[quote][list][*]",
        "[list]",
        "[*]",
        "[list][*]x[/list]",
    ),
    *(
        "[list][*]x\n",
        "[table]",
        "[tr]",
        "[td]",
        "[table][tr][td]x",
        "[tr][td]x[/td][/tr]",
        "[/td]",
    ),
    *(
        "[table][tr][td]x[/td][/tr][/table]",
        "[code]",
        "[code]x[/code]",
        "[code=python]x",
        "[noparse]",
    ),
    *("[code=python]def f(): return '\n[/code]", "[url]", "[url=", '[url="', "[url=http://a.b]"),
    *(
        "[url]http://a.b[/url]",
        "[url=http://a.b]x[/url]",
        "[img]",
        "[img]http://a.b/c[/img]",
        "[email]",
    ),
    *(
        "[attach]1[/attach]",
        "[attach]",
        "[spoiler]x",
        "[spoiler]",
        "[center]x",
        "[center]",
        "[indent]x",
    ),
    *("[center]x[/center]", "[left][right]x", "[video]", "[youtube]aaaaaaaaaaa[/youtube]", "[hr]"),
    *(
        "[video]http://youtu.be/aaaaaaaaaaa[/video]",
        "[anchor=a]",
        "[anchor=a]x[/anchor]",
        "[goto=a]x",
    ),
    *(
        "[thread=1]x[/thread]",
        "[post]1[/post]",
        "[member=a]",
        "[sub]x",
        "[sup][sub]",
        "[h1]x",
        "[h=2]x\n",
    ),
    *(
        "[highlight]x",
        "[footnote]x[/footnote]",
        "[*][*][/list]",
        "[q ",
        '[b="',
        '[quote="a" x="y" ',
        "[nosuch]",
        "[nosuch=a]x[/nosuch]",
        "[b]x\n\n[/b]",
        "[quote=a]\n[b]x\n\n",
    ),
)
WORD_UNITS = (
    *(
        "word ",
        "http://a.example/ ",
        "www.a.example ",
        "a",
        "ab ",
        "http://a",
        "http://a ",
        "http://a)",
        "http://",
        "http://1.2.3.999/ ",
        "www.a.b ",
    ),
    *(
        "www.",
        "@",
        '@"',
        "@ab ",
        "@a.",
        "@ab@",
        '@"ab" ',
        ":) ",
        ":",
        ":D",
        ":a:",
        "::",
        "(",
        ")",
        "&",
    ),
    *(
        "<",
        ">",
        '"',
        "'",
        "\xa0",
        "\\",
        "\n",
        " ",
        "\t",
        "\r",
        "\x00",
        "\u200b",
        "\u0301",
        "🙂",
        "a@b.co ",
    ),
    *(
        "http://youtu.be/aaaaaaaaaaa\n\n",
        "http://own.example/t/1/ ",
        "://",
        "//",
        "#",
        "#a ",
        ".",
        "a.b",
    ),
)
MARKDOWN_UNITS = (
    *(
        "**x",
        "_a_",
        "``x",
        ">x\n",
        "- x\n",
        "1. x\n",
        "# x\n",
        "|a",
        "~~x",
        "[x](",
        "[x](y)",
        "![x](y)",
        "*",
        "**",
        "*a ",
        "a* ",
        "**a ",
        "a** ",
        "*a*",
        "_a ",
        "a_ ",
        "*a_ ",
        "*a **b ",
        "a**b",
        "***a",
    ),
    *(
        "~~a ",
        "~~",
        "`",
        "`a",
        "``a`",
        "`a``",
        "```\n",
        "~~~\n",
        "[",
        "]",
        "[a",
        "a]",
        "![",
        "[a](",
        "[](",
        "[a](b",
        "[a](<b",
        "[a](b)",
        "[a]()",
        "![a](b",
        "[a][",
        "[a][b]",
        "[a]: b\n",
        "[a]: <b\n",
        "[ (](",
        "[[]",
    ),
    *(
        "[a]: http://a.b 'x\n",
        "[^1]",
        "[^a]: x\n",
        "[^1]: x\n\n",
        "^[a",
        "<a@",
        "<http://",
        "<http://a.b>",
    ),
    *(
        "<",
        "<a ",
        "<!",
        "<!--",
        "<?",
        "<![CDATA[",
        "<a b=",
        '<a b="',
        "</",
        "&",
        "&amp",
        "&amp;",
        "&#",
        "&#1;",
    ),
    *(
        "> ",
        ">",
        ">\n",
        "> a\n",
        ">> a\n",
        "> a\n\n",
        "- ",
        "-",
        "- a\n",
        "- a\n\n",
        "* a\n",
        "+ ",
        "1. a\n",
    ),
    *(
        "1. ",
        "1) a\n\n",
        " - a\n",
        "  - a\n",
        "    a\n",
        "\ta\n\n",
        "# ",
        "# a\n",
        "#",
        "a\n=\n",
        "a\n-\n",
    ),
    *(
        "---\n",
        "***\n\n",
        "|",
        "| a ",
        "|a|b|\n|-|-|\n",
        "|a|\n",
        "a|b\n-|-\n",
        "|-|-|\n",
        "- [ ] a\n",
    ),
    *(
        "||a|| ",
        "||",
        ">! a\n",
        "\\",
        "\\\n",
        "a  \n",
        "a\\\n",
        "a\n",
        "a\n\n",
        "==a== ",
        "++",
        "{{",
        "\\[",
    ),
    *(
        "![](attachment:1)",
        "[a](/p/1/) ",
        "x\n> y\n",
        "* a\n  > b\n",
        "- - - ",
        "> - ",
        "\n>",
        "* * a",
        "_",
    ),
)
# Opened so many times and closed as often.
BB_NESTED = (
    *(
        ("[b]", "[/b]"),
        ("[quote]", "[/quote]"),
        ("[list][*]", "[/list]"),
        ("[spoiler]", "[/spoiler]"),
    ),
    *(("[quote][b]", "[/quote][/b]"), ("[url=http://a.b]", "[/url]"), ("[color=red]", "[/color]")),
    *(
        ("[b][i][u]", "[/u][/i][/b]"),
        ("[size=1][color=red]", "[/color][/size]"),
        ("[center]", "[/center]"),
    ),
    *(("[table][tr][td]", "[/td][/tr][/table]"), ("[indent]", "[/indent]"), ("[sub]", "[/sub]")),
    *(("[color=red]x", "[/color]"), ("[b]x[i]", "[/b][/i]"), ("[highlight]", "[/highlight]")),
    *(
        ("[spoiler][quote][list][*][center][table][tr][td]", ""),
        ("[b][color=red][quote]", "[/quote]x"),
    ),
    *(
        ("[quote=a]x", "y[/quote]"),
        ("[noparse]", "[/noparse]"),
        ("[code]", "[/code]"),
        ("[img]", "[/img]"),
    ),
)
MARKDOWN_NESTED = (
    *(
        ("*a **a ", " a** a*"),
        ("[", "](b)"),
        ("![", "](b)"),
        ("> ", ""),
        ("- ", ""),
        ("1. ", ""),
        ("~~a ", " a~~"),
    ),
    *(
        ("[a](", ")"),
        ("(", ")"),
        ("||a ", " a||"),
        ("**", "**"),
        ("_a ", " a_"),
        ("[^", "]"),
        ("<", ">"),
    ),
    *(("*", "*"), ("`", "`"), ("> - ", ""), ("[![", "](a)](b)"), ("[a]", "[b]"), ("<b>", "</b>")),
)


def _repeated(unit: str) -> Callable[[int], str]:
    return lambda characters: unit * (characters // len(unit))


def _nested(opening: str, closing: str) -> Callable[[int], str]:
    def make(characters: int) -> str:
        depth = characters // len(opening + closing)
        return opening * depth + "x" + closing * depth

    return make


def _backticks(characters: int) -> str:
    """Runs of backticks, each longer than the last."""
    runs = []
    length = 1
    while characters > 0:
        runs.append("e" + "`" * length)
        characters -= length + 1
        length += 1
    return "".join(runs)


def _deeper(characters: int) -> str:
    """A list in which each item stands deeper than the last."""
    lines = []
    depth = 0
    while characters > 0:
        lines.append("  " * depth + "* a")
        characters -= 2 * depth + 4
        depth += 1
    return "\n".join(lines)


def _lines_of(start: str) -> Callable[[int], str]:
    """Each line begun with one more of it than the last."""

    def make(characters: int) -> str:
        lines = []
        depth = 1
        while characters > 0:
            lines.append(start * depth + "a")
            characters -= len(start) * depth + 2
            depth += 1
        return "\n".join(lines)

    return make


def _wide_table(characters: int) -> str:
    """Half of it a head of very many columns, half rows that have one each."""
    columns = characters // 10
    return "|a" * columns + "|\n" + "|-" * columns + "|\n" + "|x|\n" * (characters // 8)


def _references(characters: int) -> str:
    """One long address, called by a word of one letter over and over."""
    return f"[a]: http://a.b/{'c' * min(1900, characters // 4)}\n\n" + "[a]" * (characters // 4)


def _notes(characters: int) -> str:
    """One footnote, called over and over."""
    return "[^1]: x\n\n" + "[^1]" * (characters // 4)


def _styled_paragraphs(characters: int) -> str:
    return f"[b][url=http://a.example/{'c' * 1900}]" + "x\n\n" * (characters // 3) + "[/url][/b]"


def _deep_paragraphs(characters: int) -> str:
    """Many styles at once, over many paragraphs."""
    opened = "".join(
        f"[{tag}]" for tag in ("b", "i", "u", "s", "sub", "color=red", "size=1", "font=Arial")
    )
    return opened * (characters // 200) + "x\n\n" * (characters // 6)


Shapes = dict[str, Callable[[int], str]]


def shapes_of(language: str) -> Shapes:
    """Each by its name: gives a text of about so many characters."""
    units = {"bbcode": BB_UNITS, "markdown": MARKDOWN_UNITS, "plain": ()}[language] + WORD_UNITS
    nested = {"bbcode": BB_NESTED, "markdown": MARKDOWN_NESTED, "plain": ()}[language]
    shapes: Shapes = {f"{unit!r} repeated": _repeated(unit) for unit in units}
    shapes.update(
        {
            f"{opening!r} {closing!r} nested": _nested(opening, closing)
            for opening, closing in nested
        }
    )
    if language == "markdown":
        shapes.update(
            {
                "runs of backticks": _backticks,
                "deeper items": _deeper,
                "deeper quotes": _lines_of(">"),
                "longer blanks": _lines_of(" "),
                "longer stars": _lines_of("*"),
                "a wide table": _wide_table,
                "one reference": _references,
                "one footnote": _notes,
            }
        )
    if language == "bbcode":
        shapes["styled paragraphs"] = _styled_paragraphs
        shapes["very styled paragraphs"] = _deep_paragraphs
    return shapes


def recipes(shared: Path) -> Shapes:
    """The shapes of the corpora, made as long as asked for."""
    cases = json.loads((shared / "corpora/markdown/pathological.json").read_text())["cases"]
    shapes: Shapes = {}
    for case in cases:
        parts: list[tuple[str, int]] = [(text, int(count)) for text, count in case["parts"]]
        shapes[case["title"]] = _recipe(parts)
    return shapes


def _recipe(parts: list[tuple[str, int]]) -> Callable[[int], str]:
    most = max(count for _, count in parts)
    whole = sum(len(text) * count for text, count in parts)

    def make(characters: int) -> str:
        scale = characters / whole
        return "".join(
            text * (max(1, round(count * scale)) if count > most // 10 else count)
            for text, count in parts
        )

    return make

"""Posts as nobody would write them: every tag, half tags, and any character, in any order."""

from hypothesis import strategies as st

_PIECES = [
    *("[b]", "[/b]", "[i]", "[/i]", "[u]", "[/s]", "[s]", "[color=red]", "[/color]", "[foo]"),
    *("[quote]", "[quote=Bo;5]", '[quote="a;\\"]"', '[quote=" "] ;7"]', "[/quote]", "[QUOTE='x']"),
    *("[list]", "[list=1]", "[list=a]", "[/list]", "[*]", "[/*]", "[ul]", "[/ul]", "[ol]", "[/ol]"),
    *("[spoiler]", "[spoiler=x]", "[/spoiler]", "[code]", "[/code]", "[noparse]", "[/noparse]"),
    *("[url]", "[url=http://a.b]", "[url=javascript:a]", "[/url]", "[img]", "[/img]", "[email]"),
    *(
        "[img]http://a.b/%22x%3C.png[/img]",
        "[/email]",
        "http://a.b/c",
        "https://ex.org/(x)",
        "www.a.de",
        "ftp://x.y",
        "a@b.co",
    ),
    *(
        "@bo",
        '@"ann_lee"',
        ":)",
        ";)",
        ":D",
        ";/",
        ":rolleyes:",
        ":",
        "<",
        ">",
        "&",
        '"',
        "'",
        "[",
        "]",
    ),
    *("/", "=", "\\", "<b>", "<!-- -->", "-->", "&lt;", "&amp;", "\xa0", "(", ")", ".", ",", "é"),
    *(
        "漢",
        "\u202e",
        "\u200b",
        "🙂",
        "\x00",
        "\ud800",
        "x",
        "word",
        " ",
        "\n",
        "\n\n",
        "\r\n",
        "\t",
    ),
]

SOURCES = st.lists(
    st.one_of(*[st.sampled_from(_PIECES)] * 4, st.text(max_size=5)), max_size=60
).map("".join)

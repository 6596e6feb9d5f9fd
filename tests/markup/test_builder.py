"""Trees built piece by piece, and what is written of them."""

from paceline.markup import tree, wall
from paceline.markup.builder import Builder
from paceline.markup.facts import Facts
from paceline.markup.serialize import to_html
from tests.markup.checks import assert_safe


def written(document: tree.Document) -> str:
    html = to_html(document, Facts(), nofollow=True)
    assert wall.clean(html) == html
    assert_safe(html)
    return html


def test_the_inner_colour_holds_and_the_outer_one_comes_back():
    builder = Builder()
    red = builder.begin_exclusive("ink", "15")
    builder.add_text("1")
    blue = builder.begin_exclusive("ink", "255")
    builder.add_text("2")
    builder.end_exclusive(blue)
    builder.add_text("3")
    builder.end_exclusive(red)
    builder.end_exclusive(red)
    builder.add_text("4")

    assert written(builder.finish()) == (
        '<p><span class="ink-15">1</span><span class="ink-255">2</span>'
        '<span class="ink-15">3</span>4</p>'
    )


def test_a_table_takes_words_outside_its_cells_into_one():
    builder = Builder()
    frame = builder.begin_table()
    builder.add_text("a")
    builder.begin_row()
    builder.begin_cell(tree.Cell(is_heading=True))
    builder.begin_cell(tree.Cell(side="right"))
    builder.add_text("c")
    builder.end_row()
    builder.end_block(frame)
    builder.add_text("d")

    assert written(builder.finish()) == (
        '<div class="table-scroll" tabindex="0"><table><tbody><tr><td>a</td></tr>'
        '<tr><th></th><td align="right">c</td></tr></tbody></table></div><p>d</p>'
    )


def test_a_table_without_any_words_is_nothing():
    builder = Builder()
    builder.begin_table()
    builder.begin_cell(tree.Cell())

    assert written(builder.finish()) == ""
    assert not Builder().begin_row()
    assert not Builder().begin_cell(tree.Cell())


def test_a_heading_is_no_paragraph_and_a_place_to_lead_to_stays_with_what_follows():
    builder = Builder()
    builder.add_anchor("top")
    builder.begin_heading(2)
    builder.add_text("Title")
    builder.end_heading()
    builder.add_text("words")

    assert written(builder.finish()) == '<h2><span id="post-0-top"></span>Title</h2><p>words</p>'


def test_every_kind_of_node_passes_both_walls():
    item = tree.Item([tree.Paragraph(["i"])], is_done=True)
    document = tree.Document(
        [
            tree.Heading(1, ["T"]),
            tree.Paragraph(
                [
                    tree.Sized("5", [tree.Faced("mono", [tree.Hidden(["h"])]), tree.SOFT_BREAK]),
                    tree.CodeSpan("<b>"),
                    tree.AnchorLink("top", ["up"]),
                    tree.FootnoteMark(1),
                    tree.Attached(3),
                ]
            ),
            tree.Aligned("center", [tree.Indented([tree.ItemList("a", [item], start=3)])]),
            tree.Rule(),
            tree.Code("x = 1\n", "python"),
            tree.Media("a", "video", "https://a.example/e", "https://a.example/v", "A film"),
            tree.Footnotes([tree.Footnote(1, 1, [tree.Paragraph(["note"])])]),
        ],
        key="ab12",
    )

    assert written(document) == (
        '<h1>T</h1><p><span class="size-5"><span class="face-mono">'
        '<span class="hidden-words" tabindex="0">h</span></span>\n</span><code>&lt;b&gt;</code>'
        '<a href="#post-ab12-top">up</a><sup class="footnote">'
        '<a id="post-ab12-call-1-1" href="#post-ab12-note-1">1</a></sup>[attachment 3]</p>'
        '<div class="align-center"><div class="indented"><ol type="a" start="3"><li class="task">'
        '<span class="box" role="img" aria-label="done">☑</span> i</li></ol></div></div><hr>'
        '<pre><code class="language-python">x = <span class="hl-number">1</span>\n</code></pre>'
        '<div class="media media-video" data-embed="https://a.example/e">'
        '<a href="https://a.example/v" rel="nofollow ugc noopener">A film</a></div>'
        '<section class="footnotes"><ol><li id="post-ab12-note-1"><p>note</p>'
        ' <a href="#post-ab12-call-1-1" aria-label="Back to the text">↩</a></li></ol></section>'
    )


def test_the_second_wall_takes_no_measure_that_is_none():
    hostile = (
        '<a id="login" href="#login">x</a><img src="/x" width="9e9" height="1"><ol start="-1">'
        '<li id="post-ab-x">y</li></ol><div data-embed="javascript:x" class="dialog">z</div>'
    )

    assert wall.clean(hostile) == (
        '<a>x</a><img src="/x" height="1"><ol><li id="post-ab-x">y</li></ol><div class="">z</div>'
    )

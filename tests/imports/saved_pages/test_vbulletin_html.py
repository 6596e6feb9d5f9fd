import random
from contextlib import suppress
from datetime import datetime

import pytest

from paceline.imports.saved_pages.dates import Order
from paceline.imports.saved_pages.page import Crumb, Liker, Month, NotAPage, Rule, SavedPage
from paceline.imports.saved_pages.read import Told, read_saved_page
from tests.imports.vbulletin_pages import Post, above_layout, beside_layout, page, quote
from tests.steps import steps


def read(*posts: Post, **more) -> SavedPage:
    return read_saved_page(page(*posts, **more).encode("cp1252"))


def reasons(saved: SavedPage, *, posts_only: bool = False) -> list[str]:
    return [note.why for note in saved.unread if note.is_post or not posts_only]


def test_the_frame_of_a_page_is_read():
    saved = read(Post(21, 1))

    assert saved.title == "Which tyre for gravel?"
    assert saved.site_name == "Wheels of the Valley"
    assert saved.breadcrumb[1:] == (
        Crumb("Riding", "http://wheels.example/forum/forumdisplay.php?f=2", 2),
        Crumb("Gravel & Mud", "http://wheels.example/forum/forumdisplay.php?f=5", 5),
    )
    assert (saved.board_name, saved.board_description) == ("Gravel & Mud", "Where the road ends.")
    assert saved.thread_source_id == 12
    assert saved.rules == (
        Rule("post new threads", "may not"),
        Rule("post replies", "may"),
        Rule("BB code", "On"),
        Rule("[IMG]", "Off"),
    )
    assert [rule.allows for rule in saved.rules] == [False, True, True, False]
    assert saved.footer_links == ("Contact Us", "Wheels", "Archive")
    assert saved.footer_line == "Copyright © 2009 Wheels of the Valley"
    assert saved.zone_note == "GMT -5"
    assert (saved.page_number, saved.page_count) == (1, 1)


def test_the_page_of_a_longer_thread_says_which_it_is():
    saved = read(Post(61, 21), pager="Page 2 of 9")

    assert (saved.page_number, saved.page_count) == (2, 9)


@pytest.mark.parametrize("layout", [beside_layout, above_layout])
def test_a_post_is_read_with_everything_around_it(layout):
    saved = read(
        Post(
            21,
            1,
            author="Bo",
            title="Tyres, tyres",
            avatar="customavatars/avatar7_1.gif",
            user_title="Senior Member",
            beside=(
                *("Join Date: Dec 2007", "Location: Mill Lane", "Posts: 1,640", "Bikes: A red one"),
                *("Mentioned: 3 Post(s)", "Tagged: 1 Thread(s)", "Quoted: 1,106 Post(s)"),
                *("Likes: 12", "Liked 2,179 Times in 1,469 Posts"),
            ),
            signature="Ride on.<br /><b>Always</b>",
            edited='Last edited by Ada; 10-05-2008 at <span class="time">07:31 PM</span>.'
            " Reason: spelling",
        ),
        layout=layout,
    )

    (post,) = saved.posts
    assert (post.source_id, post.number) == (21, 1)
    assert post.posted_at == datetime(2008, 10, 3, 11, 40)
    assert post.title == "Tyres, tyres"
    assert post.body_source == "The hill by the mill is open again."
    assert post.signature_source == "Ride on.\n[b]Always[/b]"
    assert post.edit is not None
    assert (post.edit.by, post.edit.reason) == ("Ada", "spelling")
    assert post.edit.at == datetime(2008, 10, 5, 19, 31)
    assert post.is_online is False
    author = post.author
    assert (author.name, author.source_id, author.is_guest) == ("Bo", 7, False)
    assert author.user_title == "Senior Member"
    assert (author.joined, author.join_date_text) == (Month(2007, 12), "Dec 2007")
    assert (author.location, author.post_count) == ("Mill Lane", 1640)
    assert [(field.label, field.value) for field in author.fields] == [("Bikes", "A red one")]
    assert (author.mentioned_posts, author.tagged_threads, author.quoted_posts) == (3, 1, 1106)
    assert (author.likes_given, author.liked_times, author.liked_posts) == (12, 2179, 1469)
    assert author.has_avatar
    assert author.avatar_url == "http://wheels.example/forum/customavatars/avatar7_1.gif"


def test_a_title_that_repeats_the_thread_is_not_the_post_s_own():
    saved = read(
        Post(21, 1, title="Which tyre for gravel?"), Post(22, 2, title="Re: Which tyre for gravel?")
    )

    assert [post.title for post in saved.posts] == ["", ""]


def test_quotes_keep_their_author_and_post_and_nest():
    inner = quote("Cy", 19, "Forty is wide.")
    saved = read(
        Post(
            22,
            1,
            body=quote("Bo", 21, f"{inner}Thirty-five<br /><br />will do.") + "No, forty-five.",
        )
    )

    assert saved.posts[0].body_source == (
        '[quote="Bo;21"][quote="Cy;19"]Forty is wide.[/quote]\nThirty-five\n\nwill do.[/quote]\n'
        "No, forty-five."
    )


def test_a_name_with_signs_in_it_stays_one_name():
    saved = read(Post(22, 1, body=quote('B]o "the" \\ & co', 21, "Hm.")))

    assert saved.posts[0].body_source == '[quote="B]o \\"the\\" \\\\ & co;21"]Hm.[/quote]'


def test_code_stays_as_it_was_typed():
    body = (
        '<div style="margin:20px; margin-top:5px">'
        '<div class="smallfont" style="margin-bottom:2px">Code:</div>'
        '<pre class="alt2" style="margin:0px; border:1px inset">gear = 44\n  if [b]hill[/b]:</pre>'
        "</div>"
    )

    assert read(Post(21, 1, body=body)).posts[0].body_source == (
        "[code]gear = 44\n  if [b]hill[/b]:[/code]"
    )


def test_links_pictures_lists_and_smilies_become_bb_code():
    body = (
        'See <a href="http://map.example/a-very-long-way/to/the/top.html">'
        "http://map.example/a-very...top.html</a> and"
        ' <a href="showthread.php?t=9">this</a>, <a href="mailto:bo@wheels.example">mail me</a>'
        ' <img src="images/smilies/wink.gif" border="0" alt="" title="Wink" class="inlineimg" />'
        '<br /><img src="http://pics.example/a.jpg" border="0" alt="" />'
        "<ul><li>one</li><li>two</li></ul>"
        '<font color="Red"><b>Mind</b></font> the gap'
    )

    assert read(Post(21, 1, body=body)).posts[0].body_source == (
        "See [url]http://map.example/a-very-long-way/to/the/top.html[/url] and"
        " [url=http://wheels.example/forum/showthread.php?t=9]this[/url], mail me ;)\n"
        "[img]http://pics.example/a.jpg[/img]\n"
        "[list]\n[*]one\n[*]two\n[/list]\n"
        "[color=Red][b]Mind[/b][/color] the gap"
    )


def test_what_only_looks_like_a_tag_stays_text():
    saved = read(Post(21, 1, body="Write [b]bold[/b] for bold; [sic] is no tag."))

    assert saved.posts[0].body_source == (
        "Write [noparse][b][/noparse]bold[noparse][/b][/noparse] for bold; [sic] is no tag."
    )


def test_a_script_address_is_not_linked():
    saved = read(Post(21, 1, body='<a href="javascript:alert(1)">click</a><script>x()</script>'))

    assert saved.posts[0].body_source == "click"


def test_attachments_are_listed():
    below = (
        '<div style="padding:6px"><fieldset class="fieldset"><legend>Attached Images</legend>'
        '<a href="attachment.php?attachmentid=31&amp;d=12">hill.jpg</a> (31.5 KB, 4 views)'
        "</fieldset></div>"
    )

    (attachment,) = read(Post(21, 1, below=below)).posts[0].attachments
    assert (attachment.name, attachment.source_id) == ("hill.jpg", 31)


def test_likes_are_read_with_names():
    box = (
        '<div id="post_thanks_box_21"><div class="tbox"><strong>The following 2 users liked this'
        ' post by Bo:</strong><a href="member.php?u=8">Cy</a>, <a href="member.php?u=9">D. Ee</a>'
        "</div></div>"
    )

    post = read(Post(21, 1, extra=box)).posts[0]
    assert (post.like_count, post.liked_by) == (2, (Liker("Cy", 8), Liker("D. Ee", 9)))


def test_a_guest_has_no_id_and_no_join_date():
    saved = read(Post(21, 1, author="Passer-by", member_id=None, user_title="Guest",
                      beside=("Posts: n/a",)))  # fmt: skip

    author = saved.posts[0].author
    assert (author.name, author.is_guest, author.post_count) == ("Passer-by", True, None)


def test_a_deleted_post_is_noted_and_a_hidden_one_is_a_failure():
    deleted = '<table id="post23"><tr><td>This message has been deleted by Ada.</td></tr></table>'
    hidden = '<table id="post24"><tr><td>This message is hidden.</td></tr></table>'
    saved = read(Post(21, 1, extra=deleted))
    assert "the post with id 23 was deleted on the old board" in reasons(saved)
    assert reasons(saved, posts_only=True) == []

    saved = read(Post(21, 1, extra=hidden))
    assert reasons(saved, posts_only=True) == [
        "the page does not show the words of the post with id 24"
    ]


def test_a_gap_in_the_numbers_is_a_missing_post():
    saved = read(Post(21, 1), Post(24, 4, date="10-04-2008, 09:00 AM"))

    assert reasons(saved, posts_only=True) == [
        "post #2 is missing from the page",
        "post #3 is missing from the page",
    ]


def test_a_first_page_that_begins_later_misses_its_first_posts():
    assert "post #1 is missing from the page" in reasons(read(Post(22, 2)), posts_only=True)


def test_a_date_that_is_none_is_a_failure_with_its_line():
    saved = read(Post(21, 1, date="someday"))

    (note,) = [note for note in saved.unread if note.is_post]
    assert note.why == "the date of post #1 could not be read"
    assert note.text == "someday"
    assert note.line > 1
    assert saved.posts[0].date_text == "someday"


def test_today_needs_the_day_on_which_the_page_was_saved():
    html = page(Post(21, 1, date="Today, 09:12 PM")).encode()
    assert read_saved_page(html).posts[0].posted_at is None

    told = Told(saved_on=datetime(2009, 2, 1).date())
    assert read_saved_page(html, told).posts[0].posted_at == datetime(2009, 2, 1, 21, 12)


def test_what_is_told_of_the_dates_is_believed():
    html = page(Post(21, 1, date="10-03-2009, 11:40 AM")).encode()

    told = Told(order=Order.DAY_FIRST)
    assert read_saved_page(html, told).posts[0].posted_at == datetime(2009, 3, 10, 11, 40)


def test_strange_lines_are_noted():
    saved = read(Post(21, 1, below='<div class="addon">Karma: good</div>'))

    assert [(note.text, note.why) for note in saved.unread if note.line] == [
        ("Karma: good", "of no known form, at post #1")
    ]


@pytest.mark.parametrize(
    ("head", "program"),
    [
        ('<meta name="generator" content="vBulletin 4.2.3" />', "vBulletin 4"),
        ('<html id="XenForo" lang="de">', "XenForo"),
        ('<body id="phpbb">', "phpBB"),
    ],
)
def test_pages_of_other_programs_are_named(head, program):
    with pytest.raises(NotAPage, match=program):
        read_saved_page(f"<html><body>{head}<p>Hello</p></body></html>".encode())


def test_a_page_cut_and_mixed_up_is_read_or_refused():
    whole = page(*(Post(n, n, body=quote("Bo", 1, "Hm.")) for n in range(1, 6))).encode()
    chance = random.Random(2008)
    for _ in range(60):
        pieces = bytearray(whole)
        for _ in range(chance.randrange(1, 40)):
            place = chance.randrange(len(pieces))
            pieces[place : place + chance.randrange(60)] = bytes([chance.randrange(256)])
        with suppress(NotAPage):
            read_saved_page(bytes(pieces[chance.randrange(2000) :]))


HOSTILE = {
    "open blocks": b"<html><body>" + b"<div>" * 200_000,
    "open formatting": b"<html>" + b"".join(b"<font color=%d><p>" % n for n in range(40_000)),
    "one tag": b"<html><a " + b" ".join(b"a%d=1" % n for n in range(100_000)) + b">",
    "comments": b"<html>" + b"<!--" * 200_000,
    "brackets": b"<html>" + b"<" * 900_000,
    "ends": b"<html>" + b"</div>" * 150_000,
    "many bodies": b"<html>" + b"".join(
        b"<p id=post_message_%d><b id=td_post_%d>x" % (n, n) for n in range(20_000)
    ),
    "quotes in quotes": page(Post(1, 1, body=quote("a", 1, "") * 300)).encode()[:-2000] * 3,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_is_refused_or_read_with_little_work(name):
    def read() -> None:
        with suppress(NotAPage):
            read_saved_page(HOSTILE[name])

    assert steps(read) < 20 * len(HOSTILE[name])


def test_the_work_grows_with_the_page_and_no_faster():
    def work(posts: int) -> int:
        html = page(*(Post(n, n, body="word " * 200) for n in range(1, posts + 1))).encode()
        assert len(read_saved_page(html).posts) == posts
        return steps(read_saved_page, html)

    assert work(160) < 4.5 * work(40)

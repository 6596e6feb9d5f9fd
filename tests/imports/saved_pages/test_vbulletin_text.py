import random
from contextlib import suppress
from datetime import datetime

import pytest

from paceline.imports.saved_pages.page import Crumb, Liker, Month, NotAPage, Rule, SavedPage
from paceline.imports.saved_pages.read import read_saved_page
from tests.steps import steps

DIVIDER = "_" * 18

TOP = """Go Back\xa0 Wheels of the Valley > Riding > Gravel & Mud
Reload this Page >

Which tyre for gravel?

Search
Notices
Gravel & Mud Where the road ends. Ask about tyres, too.

Which tyre for gravel?

Thread Tools
\xa0
Search this Thread
\xa0
"""

BOTTOM = """
Posting Rules
You may not post new threads
You may post replies

BB code is On
[IMG] code is Off

All times are GMT -5. The time now is 11:42 PM.
Contact Us - Archive - Terms of Service - Top

Copyright © 2009 Wheels of the Valley.
"""


def post(
    number: int,
    name: str,
    body: str,
    *,
    date: str = "10-13-08, 11:40 AM",
    title: str = "Member",
    beside: str = "Join Date: Dec 2007\nLocation: Mill Lane\nPosts: 1,640\n",
    ends: str = "",
) -> str:
    """A post as a page saved as plain text shows it."""
    end = ends or f"{name} is offline \xa0"
    return f"Old {date}\n\xa0 #{number} \xa0\n{title}\n\xa0\n{beside}{body}\n{end}\n"


def read(*posts: str, top: str = TOP, bottom: str = BOTTOM) -> SavedPage:
    return read_saved_page(f"{top}{''.join(posts)}{bottom}".encode())


def failures(saved: SavedPage) -> list[str]:
    return [note.why for note in saved.unread if note.is_post]


def test_the_frame_of_a_page_is_read():
    saved = read(post(1, "Bo", "Wide ones."))

    assert saved.title == "Which tyre for gravel?"
    assert saved.breadcrumb == (
        Crumb("Wheels of the Valley"),
        Crumb("Riding"),
        Crumb("Gravel & Mud"),
    )
    assert saved.site_name == "Wheels of the Valley"
    assert saved.board_description == "Where the road ends. Ask about tyres, too."
    assert saved.rules == (
        Rule("post new threads", "may not"),
        Rule("post replies", "may"),
        Rule("BB code", "On"),
        Rule("[IMG]", "Off"),
    )
    assert saved.footer_links == ("Contact Us", "Archive", "Terms of Service")
    assert saved.footer_line == "Copyright © 2009 Wheels of the Valley."
    assert saved.zone_note == "GMT -5"
    assert saved.unread == ()


def test_a_post_is_read_with_everything_around_it():
    beside = (
        "Bo's Avatar\n\xa0\nJoin Date: Dec 2007\nLocation: Mill Lane\nPosts: 1,640\n\n"
        "Bikes: A red one,\nand a blue one\n\nMentioned: 3 Post(s)\nTagged: 1 Thread(s)\n"
        "Quoted: 1,106 Post(s)\nLikes: 12\nLiked 1 Time in 1 Post\n"
    )
    body = (
        "Which tyre for gravel?\n\nFirst things first.\n\nThen: the rest.\n"
        f"{DIVIDER}\nRide on.\n\nAlways\n\n"
        "Last edited by Ada; 10-15-08 at 07:31 PM. Reason: spelling"
    )
    saved = read(
        post(1, "Bo", body, title="Senior Member\nThread Starter", beside=beside,
             ends="Bo is online now \xa0")
    )  # fmt: skip

    (found,) = saved.posts
    assert found.number == 1
    assert found.posted_at == datetime(2008, 10, 13, 11, 40)
    assert found.is_thread_starter
    assert found.title == ""
    assert found.body_source == "First things first.\n\nThen: the rest."
    assert found.signature_source == "Ride on.\n\nAlways"
    assert found.edit is not None
    assert (found.edit.by, found.edit.reason) == ("Ada", "spelling")
    assert found.edit.at == datetime(2008, 10, 15, 19, 31)
    assert found.is_online is True
    author = found.author
    assert (author.name, author.user_title, author.has_avatar) == ("Bo", "Senior Member", True)
    assert (author.joined, author.location, author.post_count) == (
        Month(2007, 12),
        "Mill Lane",
        1640,
    )
    assert [(f.label, f.value) for f in author.fields] == [("Bikes", "A red one,\nand a blue one")]
    assert (author.mentioned_posts, author.tagged_threads, author.quoted_posts) == (3, 1, 1106)
    assert (author.likes_given, author.liked_times, author.liked_posts) == (12, 1, 1)
    assert saved.unread == ()


def test_a_line_with_a_colon_is_the_post_s_own_where_no_counter_follows():
    saved = read(post(1, "Bo", "Location: the mill.\nPosts: none of mine."))

    assert saved.posts[0].body_source == "Location: the mill.\nPosts: none of mine."
    assert saved.posts[0].author.fields == ()


def test_a_first_line_of_its_own_stays_in_the_post():
    saved = read(post(1, "Bo", "Thanks!\n\nThat helped."))

    assert (saved.posts[0].title, saved.posts[0].body_source) == ("", "Thanks!\n\nThat helped.")


def test_a_post_that_says_nothing_but_the_title_keeps_it():
    assert read(post(1, "Bo", "Which tyre for gravel?")).posts[0].body_source == (
        "Which tyre for gravel?"
    )


def test_a_shortened_address_is_text_and_noted():
    saved = read(
        post(1, "Bo", "See\nhttp://map.example/a-very...top.html\nhttp://map.example/b...")
    )

    assert saved.posts[0].body_source == (
        "See\n[noparse]http://map.example/a-very...top.html[/noparse]\nhttp://map.example/b..."
    )
    (note,) = saved.unread
    assert (note.text, note.is_post) == ("http://map.example/a-very...top.html", False)
    assert "shortened" in note.why


def test_a_quote_ends_where_the_words_of_the_post_above_end():
    saved = read(
        post(1, "Bo", "Forty is wide.\n\nThirty will do."),
        post(2, "Cy", "Quote:\nOriginally Posted by Bo View Post\nForty is wide.\n\n"
                      "Thirty will do.\nNo.\nForty-five."),
    )  # fmt: skip

    assert saved.posts[1].body_source == (
        '[quote="Bo"]Forty is wide.\n\nThirty will do.[/quote]\nNo.\nForty-five.'
    )
    assert saved.unread == ()


def test_a_quote_of_a_post_elsewhere_takes_one_line_and_says_so():
    saved = read(post(21, "Cy", "Quote:\nOriginally Posted by Di\nForty is wide.\nNo."))

    assert saved.posts[0].body_source == '[quote="Di"]Forty is wide.[/quote]\nNo.'
    assert ["quote of Di" in note.why for note in saved.unread] == [True]
    assert failures(saved) == []


def test_a_divider_in_the_words_belongs_to_them():
    body = f"He signs with\n{DIVIDER}\nlike this\n{DIVIDER}\nMy own"

    (found,) = read(post(1, "Bo", body)).posts
    assert found.signature_source == "My own"
    assert found.body_source == f"He signs with\n{DIVIDER}\nlike this"


def test_the_note_of_an_edit_in_the_middle_is_text():
    body = "Last edited by Ada; 10-15-08 at 07:31 PM.\nThat is what it said."

    (found,) = read(post(1, "Bo", body)).posts
    assert found.edit is None
    assert found.body_source == body


def test_a_missing_post_is_a_failure_with_the_line_before_it():
    saved = read(post(1, "Bo", "One."), post(3, "Cy", "Three."))

    assert failures(saved) == ["post #2 is missing from the page"]
    assert saved.unread[0].line == saved.posts[0].line


def test_a_post_whose_author_is_not_said_is_a_failure():
    saved = read(post(1, "Bo", "One."), post(2, "Cy", "Two.", ends="\n"))

    assert failures(saved) == ["the author of post #2 could not be read"]
    assert saved.posts[1].body_source == "Two."


def test_a_broken_date_is_a_failure_and_the_post_is_kept():
    saved = read(post(1, "Bo", "One.", date="long ago"))

    assert failures(saved) == ["the date of post #1 could not be read"]
    assert saved.posts[0].date_text == "long ago"


def test_unknown_lines_between_posts_are_noted():
    saved = read(post(1, "Bo", "One.", ends="Bo is offline\nA strange line"), post(2, "Cy", "Two."))

    assert [(note.text, note.is_post) for note in saved.unread] == [("A strange line", False)]


def test_a_guest_has_no_join_date():
    saved = read(post(1, "Passer-by", "One.", title="Guest", beside="Posts: n/a\n"))

    author = saved.posts[0].author
    assert (author.name, author.is_guest, author.user_title) == ("Passer-by", True, "Guest")


def test_a_page_further_on_says_which_it_is():
    saved = read(post(41, "Bo", "One."), top=TOP + "Page 3 of 9 < 1 2 3 4 > Last »\n")

    assert (saved.page_number, saved.page_count) == (3, 9)


def test_a_closed_thread_is_locked():
    assert read(post(1, "Bo", "One."), top=TOP + "Closed Thread Subscribe\n").is_locked
    assert not read(post(1, "Bo", "Closed Thread, I hear.")).is_locked


def test_a_text_browser_s_wrapped_lines_are_put_together():
    words = "word " * 30
    dump = f"""
   Go Back   Wheels > Gravel
   Reload this Page >

   Tyres

   Old 7th Mar 2021, 05:42
     # 1 ( permalink )
   Bo
   Join Date: Jul 2010
   Posts: 1,136
   My own title
     {"_" * 68}

   {words[:70].strip()}
   {words[70:120].strip()}
   The end.
     {"_" * 68}

   Last edited by Bo; 8th Mar 2021 at 06:07 . Reason: so.
   Bo is online now Report Post
   Bo
   View Public Profile
   Find More Posts by Bo
   Old 7th Mar 2021, 08:25
     # 2 ( permalink )
   Cy
   Join Date: Jul 2010
   Posts: 2
   Short.
   Cy is offline
   The following 3 users liked this post by Cy:
   Bo, Di,
   E. F.
   Cy
   View Public Profile
"""
    first, second = read_saved_page(dump.encode()).posts

    assert first.title == "My own title"
    assert first.body_source == f"{words[:120].strip()}\nThe end."
    assert first.edit is not None
    assert first.edit.reason == "so."
    assert first.author.name == "Bo"
    assert (second.like_count, [one.name for one in second.liked_by]) == (3, ["Bo", "Di", "E. F."])


def test_pieces_between_tags_are_put_together():
    pieces = [
        *("Tyres - Wheels", "Wheels", ">", "Gravel", ">", "Tyres", "Gravel", "Where it ends."),
        *("7th Mar 2021, 05:42", "#", "1", "(", "permalink", ")", "Bo", "Thread Starter"),
        *("Join Date: Jul 2010", "Posts: 1,136", "Received 65 Likes", "on", "31 Posts"),
        *("Quote:", "Originally Posted by", "Di", "Forty?"),
        *("I say", "forty", ", and not more.", "See", "http://a.example/b"),
        *("Last edited by Bo; 8th Mar 2021 at", "06:07", ".", "Reason: so."),
        *("The following 2 users liked this post by Bo:", "Cy", ",", "E. F."),
        *("Bo", "View Public Profile", "Find More Posts by Bo"),
        *("Posting Rules", "You", "may", "post replies", "BB code", "is", "On"),
        *("Prev", "1", "/", "87"),
        *("Contact Us", "-", "Archive", "-", "Copyright © 2021 Wheels"),
        *("All times are GMT. The time now is", "12:14", "."),
    ]
    saved = read_saved_page("\n\n".join(pieces).encode())

    (found,) = saved.posts
    assert (saved.title, saved.board_name, saved.site_name) == ("Tyres", "Gravel", "Wheels")
    assert saved.board_description == "Where it ends."
    assert (saved.page_number, saved.page_count) == (1, 87)
    assert saved.footer_links == ("Contact Us", "Archive")
    assert saved.rules == (Rule("post replies", "may"), Rule("BB code", "On"))
    assert saved.zone_note == "GMT"
    assert (found.author.name, found.author.liked_times, found.author.liked_posts) == ("Bo", 65, 31)
    assert found.body_source == (
        '[quote="Di"]Forty?[/quote]\nI say forty, and not more.\nSee\nhttp://a.example/b'
    )
    assert found.edit is not None
    assert (found.edit.at, found.edit.reason) == (datetime(2021, 3, 8, 6, 7), "so.")
    assert found.liked_by == (Liker("Cy"), Liker("E. F."))
    assert failures(saved) == []


def test_an_answer_shown_out_of_its_place_is_marked():
    wiki = (
        "Top Answer\n\n16th Jun 2009, 10:02\nDi\n\nJoin Date: Sep 2000\nPosts: 6,236\n"
        "Take forty.\n\n117 Jump to Related Reply\n"
    )
    saved = read(post(1, "Bo", "Wide ones.", title="Bo"), wiki, post(2, "Cy", "Two.", title="Cy"))

    answer = saved.posts[1]
    assert (answer.is_wiki, answer.number, answer.like_count) == (True, None, 117)
    assert (answer.author.name, answer.body_source) == ("Di", "Take forty.")
    assert failures(saved) == []


def test_where_nobody_is_said_to_be_online_the_first_line_is_the_name():
    saved = read(
        post(1, "-", "One.", title="Bo", ends="\n"), post(2, "-", "Two.", title="Cy", ends="\n")
    )

    assert [one.author.name for one in saved.posts] == ["Bo", "Cy"]
    assert failures(saved) == []


def test_files_below_the_words_are_attachments():
    body = (
        "See.\n\nAttached Images\n\xa0\nhill.jpg (98.7 KB, 25 views)\nmill 2.png (1.2 MB, 1 view)"
    )

    (found,) = read(post(1, "Bo", body)).posts
    assert [file.name for file in found.attachments] == ["hill.jpg", "mill 2.png"]
    assert found.body_source == "See."


def test_likes_may_stand_under_a_short_heading():
    saved = read(post(1, "Bo", "One.", ends="Bo is offline\nLikes For Bo:\nCy, Di"))

    assert saved.posts[0].liked_by == (Liker("Cy"), Liker("Di"))
    assert saved.unread == ()


def test_a_page_cut_and_mixed_up_is_read_or_refused():
    whole = f"{TOP}{''.join(post(n, 'Bo', f'Line {n}.') for n in range(1, 6))}{BOTTOM}".encode()
    chance = random.Random(2008)
    for _ in range(60):
        pieces = bytearray(whole)
        for _ in range(chance.randrange(1, 40)):
            place = chance.randrange(len(pieces))
            pieces[place : place + chance.randrange(30)] = bytes([chance.randrange(256)])
        with suppress(NotAPage):
            read_saved_page(bytes(pieces[chance.randrange(400) :]))


JUNK = {
    "words": b"word " * 50_000,
    "lines": b"\n".join(b"10-03-08, 11:40 AM" for _ in range(12_000)),
    "numbers": b"#1\n" * 60_000,
    "one line": b"a" * 1_000_000,
    "addresses": b"http://" * 140_000,
    "signs": b" > " * 300_000,
}


@pytest.mark.parametrize("name", JUNK)
def test_junk_is_refused_with_little_work(name):
    def read_it() -> None:
        with pytest.raises(NotAPage):
            read_saved_page(JUNK[name])

    assert steps(read_it) < 20 * len(JUNK[name])


@pytest.mark.parametrize(
    "body",
    [
        "Quote:\n" * 20_000,
        "[b]" * 100_000,
        "Last edited by \n" * 20_000,
        f"{DIVIDER}\n" * 20_000,
        "http://a.example/" + "a" * 300_000 + "...b",
        "Bikes: x\n" * 20_000,
        "Bo is offline\n" * 20_000,
    ],
)
def test_a_post_that_is_built_to_cost_time_costs_little_work(body):
    page = post(1, "Bo", body)
    assert len(read(page).posts) == 1
    assert steps(read, page) < 20 * len(body) + 10_000


def test_the_work_grows_with_the_page_and_no_faster():
    def work(count: int) -> int:
        posts = [
            post(n, "Bo", f"Quote:\nOriginally Posted by Bo\nLine {n - 1}\nLine {n}")
            for n in range(1, count + 1)
        ]
        assert len(read(*posts).posts) == count
        return steps(read, *posts)

    assert work(160) < 4.5 * work(40)

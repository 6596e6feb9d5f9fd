from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db.models import Q

from paceline.accounts.models import Member, MemberGroup, ProfileField
from paceline.browsing.thread_page import load_thread_page
from paceline.conf.site import change_settings, load_site
from paceline.forum.models import Board, Like, Post, Quote, State, Thread
from paceline.forum.recount import find_drift
from paceline.imports.bring_in import bring_in_page
from paceline.imports.models import ImportedItem
from paceline.imports.saved_pages.page import (
    Crumb,
    Liker,
    Rule,
    SavedAttachment,
    SavedAuthor,
    SavedEdit,
    SavedPost,
    Unread,
)
from paceline.imports.saved_pages.read import read_saved_page
from paceline.lib.errors import Invalid
from paceline.moderation.hide import hide_post, hide_thread
from paceline.moderation.merge import merge_threads
from paceline.posting.reply import post_reply
from paceline.search.index import forget_post
from paceline.search.rebuild import find_missing
from tests.imports.saved import BO, DI, START, everything, page, post, without_ids

pytestmark = pytest.mark.django_db


def thread() -> Thread:
    return Thread.objects.get(title="Which tyre?")


def posts() -> list[Post]:
    return list(Post.objects.filter(thread__title="Which tyre?").order_by("number"))


def member(name: str = "Bo Mill") -> Member:
    return Member.objects.get(name=name)


def reasons(report) -> str:
    return "\n".join(note.why for note in report.notes)


@pytest.fixture(autouse=True)
def _all_adds_up():
    """Whatever was brought in, every counter agrees and every post is found."""
    yield
    assert find_drift() == []
    assert find_missing() == []


def test_a_page_becomes_boards_members_a_thread_and_posts():
    report = bring_in_page(page(post(1), post(2, DI)))

    riding, gravel = Board.objects.filter(name__in=["Riding", "Gravel"]).order_by("id")
    assert (riding.takes_threads, gravel.takes_threads) == (False, True)
    assert (gravel.parent, gravel.description) == (riding, "Where the road ends.")
    assert (gravel.allows_bbcode, gravel.allows_images) == (True, False)
    assert (gravel.thread_count, gravel.post_count) == (1, 2)
    assert thread().board == gravel
    assert (thread().author, thread().author_name) == (member(), "Bo Mill")
    assert thread().started_at == datetime(2008, 10, 3, 12, 40, tzinfo=UTC)
    assert [(p.number, p.author_name, p.source) for p in posts()] == [
        (1, "Bo Mill", "What post 1 says."),
        (2, "Di", "What post 2 says."),
    ]
    assert (report.boards, report.members, report.threads, report.posts) == (2, 2, 1, 2)
    assert (report.thread_id, report.known, report.lost_a_post) == (thread().pk, 0, False)


def test_a_reader_sees_what_the_page_said(world, nobody):
    bring_in_page(
        page(post(1, signature_source="Ride on."), post(2, DI, title="My view", edit=EDIT)),
        zone="America/New_York",
    )
    shown = load_thread_page(nobody, thread().pk)

    first, second = shown.posts
    assert [board.name for board in shown.path] == ["Riding", "Gravel"]
    assert first.is_thread_starter
    assert first.posted_at == datetime(2008, 10, 3, 16, 40, tzinfo=UTC)
    author = first.author
    assert (author.title, author.location, author.post_count) == ("Senior Member", "Mill Lane", 640)
    assert (author.mentioned_count, author.tagged_count, author.quoted_count) == (1, 0, 56)
    assert (author.likes_given_count, author.liked_count, author.liked_post_count) == (3, 10, 6)
    assert author.joined_at is not None
    assert (author.joined_at.year, author.joined_at.month) == (2007, 12)
    assert author.fields == (("Bikes", "A red one"),)
    assert "Ride on." in author.signature_html
    assert (second.title, second.author.title, second.author.is_staff) == (
        "My view",
        "Administrator",
        False,
    )
    assert second.edited_at == datetime(2008, 10, 5, 23, 31, tzinfo=UTC)
    assert (second.edited_by_name, second.edit_reason) == ("Di", "spelling")


EDIT = SavedEdit("Di", "10-05-08", datetime(2008, 10, 5, 19, 31), "spelling")
FULL = page(
    post(1, signature_source="Ride on."),
    post(2, DI, edit=EDIT, liked_by=(Liker("Bo Mill", 7), Liker("Cy", 9)), like_count=2),
    post(3, body_source='[quote="Di;102"]What post 2 says.[/quote]\nNo, [quote="X;55"]no[/quote].'),
    post(4, SavedAuthor("Passer-by", is_guest=True)),
)


@pytest.mark.parametrize("form", [lambda saved: saved, without_ids])
def test_the_same_page_twice_changes_nothing(form):
    bring_in_page(form(FULL))
    before = everything()
    report = bring_in_page(form(FULL))

    assert everything() == before
    assert (report.posts, report.members, report.known) == (0, 0, 4)


def test_the_next_page_of_a_thread_adds_to_it():
    bring_in_page(page(post(1), post(2, DI), page_number=1))
    report = bring_in_page(page(post(3, DI), post(4), page_number=2))

    assert [p.number for p in posts()] == [1, 2, 3, 4]
    assert (thread().post_count, thread().last_number, thread().last_post) == (4, 4, posts()[3])
    assert (report.threads, report.posts, report.members) == (0, 2, 0)


def test_pages_may_come_in_any_order():
    bring_in_page(page(post(3, DI), post(4, DI), page_number=2))
    assert thread().author is None
    bring_in_page(page(post(1), post(2, DI), page_number=1))

    assert [p.number for p in posts()] == [1, 2, 3, 4]
    assert (thread().author, thread().first_number) == (member(), 1)
    assert thread().started_at == posts()[0].posted_at
    assert member().thread_count == 1


def test_a_badge_on_a_later_page_tells_who_started_the_thread():
    bring_in_page(page(post(21, DI), post(22)))

    assert thread().author == member()


def test_pages_without_ids_find_their_thread_by_title_and_place():
    bring_in_page(without_ids(page(post(1), post(2, DI))))
    bring_in_page(without_ids(page(post(3, DI), post(4))))

    assert [p.number for p in posts()] == [1, 2, 3, 4]


def test_two_threads_of_one_title_stay_two():
    bring_in_page(without_ids(page(post(1), post(2, DI))))
    other = without_ids(page(post(1, DI, body_source="Mine."), post(2, BO, body_source="Yours.")))
    bring_in_page(other)
    bring_in_page(other)

    assert Thread.objects.filter(title="Which tyre?").count() == 2
    assert [t.post_count for t in Thread.objects.all()] == [2, 2]


@pytest.mark.parametrize("forms", [(lambda s: s, without_ids), (without_ids, lambda s: s)])
def test_html_and_text_of_one_page_are_one(forms):
    first, second = forms
    bring_in_page(first(FULL))
    bring_in_page(second(FULL))
    bring_in_page(page(post(5, DI)))

    assert Thread.objects.count() == 1
    assert [p.number for p in posts()] == [1, 2, 3, 4, 5]
    assert ImportedItem.objects.filter(kind="post", source_id="101").count() == 1
    assert Member.objects.count() == 3


def test_what_was_counted_there_is_carried_and_grows_with_nothing_counted_twice():
    bring_in_page(page(post(1), post(2)))
    assert (member().post_count, member().carried["post_count"]) == (640, 638)

    bring_in_page(page(post(3), post(4, DI)))
    assert (member().post_count, member().carried["post_count"]) == (640, 637)
    assert (member("Di").post_count, member("Di").carried["post_count"]) == (2, 1)

    bring_in_page(page(post(5, DI), post(6, DI), post(7, DI)))
    assert (member("Di").post_count, member("Di").carried.get("post_count", 0)) == (4, 0)


def test_a_later_page_may_state_more_and_an_older_one_changes_nothing():
    bring_in_page(page(post(1)))
    bring_in_page(page(post(2, SavedAuthor("Bo Mill", source_id=7, post_count=700))))
    assert member().post_count == 700

    bring_in_page(page(post(3)))
    assert member().post_count == 700


def test_what_is_written_here_counts_on_top(world):
    bring_in_page(page(post(1)))
    bo = world.viewer(member())
    post_reply(bo, thread().pk, "Written here.")
    bring_in_page(page(post(1), post(3)))

    assert member().post_count == 641


def test_nobody_can_sign_in_as_an_imported_member_and_no_right_comes_along():
    report = bring_in_page(page(post(1, DI)))

    di = member("Di")
    assert not di.has_usable_password()
    assert (di.email, di.custom_title) == ("", "Administrator")
    assert not MemberGroup.objects.exists()
    assert "Di was Administrator there; no right was given here" in reasons(report)


def test_a_title_that_the_count_gives_is_not_kept_as_a_title_of_its_own():
    mender = SavedAuthor("Ed", user_title="Wheel mender", post_count=9)
    bring_in_page(page(post(1), post(2, mender)))

    assert (member().custom_title, member("Ed").custom_title) == ("", "Wheel mender")


def test_a_member_of_that_name_here_is_somebody_else(world):
    before = Member.objects.filter(name="Ada").values().get()
    report = bring_in_page(page(post(1, SavedAuthor("Ada", source_id=3, location="Elsewhere"))))

    assert Member.objects.filter(name="Ada").values().get() == before
    assert posts()[0].author == member("Ada (wheels of the valley)")
    assert "there is another Ada here" in reasons(report)


def test_who_has_signed_in_is_left_as_they_are():
    bring_in_page(page(post(1)))
    Member.objects.filter(name="Bo Mill").update(email="bo@example.com", location="Moved")
    bring_in_page(page(post(2, signature_source="Old words.")))

    assert (member().location, member().signature_source) == ("Moved", "")


def test_what_staff_took_away_does_not_come_back():
    bring_in_page(page(post(1, signature_source="Buy watches.")))
    Member.objects.update(signature_source="", signature_html="", location="")
    bring_in_page(page(post(2, signature_source="Buy watches.")))

    assert (member().signature_source, member().location) == ("", "")


def test_an_erased_member_stays_erased():
    bring_in_page(page(post(1)))
    bo = member()
    bo.name, bo.location, bo.erased_at = "Gone", "", datetime(2020, 1, 1, tzinfo=UTC)
    bo.save()
    bring_in_page(page(post(2)))

    assert Member.objects.filter(name="Bo Mill").count() == 0
    assert Member.objects.get(name="Gone").location == ""


def test_quotes_lead_to_the_posts_here():
    bring_in_page(FULL)

    quoting, quoted = posts()[2], posts()[1]
    assert f'[quote="Di;{quoted.pk}"]' in quoting.source
    assert f"/p/{quoted.pk}/" in quoting.html
    assert [(q.post, q.quoted) for q in Quote.objects.all()] == [(quoting, quoted)]
    assert '[quote="X"]no[/quote]' in quoting.source


def test_a_quote_waits_for_the_page_of_its_post():
    second = page(post(3, DI, body_source='[quote="Bo Mill;101"]Well.[/quote]\nHm.'), page_number=2)
    bring_in_page(second)
    assert posts()[0].source == '[quote="Bo Mill"]Well.[/quote]\nHm.'
    bring_in_page(page(post(1), page_number=1))

    first, third = posts()
    assert third.source == f'[quote="Bo Mill;{first.pk}"]Well.[/quote]\nHm.'
    assert Quote.objects.get().quoted == first
    before = everything()
    bring_in_page(second)
    assert everything() == before


def test_a_quote_in_a_post_that_was_edited_here_is_left_alone():
    bring_in_page(page(post(3, DI, body_source='[quote="Bo Mill;101"]Well.[/quote]\nHm.')))
    Post.objects.update(source="Mended.", html="<p>Mended.</p>", revision_count=1)
    bring_in_page(page(post(1)))

    assert posts()[1].source == "Mended."


def test_likes_are_rows_and_likers_are_members():
    report = bring_in_page(FULL)

    liked = posts()[1]
    assert liked.like_count == 2
    assert {like.member.name for like in Like.objects.filter(post=liked)} == {"Bo Mill", "Cy"}
    assert (member("Cy").likes_given_count, member("Cy").post_count) == (1, 0)
    assert report.likes == 2


def test_who_only_liked_is_described_when_they_post():
    bring_in_page(FULL)
    bring_in_page(page(post(5, SavedAuthor("Cy", source_id=9, location="Hill", post_count=12))))

    assert (member("Cy").location, member("Cy").post_count) == ("Hill", 12)


def test_likes_without_names_are_noted():
    report = bring_in_page(page(post(1, like_count=4)))

    assert "4 who liked post #1 are not named" in reasons(report)
    assert posts()[0].like_count == 0


def test_a_guest_is_a_name_and_no_member():
    bring_in_page(FULL)

    guest = posts()[3]
    assert (guest.author, guest.author_name) == (None, "Passer-by")
    assert not Member.objects.filter(name="Passer-by").exists()


def test_a_number_that_is_taken_here_is_not_given_twice(world):
    bring_in_page(page(post(1), post(2, DI)))
    post_reply(world.viewer(world.cy), thread().pk, "Written here.")
    saved = page(post(3, DI), post(4))
    report = bring_in_page(saved)

    assert [(p.number, p.author_name) for p in posts()] == [
        (1, "Bo Mill"),
        (2, "Di"),
        (3, "Cy"),
        (4, "Di"),
        (5, "Bo Mill"),
    ]
    assert "post #3 stands as #4: that number is taken here" in reasons(report)
    before = everything()
    bring_in_page(saved)
    assert everything() == before


def test_what_could_not_be_read_is_passed_on():
    lost = Unread(9, "", "post #2 is missing from the page", is_post=True)

    assert bring_in_page(page(post(1), unread=(lost,))).lost_a_post
    assert not bring_in_page(page(post(1), unread=(Unread(9, "", "A note."),))).lost_a_post


def test_a_post_without_a_date_stands_where_it_stood():
    bring_in_page(page(post(1), post(2, DI, posted_at=None), post(3)))

    assert posts()[1].posted_at == posts()[0].posted_at


def test_a_post_without_a_number_comes_last():
    lost = SavedPost(DI, body_source="Where am I?", posted_at=START, date_text="x")
    bring_in_page(page(post(1), lost))
    before = everything()
    bring_in_page(page(post(1), lost))

    assert [(p.number, p.source) for p in posts()][-1] == (2, "Where am I?")
    assert everything() == before


def test_no_post_is_later_than_now():
    now = datetime(2008, 10, 3, 12, 0, tzinfo=UTC)
    bring_in_page(page(post(1), post(2, DI)), at=now)

    assert {p.posted_at for p in posts()} == {now}


def test_a_post_shown_out_of_its_place_waits_for_its_page():
    wiki = SavedPost(DI, source_id=187, is_wiki=True, body_source="Forty.", posted_at=START)
    saved = page(post(1), wiki)
    report = bring_in_page(saved)
    before = everything()
    bring_in_page(saved)

    assert "stands on another page and comes in with that" in reasons(report)
    assert not report.lost_a_post
    assert everything() == before
    assert ImportedItem.objects.get(kind="aside").about["source"] == "Forty."

    bring_in_page(page(post(87, DI)))
    assert not ImportedItem.objects.filter(kind="aside").exists()
    assert bring_in_page(saved).notes == []


def test_what_was_hidden_here_stays_hidden(world):
    bring_in_page(page(post(1), post(2, DI)))
    hide_post(world.viewer(world.root), posts()[1].pk)
    bring_in_page(page(post(1), post(2, DI), post(3)))

    assert [p.state for p in posts()] == [State.VISIBLE, State.HIDDEN, State.VISIBLE]


def test_a_hidden_thread_takes_the_next_page_and_stays_hidden(world):
    bring_in_page(page(post(1)))
    hide_thread(world.viewer(world.root), thread().pk)
    bring_in_page(page(post(2, DI)))

    assert thread().state == State.HIDDEN
    assert [p.number for p in posts()] == [1, 2]


def test_a_merged_thread_takes_the_next_page_where_it_is_now(world):
    target = world.start_thread("Tyres of all kinds")
    bring_in_page(page(post(1), post(2, DI)))
    merge_threads(world.viewer(world.root), thread().pk, target.pk)
    again = bring_in_page(page(post(1), post(2, DI), post(3)))

    assert again.posts == 1
    assert list(
        Post.objects.filter(thread=target).order_by("number").values_list("source", flat=True)
    ) == ["The opening post.", "What post 1 says.", "What post 2 says.", "What post 3 says."]


def test_a_thread_that_was_deleted_for_good_does_not_come_back():
    bring_in_page(page(post(1)))
    forget_post(posts()[0].pk)
    Board.objects.update(last_thread=None)
    Member.objects.update(post_count=639, thread_count=0)
    Thread.objects.all().delete()
    Board.objects.update(thread_count=0, post_count=0)
    report = bring_in_page(page(post(1), post(2)))

    assert "deleted here for good" in reasons(report)
    assert not Thread.objects.exists()


def test_times_are_those_of_the_zone_that_is_told_else_of_the_page():
    bring_in_page(page(post(1), zone_note="GMT -5"))
    assert posts()[0].posted_at == datetime(2008, 10, 3, 17, 40, tzinfo=UTC)

    bring_in_page(page(post(2, DI), zone_note="GMT -5"), zone="Asia/Kolkata")
    assert posts()[1].posted_at == datetime(2008, 10, 3, 8, 10, tzinfo=UTC)


def test_a_zone_that_is_none_is_refused_and_nothing_comes_in():
    before = everything()
    with pytest.raises(Invalid, match="no time zone called Gravelland"):
        bring_in_page(page(post(1)), zone="Gravelland")
    assert everything() == before


def test_an_import_that_fails_leaves_nothing(monkeypatch):
    before = everything()
    monkeypatch.setattr("paceline.imports.bring_in.settle_totals", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        bring_in_page(page(post(1)))
    assert everything() == before


def test_the_site_gets_its_name_and_footer_where_it_has_none():
    report = bring_in_page(page(post(1)))

    settings = load_site().settings
    assert settings.site_name == "Wheels of the Valley"
    assert settings.footer_line == "Copyright 2009 Wheels of the Valley"
    assert report.settings == ("footer_line", "site_name")


def test_a_site_with_a_name_keeps_it():
    change_settings({"site_name": "Ours", "footer_line": ""})
    bring_in_page(page(post(1)))

    assert (load_site().settings.site_name, load_site().settings.footer_line) == ("Ours", "")


def test_a_board_with_threads_keeps_its_name(world):
    world.start_thread()
    bring_in_page(page(post(1)))

    assert load_site().settings.site_name == "Paceline"


def test_a_board_made_by_hand_takes_the_threads_and_stays_as_it_is(world):
    riding = world.board("Riding")
    gravel = world.board("gravel", parent=riding, description="Ours.")
    report = bring_in_page(page(post(1)))

    gravel.refresh_from_db()
    assert thread().board == gravel
    assert (gravel.description, gravel.allows_images, report.boards) == ("Ours.", True, 0)


def test_a_page_never_lets_members_write_html():
    report = bring_in_page(page(post(1), rules=(Rule("HTML", "On"), Rule("Smilies", "Off"))))

    gravel = Board.objects.get(name="Gravel")
    assert (gravel.allows_html, gravel.allows_smilies) == (False, False)
    assert "this one does not" in reasons(report)


def test_a_page_without_a_breadcrumb_gets_a_board_of_the_site_s_name():
    bring_in_page(page(post(1), breadcrumb=(Crumb("Wheels"),), board_name=""))

    assert thread().board.name == "Wheels of the Valley"


def test_a_field_is_made_once_and_filled_for_each(world):
    one = SavedAuthor("Ed", fields=BO.fields)
    report = bring_in_page(page(post(1), post(2, one)))
    bring_in_page(page(post(3, one)))

    assert report.fields == ("Bikes",)
    field = ProfileField.objects.get(label="Bikes")
    assert {m.fields[field.key] for m in Member.objects.filter(name__in=["Ed", "Bo Mill"])} == {
        "A red one"
    }


def test_files_that_a_page_only_names_are_noted():
    files = (SavedAttachment("hill.jpg"),)

    assert "the file hill.jpg is not in the page" in reasons(
        bring_in_page(page(post(1, attachments=files)))
    )


def test_footer_links_that_lead_nowhere_here_are_noted():
    report = bring_in_page(page(post(1), footer_links=("Archive", "Terms of Service", "Shop")))

    assert reasons(report) == "the footer linked to Shop, which has no page here"


def test_a_locked_thread_comes_in_locked():
    bring_in_page(page(post(1), is_locked=True))

    assert thread().is_locked


def test_long_and_odd_values_are_fitted_in():
    odd = SavedAuthor("N" * 300, location="L" * 300, user_title="T" * 300, post_count=10**15)
    saved = page(
        post(1, odd, title="P" * 500, edit=SavedEdit("E" * 300, "x", START, "R" * 900)),
        breadcrumb=(Crumb("S" * 300), Crumb("B" * 300)),
        board_description="D" * 900,
        site_name="S" * 300,
        footer_line="F" * 900,
    )
    bring_in_page(saved)
    before = everything()
    bring_in_page(saved)

    assert everything() == before


FILES = [
    "seed/*.txt",
    *(f"corpora/html/vbulletin-3.9_thread_{name}.html" for name in "ab"),
    *(
        f"corpora/html/text/vbulletin-3.9_thread_{name}.{manner}.txt"
        for name in "ab"
        for manner in ("lynx", "w3m", "bs4")
    ),
]


@pytest.mark.parametrize("pattern", FILES)
def test_a_real_page_comes_in_once(shared: Path, pattern: str):
    (file,) = shared.glob(pattern)
    saved = read_saved_page(file.read_bytes())
    report = bring_in_page(saved)
    before = everything()
    again = bring_in_page(saved)

    assert report.posts == len([post for post in saved.posts if not post.is_wiki])
    assert not report.lost_a_post
    assert again.posts == 0
    assert everything() == before


def test_all_real_pages_come_in_together(shared: Path):
    for pattern in FILES:
        (file,) = shared.glob(pattern)
        bring_in_page(read_saved_page(file.read_bytes()))

    assert Thread.objects.count() == 3
    assert Post.objects.count() == 5 + 4 + 20
    assert not Post.objects.filter(Q(author=None) | Q(html="")).exists()
    assert Member.objects.get(name="kuditagis").post_count == 1687


def test_the_starting_page_s_counters_are_what_it_says(shared: Path, world, nobody):
    (file,) = shared.glob("seed/*.txt")
    report = bring_in_page(read_saved_page(file.read_bytes()))
    shown = load_thread_page(nobody, report.thread_id)

    assert [
        (
            *(p.number, p.author.name, p.author.title, p.author.post_count, p.is_thread_starter),
            *(p.author.mentioned_count, p.author.tagged_count, p.author.quoted_count),
            *(p.author.likes_given_count, p.author.liked_count, p.author.liked_post_count),
        )
        for p in shown.posts
    ] == [
        (1, "motorthings", "Senior Member", 640, True, 1, 0, 56, 0, 10, 6),
        (2, "startedspyder05", "Senior Member", 263, False, 0, 0, 0, 0, 0, 0),
        (3, "StanSeven", "Administrator", 13558, False, 16, 0, 1106, 0, 2179, 1469),
        (4, "ericgu", "Senior Member", 1941, False, 0, 0, 0, 0, 1, 1),
        (5, "motorthings", "Senior Member", 640, True, 1, 0, 56, 0, 10, 6),
    ]
    assert [board.name for board in shown.path] == ["Bike Forums", "Training & Nutrition"]
    assert shown.posts[3].author.signature_html
    assert shown.posts[4].edited_at == datetime(2008, 10, 5, 19, 31, tzinfo=UTC)
    # The old board's own switches; Markdown it knew nothing of.
    old = [rule for rule in shown.rules.switches if not rule.text.startswith("Markdown")]
    assert [rule.is_on for rule in old] == [True, True, True] + [False] * 4
    assert "<a" not in shown.posts[4].html.split("...")[0].rsplit("<br", 1)[-1]

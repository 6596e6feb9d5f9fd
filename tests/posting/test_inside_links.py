"""Links to this board lead within it, and say the title of what everybody may read."""

import pytest
from django.urls import reverse

from paceline.accounts.models import Member
from paceline.administration.boards import BoardValues, change_board, load_board_form
from paceline.administration.rights import set_rights
from paceline.conf.own_addresses import find_here
from paceline.forum.models import InsideLink, Post, State, Thread
from paceline.jobs.models import Job
from paceline.jobs.worker import run_all
from paceline.moderation.hide import hide_post, hide_thread, restore_thread
from paceline.moderation.marks import rename_thread
from paceline.moderation.merge import merge_threads
from paceline.moderation.move import move_thread
from paceline.moderation.split import split_thread
from paceline.permissions.rights import Right
from paceline.posting.delete_own import delete_own
from paceline.posting.edit import Edit, edit_post
from paceline.posting.erase_account import erase_account
from paceline.posting.inside_links import Target, read_target
from paceline.posting.preview import preview_text
from paceline.posting.render_again import render_again
from paceline.posting.texts import render_for

HERE = "http://testserver"
Kind = InsideLink.Kind
THREAD, POST, BOARD, MEMBER = Kind.THREAD, Kind.POST, Kind.BOARD, Kind.MEMBER


def named(path):
    here = find_here(path, ())
    assert here is not None
    return read_target(here)


@pytest.fixture
def linked(world):
    """A thread by Bo that Cy's posts link to."""
    return world.start_thread("Saddle heights", author=world.bo)


def html_of(post):
    return Post.objects.get(id=post.pk).html


def settle():
    """The jobs of now, and those that look a second time."""
    run_all()
    Job.objects.update(due_at="2000-01-01T00:00:00Z")
    run_all()
    assert not Job.objects.exists()


def test_every_page_that_a_title_stands_for_is_known(world, linked):
    post = Post.objects.get(thread=linked)
    for name, parts, target in (
        ("thread_by_id", (linked.pk,), Target(THREAD, linked.pk)),
        ("thread", (linked.pk, linked.slug), Target(THREAD, linked.pk)),
        ("thread_page", (linked.pk, linked.slug, 3), Target(THREAD, linked.pk, page=3)),
        ("post", (post.pk,), Target(POST, post.pk)),
        ("board_by_id", (linked.board_id,), Target(BOARD, linked.board_id)),
        ("board", (linked.board_id, "training"), Target(BOARD, linked.board_id)),
        ("member_by_id", (world.bo.pk,), Target(MEMBER, world.bo.pk)),
        ("member", (world.bo.pk, "bo"), Target(MEMBER, world.bo.pk)),
    ):
        assert named(reverse(name, args=parts)) == target
    assert named("/t/5/x/#p7") == Target(THREAD, 5, number=7)
    for other in ("/", "/search/?q=/t/5/", "/t/0/", "/t/5/reply", "/p/5/edit", "/tea/5/"):
        assert named(other) is None


@pytest.mark.parametrize(
    ("behind", "title"),
    [
        ("/t/{t}/saddle-heights/", "Saddle heights"),
        ("/t/{t}", "Saddle heights"),
        ("/t/{t}/saddle-heights/2/", "Page 2 of Saddle heights"),
        ("/t/{t}/saddle-heights/2/#p21", "Post 21 in Saddle heights"),
        ("/t/{t}/saddle-heights/?highlight=saddle", "Saddle heights"),
        ("/p/{p}/", "Post 2 in Saddle heights"),
        ("/b/{b}/training/", "Training"),
        ("/m/{m}/bo/", "Bo"),
    ],
)
def test_a_bare_address_says_the_title_and_leads_within_the_board(world, linked, behind, title):
    reply = world.reply(thread=linked)
    path = behind.format(t=linked.pk, p=reply.pk, b=linked.board_id, m=world.bo.pk)

    post = world.reply(f"See {HERE}{path}")

    assert post.html == f'<p>See <a href="{path}">{title}</a></p>'


def test_words_of_the_writer_stay_and_other_pages_show_their_address(world, linked):
    post = world.reply(
        f"[url={HERE}/t/{linked.pk}/]this[/url] {HERE}/search/?q=saddle {HERE}/t/99999/"
    )

    assert post.html == (
        f'<p><a href="/t/{linked.pk}/">this</a>'
        f' <a href="/search/?q=saddle">{HERE}/search/?q=saddle</a>'
        f' <a href="/t/99999/">{HERE}/t/99999/</a></p>'
    )


def test_paths_of_the_board_are_links_too(world, linked):
    post = world.reply(
        f"[url=/t/{linked.pk}/]this[/url] [url]/t/{linked.pk}/[/url] [thread]{linked.pk}[/thread]"
        f" [thread={linked.pk}]that[/thread] [url=/\\evil.example/]no[/url]"
    )

    here = f'<a href="/t/{linked.pk}/">'
    assert post.html == (
        f"<p>{here}this</a> {here}Saddle heights</a> {here}Saddle heights</a> {here}that</a>"
        " [url=/\\evil.example/]no[/url]</p>"
    )


@pytest.mark.parametrize(
    "address",
    [
        "http://testserver.evil.example/t/1/",
        "http://evil.example/t/1/",
        "http://testserver@evil.example/t/1/",
        "http://testserver//evil.example/",
        "http://evil.example#http://testserver/t/1/",
    ],
)
def test_addresses_of_others_stay_links_to_elsewhere(world, linked, address):
    html = world.reply(f"See {address} there").html

    assert 'href="/' not in html
    assert "Saddle" not in html


def test_a_title_that_not_everybody_may_read_is_shown_to_nobody(world, linked):
    staff_room = world.hidden_board()
    secret = world.start_thread("A plan", board=staff_room, author=world.root)
    hidden = world.reply("Rude.", thread=linked)
    world.hide(hidden)

    post = world.reply(
        f"{HERE}/t/{secret.pk}/ {HERE}/p/{hidden.pk}/ {HERE}/b/{staff_room.pk}/",
        author=world.root,
    )

    assert "plan" not in post.html
    assert "Saddle" not in post.html
    assert "Staff" not in post.html
    assert post.html.count("<a href=") == 3


def test_a_title_is_text_whatever_it_looks_like(world):
    odd = world.start_thread('<b>Bold</b> & "quoted" [url=x]y[/url]', author=world.bo)

    post = world.reply(f"{HERE}/t/{odd.pk}/")

    assert '&lt;b&gt;Bold&lt;/b&gt; &amp; "quoted" [url=x]y[/url]</a>' in post.html


def move_out_of_sight(world, thread):
    staff_room = world.hidden_board()
    move_thread(world.viewer(world.root), thread.pk, staff_room.pk)


CHANGES = {
    "renamed": (lambda w, ada, t: rename_thread(ada, t.pk, "Saddles"), "Saddles"),
    "hidden": (lambda w, ada, t: hide_thread(ada, t.pk), None),
    "its only post hidden": (
        lambda w, ada, t: hide_post(ada, Post.objects.get(thread=t).pk),
        None,
    ),
    "deleted by its author": (
        lambda w, ada, t: delete_own(w.viewer(w.bo), Post.objects.get(thread=t).pk),
        None,
    ),
    "retitled by its author": (
        lambda w, ada, t: edit_post(
            w.viewer(w.bo), Post.objects.get(thread=t).pk, Edit("X", 0, title="Seats")
        ),
        "Seats",
    ),
    "moved out of sight": (
        lambda w, ada, t: move_out_of_sight(w, t),
        None,
    ),
    "merged": (lambda w, ada, t: merge_threads(ada, t.pk, w.thread.pk), "Back pain on long rides"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_titles_follow_what_becomes_of_a_thread(world, ada, linked, change):
    do, title = CHANGES[change]
    address = f"{HERE}/t/{linked.pk}/"
    post = world.reply(f"See {address}")
    assert "Saddle heights</a>" in post.html
    before = Post.objects.get(id=post.pk)
    settle()

    do(world, ada, linked)
    settle()

    after = Post.objects.get(id=post.pk)
    assert after.html == f'<p>See <a href="/t/{linked.pk}/">{title or address}</a></p>'
    assert (after.edited_at, after.revision_count) == (before.edited_at, 0)


def test_a_title_comes_back_with_its_thread(world, ada, linked):
    hide_thread(ada, linked.pk)
    post = world.reply(f"See {HERE}/t/{linked.pk}/")
    assert "Saddle" not in post.html

    restore_thread(ada, linked.pk)
    settle()

    assert "Saddle heights</a>" in html_of(post)


def test_titles_follow_a_post_that_was_split_off_or_hidden(world, ada, linked):
    reply = world.reply(thread=linked)
    post = world.reply(f"See {HERE}/p/{reply.pk}/")
    assert "Post 2 in Saddle heights" in post.html

    split_thread(ada, linked.pk, [reply.pk], "Off topic")
    settle()
    assert html_of(post) == f'<p>See <a href="/p/{reply.pk}/">Off topic</a></p>'

    hide_post(ada, reply.pk)
    settle()
    assert "topic" not in html_of(post)


def test_titles_go_when_visitors_may_read_a_board_no_longer(world, root, linked):
    board = world.board("Club room")
    thread = world.start_thread("Club dinner", board=board)
    post = world.reply(f"{HERE}/t/{thread.pk}/ {HERE}/b/{board.pk}/ {HERE}/t/{linked.pk}/")
    assert "Club dinner" in post.html

    guests = (world.group("guests").pk, int(Right.READ))
    set_rights(root, board.pk, {guests: "deny"})
    settle()

    assert "Club" not in html_of(post)
    assert "Saddle heights" in html_of(post)

    set_rights(world.viewer(world.root), board.pk, {guests: "inherit"})
    settle()

    assert html_of(post) == post.html


def test_names_of_boards_and_members_follow(world, root, bo):
    post = world.reply(f"{HERE}/b/{world.training.pk}/ {HERE}/m/{world.bo.pk}/")
    assert "Training</a>" in post.html

    form = load_board_form(root, world.training.pk)
    change_board(root, world.training.pk, BoardValues(**{**vars_of(form.values), "name": "Gym"}))
    erase_account(bo, keeps_texts=True)
    settle()

    assert "Gym</a>" in html_of(post)
    assert "Bo<" not in html_of(post)


def vars_of(values):
    return {name: getattr(values, name) for name in values.__dataclass_fields__}


def test_what_a_post_links_to_follows_its_edits(world, cy, linked):
    post = world.reply(f"{HERE}/t/{linked.pk}/ {HERE}/p/{Post.objects.get(thread=linked).pk}/")
    links = InsideLink.objects.filter(post=post)
    assert sorted(links.values_list("kind", "is_titled")) == [("post", True), ("thread", True)]

    edit_post(cy, post.pk, Edit("Nothing.", 0))

    assert not links.exists()


def test_what_was_edited_meanwhile_is_left_as_its_editor_has_it(world, linked, monkeypatch):
    post = world.reply(f"{HERE}/t/{linked.pk}/")

    def edit_first(*arguments, **more):
        Post.objects.filter(id=post.pk).update(source="Other words.", html="<p>Other words.</p>")
        return render_for(*arguments, **more)

    monkeypatch.setattr("paceline.posting.render_again.render_for", edit_first)

    assert render_again([post.pk]) == 0
    assert html_of(post) == "<p>Other words.</p>"


def test_a_post_without_links_costs_nothing_more_and_many_cost_no_more_than_one(
    world, cy, linked, queries
):
    def preview(source):
        return preview_text(cy, "reply", world.thread.pk, source)

    others = [world.start_thread(f"Thread {number}", author=world.bo) for number in range(12)]
    preview("Warm.")
    none, _ = queries(preview, "No link.")
    one, _ = queries(preview, f"{HERE}/t/{linked.pk}/")
    many, html = queries(preview, " ".join(f"{HERE}/t/{each.pk}/" for each in others))

    assert html.count("Thread ") == 12
    assert many == one <= none + 3


def test_states_that_only_their_authors_see_show_no_title(world, linked):
    for state in (State.HELD, State.DELETED, State.HIDDEN):
        Thread.objects.filter(id=linked.pk).update(state=state)
        assert "Saddle" not in world.reply(f"{HERE}/t/{linked.pk}/", author=world.bo).html


def test_everybody_is_named_but_who_has_erased_their_account(world, cy):
    erase_account(cy, keeps_texts=True)
    assert (
        Member.objects.get(id=world.cy.pk).name
        not in world.reply(f"{HERE}/m/{world.cy.pk}/", author=world.bo).html
    )

"""Thread tools for moderators over HTTP, without script."""

import pytest
from django.urls import reverse

from paceline.forum.models import Post, Prefix, StaffAction, State, Thread
from paceline.permissions.models import BoardModerator
from paceline.permissions.rights import Right

SIMPLE = ["lock", "unlock", "pin", "unpin", "hide", "restore", "approve", "refuse"]
FORMS = [*SIMPLE, "move", "rename", "merge"]


@pytest.fixture
def as_ada(world, client):
    client.force_login(world.ada)
    return client


@pytest.mark.parametrize("verb", FORMS)
def test_a_form_asks_first_and_looking_changes_nothing(world, as_ada, verb):
    before = Thread.objects.filter(id=world.thread.pk).values().get()
    page = as_ada.get(f"/t/{world.thread.pk}/{verb}")

    assert page.status_code == 200
    assert b'name="reason"' in page.content
    assert Thread.objects.filter(id=world.thread.pk).values().get() == before


# In quick runs tests/doors alone asks who may come in.
@pytest.mark.slow
@pytest.mark.parametrize("verb", FORMS)
def test_others_get_no_form_and_can_send_none(world, client, verb):
    dan = world.member("Dan")
    BoardModerator.objects.create(board=world.board("Bikes"), member=dan)
    hidden = world.start_thread("Hidden", state=State.HIDDEN)
    for member in (None, world.bo, world.mal, dan):
        if member:
            client.force_login(member)
        for method in (client.get, client.post):
            assert method(f"/t/{world.thread.pk}/{verb}").status_code == 403
            assert method(f"/t/{hidden.pk}/{verb}").status_code == 404
    assert not StaffAction.objects.exists()


def test_deeds_are_done_and_lead_back_to_the_thread(world, as_ada):
    here = reverse("thread_by_id", args=[world.thread.pk])
    for verb, column, value in (
        ("lock", "is_locked", True),
        ("pin", "is_pinned", True),
        ("hide", "state", State.HIDDEN),
        ("restore", "state", State.VISIBLE),
        ("unpin", "is_pinned", False),
        ("unlock", "is_locked", False),
    ):
        answer = as_ada.post(f"/t/{world.thread.pk}/{verb}", {"reason": "So"})
        assert (answer.status_code, answer["Location"]) == (302, here)
        assert getattr(world.thread, column) == value
        assert as_ada.get(here, follow=True).status_code == 200
    assert StaffAction.objects.filter(reason="So").count() == 6


def test_a_refusal_gives_the_form_back_with_what_was_typed(world, as_ada):
    long_reason = "Because " * 100
    page = as_ada.post(f"/t/{world.thread.pk}/lock", {"reason": long_reason})
    assert page.status_code == 422
    assert long_reason.encode() in page.content
    page = as_ada.post(f"/t/{world.thread.pk}/approve")
    assert page.status_code == 302  # it is visible already
    page = as_ada.post(f"/t/{world.thread.pk}/rename", {"title": "?!", "reason": "Better"})
    assert page.status_code == 422
    assert b'value="?!"' in page.content
    assert b'value="Better"' in page.content


def test_a_thread_is_moved_renamed_and_merged(world, as_ada):
    bikes = world.board("Bikes")
    prefix = Prefix.objects.create(board=world.training, label="Solved")
    thread, other = world.thread, world.start_thread("Saddles")

    as_ada.post(f"/t/{thread.pk}/rename", {"title": "Back pain", "prefix": prefix.pk})
    assert (world.thread.title, world.thread.prefix) == ("Back pain", prefix)

    first = as_ada.post(f"/t/{other.pk}/merge", {"target": f"http://x/t/{thread.pk}/any/3/"})
    assert first.status_code == 200
    assert b"Back pain" in first.content
    assert Thread.objects.get(id=other.pk).moved_to is None
    second = as_ada.post(
        f"/t/{other.pk}/merge", {"target": str(thread.pk), "sure": thread.pk, "reason": "Same"}
    )
    assert second["Location"] == f"/t/{thread.pk}/"
    assert Thread.objects.get(id=other.pk).moved_to == thread

    page = as_ada.post(f"/t/{thread.pk}/move", {"board": ""})
    assert page.status_code == 422
    as_ada.post(f"/t/{thread.pk}/move", {"board": bikes.pk, "leaves_stub": "1"})
    assert world.thread.board == bikes
    assert Thread.objects.filter(board=world.training, moved_to=thread).count() == 2


@pytest.mark.parametrize("typed", ["", "none", "/t/0", "/t/999999", "/p/999999/", "9" * 30, "²"])
def test_a_merge_into_nothing_is_refused_in_words(world, as_ada, typed):
    page = as_ada.post(f"/t/{world.thread.pk}/merge", {"target": typed, "reason": "Same"})
    assert page.status_code == 422
    assert b'value="Same"' in page.content


def test_a_hidden_board_is_no_target_and_not_named(world, as_ada):
    secret = world.hidden_board("Staff room")
    page = as_ada.get(f"/t/{world.thread.pk}/move")
    assert b"Staff room" not in page.content
    page = as_ada.post(f"/t/{world.thread.pk}/move", {"board": secret.pk})
    assert page.status_code == 422
    hidden = world.start_thread("Plans", board=secret, author=world.root)
    page = as_ada.post(f"/t/{world.thread.pk}/merge", {"target": hidden.pk})
    assert page.status_code == 422
    assert b"Plans" not in page.content


@pytest.mark.parametrize("verb", ["hide", "restore", "approve", "refuse"])
def test_posts_have_their_forms_too(world, as_ada, verb):
    post = world.reply()
    if verb in ("approve", "refuse"):
        world.rights("members", world.training, deny=Right.UNHELD)
        post = world.reply()
    if verb == "restore":
        world.hide(post)
    assert as_ada.get(f"/p/{post.pk}/{verb}").status_code == 200
    if verb == "refuse":
        page = as_ada.post(f"/p/{post.pk}/{verb}", {"reason": ""})
        assert page.status_code == 422
    answer = as_ada.post(f"/p/{post.pk}/{verb}", {"reason": "So"})
    assert answer["Location"] == f"/p/{post.pk}/"
    wanted = State.HIDDEN if verb in ("hide", "refuse") else State.VISIBLE
    assert Post.objects.get(id=post.pk).state == wanted
    as_ada.logout()
    assert as_ada.post(f"/p/{post.pk}/{verb}").status_code == (
        404 if wanted == State.HIDDEN else 403
    )


def test_posts_are_chosen_by_boxes_and_numbers_and_split_off(world, as_ada):
    posts = world.posts(6)
    page = as_ada.get(f"/t/{world.thread.pk}/split", follow=True)
    assert page.content.count(b'name="post"') == 7

    address = reverse("mod_split", args=[world.thread.pk])
    form = {"deed": "split", "post": posts[0].pk, "numbers": "4, 6-7", "title": ""}
    page = as_ada.post(address, form)
    assert page.status_code == 422
    assert f'value="{posts[0].pk}" checked'.encode() in page.content
    assert b'value="4, 6-7"' in page.content

    answer = as_ada.post(address, {**form, "title": "Saddles", "board": world.training.pk})
    new = Thread.objects.get(title="Saddles")
    assert answer["Location"] == f"/t/{new.pk}/"
    assert new.post_count == 4
    old = Post.objects.get(id=posts[0].pk)
    assert as_ada.get(f"/p/{old.pk}/")["Location"] == f"/t/{new.pk}/saddles/#p1"


def test_chosen_posts_are_hidden_together(world, as_ada):
    posts = world.posts(3)
    address = reverse("mod_split", args=[world.thread.pk])
    as_ada.post(address, {"deed": "hide", "post": [p.pk for p in posts[:2]], "numbers": "4"})
    assert Post.objects.filter(state=State.HIDDEN).count() == 3


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"deed": "burn"},
        {"deed": "hide"},
        {"deed": "hide", "post": ["x", "0", "9" * 40]},
        {"deed": "hide", "numbers": "one to three"},
        {"deed": "hide", "numbers": "1," * 60},
        {"deed": "split", "numbers": "2", "title": "New", "board": "424242"},
    ],
)
def test_what_makes_no_sense_comes_back_with_a_sentence(world, as_ada, form):
    world.reply()
    page = as_ada.post(reverse("mod_split", args=[world.thread.pk]), form)
    assert page.status_code == 422
    assert b'role="alert"' in page.content

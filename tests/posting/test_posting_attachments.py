"""Attachments in texts: hung with the post, shown where the text says, made anew with it."""

import pytest

from paceline.browsing.thread_page import load_thread_page
from paceline.forum.models import Post, Revision, StaffAction, State
from paceline.lib.errors import NotAllowed
from paceline.media.models import Attachment
from paceline.permissions.rights import TAKING_PART, Right
from paceline.posting.attach import detach_file
from paceline.posting.edit import Edit, edit_post
from paceline.posting.preview import preview_text
from paceline.posting.render_again import render_again
from paceline.posting.reply import post_reply
from paceline.posting.rerender import begin_run, do_step
from paceline.posting.start_thread import start_thread
from tests import samples
from tests.posting.attached import hang, send


@pytest.fixture
def place(world) -> str:
    return f"reply:{world.thread.pk}"


def shown(world, viewer, number: int):
    page = load_thread_page(viewer, world.thread.pk)
    return next(post for post in page.posts if post.number == number)


def picture(viewer, place: str, name: str = "ride.png"):
    return send(viewer, place, samples.picture("PNG", (900, 600)), name)


def test_what_the_text_does_not_show_stands_below_it(world, bo, nobody, place):
    inside, below = picture(bo, place), send(bo, place, samples.PDF, "plan.pdf")

    post = post_reply(
        bo,
        world.thread.pk,
        f"See [attach]{inside.id}[/attach] here.",
        attachments=[below.id, inside.id],
    )

    row = shown(world, nobody, post.number)
    assert [one.name for one in row.attachments] == ["plan.pdf"]
    assert f'<a class="attachment" href="/attachments/{inside.id}/ride.png">' in row.html
    assert f'src="/attachments/{inside.id}/small"' in row.html
    assert 'width="480" height="320"' in row.html
    assert post.attachment_count == 2


def test_what_the_text_shows_is_hung_to_it_without_being_named_in_the_form(world, bo, place):
    inside = picture(bo, place)

    post = post_reply(bo, world.thread.pk, f"[attach]{inside.id}[/attach]")

    assert Attachment.objects.get().post_id == post.pk


def test_markdown_shows_attachments_too(world, bo, place):
    inside = picture(bo, place)

    post = post_reply(
        bo, world.thread.pk, f"![A ride](attachment:{inside.id})", language="markdown"
    )

    assert f'src="/attachments/{inside.id}/small"' in post.html
    assert Attachment.objects.get().is_placed


def test_a_thread_begins_with_attachments(world, bo, place):
    file = send(bo, f"thread:{world.training.pk}")

    post = start_thread(bo, world.training.pk, "Title", "Text.", attachments=[file.id])

    assert Attachment.objects.get().post_id == post.pk
    assert Post.objects.get(id=post.pk).attachment_count == 1


def test_a_file_of_somebody_else_is_neither_shown_nor_hung(world, bo, cy, place):
    theirs = picture(cy, place, "ride.png")
    posted = hang(world, world.reply(author=world.cy), samples.PDF, "secret plan.pdf")
    source = f"[attach]{theirs.id}[/attach] [attach]{posted.id}[/attach]"

    post = post_reply(bo, world.thread.pk, source, attachments=[theirs.id, posted.id])

    assert post.attachment_count == 0
    assert "/attachments/" not in post.html
    assert "ride.png" not in post.html
    assert "secret" not in post.html


def test_where_one_may_not_attach_nothing_is_hung(world, bo, place):
    file = send(bo, place)
    world.rights("members", None, allow=TAKING_PART & ~Right.ATTACH)
    bo = world.viewer(world.bo)

    with pytest.raises(NotAllowed, match="may not post attachments"):
        post_reply(bo, world.thread.pk, "Text.", attachments=[file.id])
    post = post_reply(bo, world.thread.pk, f"[attach]{file.id}[/attach]")

    assert post.attachment_count == 0


def test_the_same_form_sent_twice_hangs_its_files_once(world, bo, place):
    file = send(bo, place)

    first, again = (
        post_reply(bo, world.thread.pk, "Text.", attachments=[file.id], once_key="k" * 32)
        for _ in range(2)
    )

    assert first.pk == again.pk
    assert Attachment.objects.get().post_id == first.pk


def test_a_preview_shows_what_is_waiting_and_hangs_nothing(world, bo, place):
    file = picture(bo, place)

    html = preview_text(bo, "reply", world.thread.pk, f"[attach]{file.id}[/attach]")

    assert f"/attachments/{file.id}/small" in html
    assert Attachment.objects.get().post_id is None


def test_an_edit_keeps_adds_and_places_attachments(world, bo, place):
    first = send(bo, place, samples.PDF, "plan.pdf")
    post = post_reply(bo, world.thread.pk, "Text.", attachments=[first.id])
    second = picture(bo, f"edit:{post.pk}")

    edit = Edit("Text.", seen_revision=0, attachments=(second.id,))
    post = edit_post(bo, post.pk, edit)
    assert [row.name for row in shown(world, bo, post.number).attachments] == [
        "plan.pdf",
        "ride.png",
    ]
    assert post.revision_count == 0, "no word was changed"

    source = f"Text. [attach]{second.id}[/attach]"
    post = edit_post(bo, post.pk, Edit(source, seen_revision=0))
    assert [row.name for row in shown(world, bo, post.number).attachments] == ["plan.pdf"]
    assert f"/attachments/{second.id}/small" in post.html
    assert Revision.objects.get(post=post, number=1).source == source


def test_a_moderators_file_on_somebodys_post_is_logged(world, bo, ada):
    post = world.reply(author=world.bo)
    file = send(ada, f"edit:{post.pk}")

    edit_post(ada, post.pk, Edit(post.source, seen_revision=0, attachments=(file.id,)))

    assert StaffAction.objects.get().verb == "edit post"


def test_files_added_where_posts_wait_for_approval_make_the_post_wait_again(world, bo):
    post = world.reply(author=world.bo)
    world.rights("members", None, allow=TAKING_PART & ~Right.UNHELD)
    bo = world.viewer(world.bo)
    file = send(bo, f"edit:{post.pk}")

    edit_post(bo, post.pk, Edit(post.source, seen_revision=0, attachments=(file.id,)))

    post.refresh_from_db()
    assert post.state == State.HELD
    assert post.attachment_count == 1


def test_a_file_that_is_taken_away_is_shown_no_longer(world, bo, ada, place):
    file = picture(bo, place)
    post = post_reply(bo, world.thread.pk, f"See [attach]{file.id}[/attach].")
    assert "/attachments/" in post.html

    detach_file(ada, file.id)

    post.refresh_from_db()
    assert "/attachments/" not in post.html
    assert "See" in post.html
    assert post.edited_at is None


def test_what_is_rendered_anew_shows_the_same_attachments(world, bo, cy, place):
    file = picture(bo, place)
    post = post_reply(bo, world.thread.pk, f"See [attach]{file.id}[/attach].")
    other = post_reply(cy, world.thread.pk, f"Not mine: [attach]{file.id}[/attach].")
    before = {post.pk: post.html, other.pk: other.html}

    Post.objects.update(html="")
    render_again(before)
    assert dict(Post.objects.filter(id__in=before).values_list("id", "html")) == before

    Post.objects.update(html="")
    begin_run()
    while do_step(""):
        pass
    assert dict(Post.objects.filter(id__in=before).values_list("id", "html")) == before

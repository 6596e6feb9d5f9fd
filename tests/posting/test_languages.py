"""In which language a text is, and with which one a form begins."""

import pytest

from paceline.conf.site import rights_changed
from paceline.forum.models import Post, Revision
from paceline.lib.errors import Invalid
from paceline.permissions.boards import find_board
from paceline.posting.drafts import load_draft, save_draft
from paceline.posting.edit import Edit, edit_post
from paceline.posting.languages import first_language, languages_of
from paceline.posting.preview import preview_text
from paceline.posting.reply import post_reply
from paceline.posting.start_thread import start_thread


def chooses(world, member, language):
    member.post_language = language
    member.save()
    return world.viewer(member)


def keys(world, viewer):
    return [one.key for one in languages_of(find_board(viewer, world.training.pk))]


def test_a_board_takes_what_it_has_switched_on(world, bo):
    assert keys(world, bo) == ["bbcode", "markdown"]

    world.training.allows_bbcode = False
    world.training.save()
    rights_changed()
    assert keys(world, world.viewer(world.bo)) == ["markdown"]

    world.training.allows_markdown = False
    world.training.save()
    rights_changed()
    assert keys(world, world.viewer(world.bo)) == ["plain"]


def test_a_form_begins_with_the_member_s_language_then_the_board_s(world, bo):
    board = find_board(bo, world.training.pk)
    assert first_language(bo, board) == "bbcode"

    world.set(post_language="markdown")
    assert first_language(world.viewer(world.bo), board) == "markdown"
    assert first_language(chooses(world, world.bo, "bbcode"), board) == "bbcode"


def test_a_language_that_the_board_does_not_take_is_no_first_one(world, bo):
    world.training.allows_markdown = False
    world.training.save()
    rights_changed()
    viewer = chooses(world, world.bo, "markdown")

    assert first_language(viewer, find_board(viewer, world.training.pk)) == "bbcode"
    with pytest.raises(Invalid, match="ways of writing"):
        post_reply(viewer, world.thread.pk, "Hello", language="markdown")


@pytest.mark.parametrize("language", ["plain", "html", "x" * 300])
def test_no_other_language_is_taken(world, bo, language):
    with pytest.raises(Invalid, match="ways of writing"):
        post_reply(bo, world.thread.pk, "Hello", language=language)
    with pytest.raises(Invalid, match="ways of writing"):
        start_thread(bo, world.training.pk, "Saddles", "Hello", language=language)
    with pytest.raises(Invalid, match="ways of writing"):
        preview_text(bo, "reply", world.thread.pk, "Hello", language)


def test_a_post_keeps_its_language_and_is_read_in_it(world, bo):
    post = post_reply(bo, world.thread.pk, "[b]Not bold[/b] here", language="markdown")

    assert post.language == "markdown"
    assert "[b]" in post.html
    opening = start_thread(bo, world.training.pk, "Saddles", "[b]Bold[/b]", language="bbcode")
    assert (opening.language, "<b>" in opening.html or "<strong>" in opening.html) == (
        "bbcode",
        True,
    )


def test_an_edit_stays_in_the_post_s_language(world, bo):
    post = post_reply(bo, world.thread.pk, "One", language="markdown")
    viewer = chooses(world, world.bo, "bbcode")

    edit_post(viewer, post.pk, Edit("[b]Two[/b]", 0))

    post = Post.objects.get(pk=post.pk)
    assert post.language == "markdown"
    assert "[b]Two[/b]" in post.html
    assert Revision.objects.filter(post=post).count() == 2
    assert "[b]" in preview_text(viewer, "edit", post.pk, "[b]Two[/b]", "bbcode")


def test_without_a_word_it_is_the_language_that_forms_begin_with(world, bo):
    viewer = chooses(world, world.bo, "markdown")

    assert post_reply(viewer, world.thread.pk, "Hello").language == "markdown"
    assert post_reply(world.viewer(world.cy), world.thread.pk, "Hello").language == "bbcode"


def test_a_draft_keeps_what_was_chosen(world, bo):
    save_draft(bo, "reply:1", "Half", language="markdown")
    save_draft(bo, "reply:2", "Half", language="nonsense")

    chosen, not_chosen = load_draft(bo, "reply:1"), load_draft(bo, "reply:2")
    assert chosen
    assert not_chosen
    assert (chosen.language, not_chosen.language) == ("markdown", "")

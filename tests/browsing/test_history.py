import pytest

from paceline.browsing.history import VERSIONS_PER_PAGE, load_history
from paceline.forum.models import Post, State
from paceline.lib.differences import Piece
from paceline.lib.errors import NotFound
from paceline.posting.edit import Edit, edit_post


def edit(viewer, post, source, **more):
    post.refresh_from_db()
    return edit_post(viewer, post.pk, Edit(source, post.revision_count, **more))


def test_versions_stand_newest_first_with_what_was_changed(world, bo, cy):
    post = world.reply("My back hurts.")
    edit(cy, post, "My neck hurts.", reason="lower down")

    history = load_history(bo, post.pk)

    now, first = history.versions
    assert (now.number, now.is_current, now.reason) == (1, True, "lower down")
    assert now.pieces == (
        Piece("same", "My "),
        Piece("del", "back"),
        Piece("ins", "neck"),
        Piece("same", " hurts."),
    )
    assert (first.is_first, first.pieces) == (True, (Piece("same", "My back hurts."),))
    assert (first.written_by_name, first.written_at) == ("Cy", post.posted_at)


def test_another_title_is_shown_where_it_changed(world, bo):
    opening = Post.objects.get(thread=world.thread)
    edit(bo, opening, "One.", title="Better said")
    edit(bo, opening, "Two.")

    titles = [version.title for version in load_history(bo, opening.pk).versions]

    assert titles == ["", "Better said", "Back pain on long rides"]


def test_who_cannot_see_the_post_sees_no_history(world, ada, bo, cy):
    post = world.reply("One")
    edit(cy, post, "Two")

    with pytest.raises(NotFound):
        load_history(bo, 2**62)
    world.hide(Post.objects.get(id=post.pk))
    with pytest.raises(NotFound):
        load_history(bo, post.pk)
    assert load_history(ada, post.pk)


def test_a_post_that_was_never_edited_has_no_history(world, bo):
    with pytest.raises(NotFound, match="only the one version"):
        load_history(bo, world.reply().pk)


def test_what_a_moderator_hid_is_for_moderators(world, ada, bo, cy):
    post = world.reply("Call 555 0100.")
    edit(cy, post, "Call 555 0101.")
    edit(ada, post, "Call me.", hides_before=True, reason="No numbers, please")

    for reader in (bo, cy):
        now, *earlier = load_history(reader, post.pk).versions
        assert now.pieces == (Piece("same", "Call me."),)
        assert now.follows_withheld
        assert all(version.is_withheld and not version.pieces for version in earlier)
    assert not any(version.is_withheld for version in load_history(ada, post.pk).versions)
    assert load_history(ada, post.pk).versions[1].is_hidden


def test_a_long_history_comes_in_pages(world, cy):
    world.set(posts_per_minute=0)
    cy = world.viewer(world.cy)
    post = world.reply("0")
    for number in range(1, VERSIONS_PER_PAGE + 3):
        edit(cy, post, str(number))

    newest = load_history(cy, post.pk)
    assert len(newest.versions) == VERSIONS_PER_PAGE
    assert newest.older == 2
    rest = load_history(cy, post.pk, upto=newest.older)
    assert [version.number for version in rest.versions] == [2, 1, 0]
    assert rest.older is None


def test_queries_do_not_grow_with_the_versions(world, cy, queries):
    post = world.reply("0")
    edit(cy, post, "1")
    few, _ = queries(load_history, cy, post.pk)
    for number in range(2, 9):
        edit(cy, post, str(number))
    many, history = queries(load_history, cy, post.pk)

    assert len(history.versions) == 9
    assert (few, many) == (2, 2)


def test_the_author_of_a_deleted_post_still_reads_its_history(world, cy, bo):
    post = world.reply("One")
    edit(cy, post, "Two")
    Post.objects.filter(id=post.pk).update(state=State.DELETED)

    assert load_history(cy, post.pk)
    with pytest.raises(NotFound):
        load_history(bo, post.pk)

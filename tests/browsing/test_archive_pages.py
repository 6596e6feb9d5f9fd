"""The archive lists the whole board, and nothing that a visitor may not see."""

import pytest

from paceline.browsing import archive_pages as browsing
from paceline.browsing.archive_pages import (
    load_archive_board,
    load_archive_index,
    load_archive_thread,
)
from paceline.forum.models import Post, State, Thread
from paceline.lib.errors import NotFound
from paceline.permissions.rights import Right


def test_the_index_lists_boards_in_their_tree_with_counts(world):
    world.board("Wheels", parent=world.training)
    world.board("The house", takes_threads=False)
    world.posts(2)
    boards = load_archive_index(world.viewer(None))

    assert [(b.name, b.depth, b.thread_count, b.post_count) for b in boards] == [
        ("Training", 0, 1, 3),
        ("Wheels", 1, 0, 0),
        ("The house", 0, 0, 0),
    ]
    assert [board.has_page for board in boards] == [True, True, False]


def test_a_board_that_may_be_seen_and_not_read_has_a_name_and_nothing_else(world):
    world.posts(1)
    world.rights("guests", world.training, deny=Right.READ)
    viewer = world.viewer(None)

    (board,) = load_archive_index(viewer)
    assert (board.name, board.has_page, board.thread_count) == ("Training", False, 0)
    with pytest.raises(NotFound):
        load_archive_board(viewer, board.id)
    with pytest.raises(NotFound):
        load_archive_thread(viewer, world.thread.pk)


def test_hidden_boards_threads_and_posts_are_not_there(world, nobody):
    secret = world.hidden_board()
    inside = world.start_thread("Plans", board=secret, author=world.root)
    hidden = world.start_thread("Hidden")
    held = world.start_thread("Held")
    Thread.objects.filter(id=hidden.pk).update(state=State.HIDDEN)
    Thread.objects.filter(id=held.pk).update(state=State.HELD)
    world.hide(world.reply("Not for visitors."))
    viewer = world.viewer(None)

    assert [board.name for board in load_archive_index(viewer)] == ["Training"]
    assert [t.title for t in load_archive_board(viewer, world.training.pk).threads] == [
        "Back pain on long rides"
    ]
    assert [post.number for post in load_archive_thread(viewer, world.thread.pk).posts] == [1]
    for thread in (inside, hidden, held):
        with pytest.raises(NotFound):
            load_archive_thread(viewer, thread.pk)
    with pytest.raises(NotFound):
        load_archive_board(viewer, secret.pk)


def test_windows_of_threads_follow_each_other_both_ways(world, nobody, monkeypatch):
    monkeypatch.setattr(browsing, "THREADS_PER_PAGE", 2)
    made = [world.start_thread(f"Thread {n}").pk for n in range(5)]
    pages = [load_archive_board(nobody, world.training.pk)]
    while pages[-1].next_after:
        pages.append(load_archive_board(nobody, world.training.pk, pages[-1].next_after))

    assert [[thread.id for thread in page.threads] for page in pages] == [
        made[:2],
        made[2:4],
        made[4:],
    ]
    assert [page.previous_after for page in pages] == [None, 0, made[1]]
    assert load_archive_board(nobody, world.training.pk, 10**15).threads == ()


def test_a_new_thread_moves_no_other_to_another_page(world, nobody, monkeypatch):
    monkeypatch.setattr(browsing, "THREADS_PER_PAGE", 2)
    made = [world.start_thread(f"Thread {n}").pk for n in range(2)]
    world.start_thread("Another")

    first = load_archive_board(nobody, world.training.pk)
    assert [thread.id for thread in first.threads] == made


def test_posts_stand_in_windows_of_their_numbers(world, nobody, monkeypatch):
    monkeypatch.setattr(browsing, "POSTS_PER_PAGE", 10)
    world.set(posts_per_page=5)
    replies = world.posts(12)
    world.hide(replies[10])
    page = load_archive_thread(world.viewer(None), world.thread.pk, 2)

    assert [post.number for post in page.posts] == [11, 13]
    assert (page.page_count, page.full_page) == (2, 3)
    with pytest.raises(NotFound):
        load_archive_thread(nobody, world.thread.pk, 3)


def test_a_post_carries_the_name_its_author_has_now(world, nobody):
    post = world.reply("A reply.")
    world.cy.name = "Cyril"
    world.cy.save(update_fields=["name"])
    Post.objects.filter(thread=world.thread, number=1).update(author=None, author_name="A guest")
    page = load_archive_thread(nobody, post.thread_id)

    assert [post.author_name for post in page.posts] == ["A guest", "Cyril"]


def test_queries_do_not_grow_with_what_is_listed(world, nobody, queries):
    world.posts(1)
    board_id, thread_id = world.training.pk, world.thread.pk

    def spent():
        return [
            queries(load_archive_index, nobody)[0],
            queries(load_archive_board, nobody, board_id, 1)[0],
            queries(load_archive_thread, nobody, thread_id)[0],
        ]

    spent()
    few = spent()
    world.posts(10)
    for n in range(10):
        world.start_thread(f"Thread {n}")
    assert len(load_archive_board(nobody, board_id).threads) == 11
    assert spent() == few == [1, 2, 2]

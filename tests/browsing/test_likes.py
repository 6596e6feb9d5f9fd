import pytest

from paceline.browsing.likes import load_likes
from paceline.lib.errors import NotFound
from paceline.posting.like import like_post


def test_who_likes_a_post_the_latest_first(world, ada, bo, nobody):
    post = world.reply()
    like_post(ada, post.pk)
    like_post(bo, post.pk)

    page = load_likes(nobody, post.pk)

    assert [like.name for like in page.likes] == ["Bo", "Ada"]
    assert (page.count, page.author_name, page.place.number) == (2, "Cy", 2)


def test_a_post_that_cannot_be_seen(world, bo):
    post = world.reply()
    world.hide(post)

    for post_id in (post.pk, 2**62):
        with pytest.raises(NotFound):
            load_likes(bo, post_id)


def test_queries_do_not_grow_with_the_likes(world, bo, queries):
    post = world.reply()
    few, _ = queries(load_likes, bo, post.pk)
    for member in (world.ada, world.bo, world.root):
        like_post(world.viewer(member), post.pk)
    many, page = queries(load_likes, bo, post.pk)

    assert len(page.likes) == 3
    assert (few, many) == (2, 2)

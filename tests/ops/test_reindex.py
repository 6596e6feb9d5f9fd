"""`paceline reindex` and what `paceline check` says of the index."""

import pytest
from click.testing import CliRunner

from paceline.ops.cli import group
from paceline.search.engine import engine


@pytest.fixture
def run(world):
    """A command in this process, on the test's own database."""
    return lambda *arguments: CliRunner().invoke(group, list(arguments))


def test_what_the_index_lacks_is_named_and_reindexing_mends_it(world, run):
    post = world.reply("psoas")
    engine().drop([post.pk])

    found = run("check")
    assert found.exit_code == 1
    assert f"search: post {post.pk}: visible, but not found by its words" in found.output

    mended = run("reindex")
    assert mended.output.splitlines()[-1] == "2 posts were looked at."
    assert "search:" not in run("check").output


def test_a_reindexing_goes_on_after_a_post(world, run):
    post = world.reply("psoas")

    went_on = run("reindex", "--after", str(post.pk - 1))
    assert went_on.output.splitlines()[-1] == "1 posts were looked at."

from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings

from paceline.forum.models import Post
from paceline.media.models import StoredFile
from paceline.ops.cli import group
from tests.posting.attached import hang


@pytest.fixture
def run(world):
    return lambda *words: CliRunner().invoke(group, list(words))


def test_a_lost_file_and_a_wrong_count_of_attachments_are_told(world, run):
    post = world.reply(author=world.bo)
    hang(world, post, b"words")
    hang(world, post, b"other words")
    assert "file:" not in run("check").output

    lost = StoredFile.objects.first()
    assert lost is not None
    (Path(settings.MEDIA_ROOT) / lost.key).unlink()
    Post.objects.filter(id=post.pk).update(attachment_count=1)
    found = run("check")

    assert f"file: {lost.key} is lost" in found.output
    assert f"counter: post {post.pk}: attachment_count is 1, counted 2" in found.output
    assert found.exit_code == 1
    assert f"mended: post {post.pk}: attachment_count is 1" in run("check", "--mend").output
    assert "attachment_count" not in run("check").output

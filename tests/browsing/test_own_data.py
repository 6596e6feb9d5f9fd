import json
import zipfile
from io import BytesIO

import pytest
from allauth.account.models import EmailAddress

from paceline.accounts.ignoring import ignore_member
from paceline.browsing import own_data
from paceline.browsing.own_data import export_own_data
from paceline.lib.errors import SignInFirst
from paceline.media.avatars import set_avatar
from paceline.media.models import Attachment
from paceline.permissions.rights import Right
from paceline.posting.drafts import save_draft
from tests import samples
from tests.posting.attached import hang, send


@pytest.fixture
def taken():
    """`taken(viewer)` answers the archive, opened."""

    def archive_of(viewer):
        return zipfile.ZipFile(BytesIO(b"".join(export_own_data(viewer))))

    return archive_of


def read(archive, name):
    return json.loads(archive.read(name))


def test_a_member_takes_along_everything_of_theirs(world, bo, taken):
    from PIL import Image

    post = world.reply("My [b]second[/b] post.\n\nÜber Wörter.", author=world.bo)
    world.reply("Not mine.", author=world.cy)
    EmailAddress.objects.create(user=world.bo, email=world.bo.email, verified=True, primary=True)
    ignore_member(bo, world.cy.pk)
    save_draft(bo, f"reply:{world.thread.pk}", "Begun")
    picture = BytesIO()
    Image.new("RGB", (20, 20)).save(picture, "PNG")
    set_avatar(bo, BytesIO(picture.getvalue()), 100)

    archive = taken(world.viewer(world.bo))

    assert archive.testzip() is None
    account = read(archive, "account.json")
    assert (account["name"], account["ignored"]) == ("Bo", ["Cy"])
    assert account["post_count"] == 2
    assert account["addresses"][0]["email"] == "bo@example.com"
    assert [thread["title"] for thread in account["threads"]] == ["Back pain on long rides"]
    posts = read(archive, "posts.json")
    assert [p["number"] for p in posts] == [1, 2]
    assert posts[1]["source"] == post.source
    assert posts[1]["thread_title"] == "Back pain on long rides"
    assert read(archive, "drafts.json")[0]["source"] == "Begun"
    assert read(archive, "revisions.json") == []
    assert "Über Wörter." in archive.read("posts.txt").decode()
    assert archive.read("avatar.webp")[:4] == b"RIFF"
    assert "password" not in archive.read("account.json").decode()
    everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Not mine." not in everything


def test_the_files_that_a_member_sent_come_along(world, taken, settings):
    world.set(attachments_per_post=100)
    post = world.reply(author=world.bo)
    first = hang(world, post, b"words " * 50_000, "long.txt")
    lost = hang(world, post, b"lost", "lost.txt")
    waiting = send(world.viewer(world.bo), f"reply:{world.thread.pk}", samples.picture(), "a.png")
    hang(world, world.reply(author=world.cy), b"of Cy", "theirs.txt")
    key = Attachment.objects.get(id=lost.id).file.key
    (settings.MEDIA_ROOT / key).unlink()

    archive = taken(world.viewer(world.bo))

    rows = read(archive, "attachments.json")
    assert [(row["id"], row["post_id"]) for row in rows] == [
        (first.id, post.pk),
        (lost.id, post.pk),
        (waiting.id, None),
    ]
    assert archive.read(f"files/{first.id}-long.txt") == b"words " * 50_000
    assert archive.read(f"files/{waiting.id}-a.png")[1:4] == b"PNG"
    assert len([name for name in archive.namelist() if name.startswith("files/")]) == 2
    assert archive.testzip() is None


def test_of_a_board_that_one_may_no_longer_read_only_ones_own_words_are_taken(world, taken):
    board = world.board("Racing")
    world.start_thread("A race", "My own words.", board=board, author=world.bo)
    world.rights("members", board, deny=Right.SEE | Right.READ)

    archive = taken(world.viewer(world.bo))

    (post,) = read(archive, "posts.json")
    assert post["source"] == "My own words."
    assert (post["thread_title"], post["board"]) == ("", "")
    assert read(archive, "account.json")["threads"] == []
    assert "Racing" not in archive.read("posts.txt").decode()


def test_a_member_who_wrote_nothing_has_an_archive_too(world, cy, taken):
    archive = taken(cy)

    assert read(archive, "posts.json") == []
    assert archive.testzip() is None


def test_an_archive_comes_in_pieces_and_costs_a_few_queries_however_much_was_written(
    world, bo, queries, monkeypatch
):
    def take():
        return list(export_own_data(world.viewer(world.bo)))

    world.posts(3, author=world.bo)
    take()
    few, _ = queries(take)
    world.posts(20, author=world.bo)
    many, pieces = queries(take)
    assert few == many
    assert len(pieces) > 20

    monkeypatch.setattr(own_data, "_BATCH", 5)
    archive = zipfile.ZipFile(BytesIO(b"".join(take())))
    assert len(read(archive, "posts.json")) == 24


def test_a_visitor_has_no_data(nobody):
    with pytest.raises(SignInFirst):
        export_own_data(nobody)

import pytest
from django.test import Client

from paceline.browsing.own_files import load_own_files
from paceline.media.models import Attachment
from paceline.permissions.rights import Right
from tests import samples
from tests.posting.attached import hang, send


@pytest.fixture
def bo_here(world):
    browser = Client()
    browser.force_login(world.bo)
    return browser


def test_a_member_finds_all_files_with_their_posts_and_the_room_that_is_left(world, bo, bo_here):
    post = world.reply(author=world.bo)
    hang(world, post, samples.PDF, "plan.pdf")
    send(bo, f"reply:{world.thread.pk}", b"words " * 500, "waiting.txt")
    hang(world, world.reply(author=world.cy), b"of Cy", "theirs.txt")

    html = bo_here.get("/account/files/").content.decode()

    assert "plan.pdf" in html
    assert f'<a href="/p/{post.pk}/" dir="auto">#2 of Back pain on long rides</a>' in html
    assert "not posted yet" in html
    assert "All together 3 kB of 500.0 MB" in html
    assert "theirs.txt" not in html


def test_a_file_is_removed_there(world, bo_here):
    post = world.reply(author=world.bo)
    row = hang(world, post, samples.PDF, "plan.pdf")

    answer = bo_here.post("/account/files/", {"remove": row.id}, follow=True)

    assert "The file is gone." in answer.content.decode()
    assert not Attachment.objects.exists()
    post.refresh_from_db()
    assert post.attachment_count == 0


def test_what_may_not_be_changed_any_more_stays_and_why_is_said(world, bo_here):
    row = hang(world, world.reply(author=world.bo), samples.PDF, "plan.pdf")
    type(world.thread).objects.update(is_locked=True)

    answer = bo_here.post("/account/files/", {"remove": row.id})

    assert answer.status_code == 403
    assert "This thread is locked" in answer.content.decode()
    assert Attachment.objects.exists()


def test_nothing_is_said_of_a_thread_that_one_may_no_longer_read(world, bo, bo_here):
    board = world.board("Racing")
    thread = world.start_thread("A secret race", board=board, author=world.bo)
    hang(world, thread.posts.get(), samples.PDF, "plan.pdf")
    world.rights("members", board, deny=Right.SEE | Right.READ)

    html = bo_here.get("/account/files/").content.decode()

    assert "plan.pdf" in html
    assert "secret race" not in html
    assert 'name="remove"' not in html


def test_many_files_come_in_stretches_and_cost_the_same(world, bo, bo_here, queries, monkeypatch):
    monkeypatch.setattr("paceline.browsing.own_files.FILES_A_PAGE", 3)
    world.set(attachments_per_post=50)
    post = world.reply(author=world.bo)
    hang(world, post, b"0")
    few, _ = queries(load_own_files, world.viewer(world.bo))
    for number in range(1, 5):
        hang(world, post, b"%d" % number, f"file {number}.txt")
    many, page = queries(load_own_files, world.viewer(world.bo))

    assert len(page.files) == 3
    assert few == many
    rest = bo_here.get("/account/files/", {"after": page.older}).content.decode()
    assert rest.count('name="remove"') == 2
    assert bo_here.get("/account/files/?after=nonsense").status_code == 404

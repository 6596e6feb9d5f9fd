"""What posts show of other servers: pictures from here, cards, both fetched after the post."""

import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from paceline.forum.models import Post
from paceline.jobs.models import Job
from paceline.jobs.queue import put, put_at_start
from paceline.jobs.worker import run_all
from paceline.media.fetch import Neighbours
from paceline.media.models import LinkPreview, RemotePicture
from paceline.media.remote_pictures import Fetching, fetch_pictures
from paceline.media.signing import picture_path
from paceline.posting import elsewhere
from paceline.posting.edit import Edit, edit_post
from paceline.posting.elsewhere import fetch_elsewhere, keep_old_pictures
from paceline.posting.preview import preview_text
from paceline.posting.reply import post_reply
from tests.media.bad_server import bad_server
from tests.samples import picture

PAGE = b"<!doctype html><title>A long day out</title>"


@pytest.fixture
def server(settings):
    with bad_server() as running:
        names = {"pictures.example": ("127.0.0.1",)}
        settings.FETCH_NEIGHBOURS = Neighbours(names, frozenset({running.port}))
        running.says("/ride.png", picture(size=(300, 200)))
        running.says("/page", PAGE, "text/html")
        yield running


def run_all_work():
    """All jobs, those too that let others go first."""
    run_all()
    Job.objects.filter(name="fetch_elsewhere").update(due_at=timezone.now())
    run_all()


def html_of(post):
    post.refresh_from_db()
    return post.html


def image_of(server, path="/ride.png"):
    return f'src="{picture_path(server.url(path))}"'


def test_a_picture_of_elsewhere_is_shown_from_here(world, server):
    post = world.reply(f"[img]{server.url('/ride.png')}[/img]")

    assert image_of(server) in html_of(post)
    assert f'src="{server.url("/ride.png")}"' not in post.html
    assert server.asked == []


def test_it_is_fetched_right_after_the_post_and_its_size_is_known_from_then_on(world, server):
    post = world.reply(f"[img]{server.url('/ride.png')}[/img]")
    before = (post.edited_at, post.revision_count)
    run_all_work()

    assert f'{image_of(server)} alt="ride.png" width="300" height="200"' in html_of(post)
    assert (post.edited_at, post.revision_count) == before
    assert server.asked == ["/ride.png"]

    again = world.reply(f"The same: [img]{server.url('/ride.png')}[/img]")
    assert 'width="300"' in html_of(again)


def test_the_opening_post_and_an_edit_are_looked_at_too(world, server, bo):
    thread = world.start_thread(source=f"[img]{server.url('/ride.png')}[/img]")
    run_all_work()
    assert 'width="300"' in thread.posts.get().html

    server.says("/other.png", picture(size=(50, 20)))
    post = thread.posts.get()
    edit_post(bo, post.pk, Edit(f"[img]{server.url('/other.png')}[/img]", seen_revision=0))
    run_all_work()
    assert 'width="50" height="20"' in html_of(post)


def test_a_post_without_anything_of_elsewhere_leaves_no_work(world):
    world.reply("Words, and [url=https://example.com/]a link[/url].")

    assert not Job.objects.filter(name="fetch_elsewhere").exists()


def test_an_address_alone_shows_its_page_when_that_has_been_asked(world, server):
    address = server.url("/page")
    post = world.reply(f"{address}\n\nGood day.")
    assert "link-card" not in html_of(post)

    run_all_work()
    assert f'<a href="{address}" rel="nofollow ugc noopener">A long day out</a>' in html_of(post)
    assert '<div class="link-card">' in post.html
    assert server.asked == ["/page"]


def test_an_edit_meanwhile_is_not_undone(world, server, cy):
    """The picture arrives after the post was edited: the job of the first text changes nothing."""
    post = world.reply(f"[img]{server.url('/ride.png')}[/img]")
    body = picture(size=(300, 200))

    def edit_then_answer(sock):
        edited.wait(5)
        sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

    edited = threading.Event()
    server.answers["/ride.png"] = edit_then_answer

    def fetch_while_edited(addresses):
        edit_post(cy, post.pk, Edit("Other words.", seen_revision=0))
        edited.set()
        return fetch_pictures(addresses)

    Job.objects.exclude(name="fetch_elsewhere").delete()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(elsewhere, "fetch_pictures", fetch_while_edited)
        fetch_elsewhere(post.pk)
    assert html_of(post) == "<p>Other words.</p>"


def test_a_post_that_is_gone_is_no_trouble(db):
    fetch_elsewhere(987_654)


def test_a_server_that_gives_nothing_leaves_the_post_as_it_is(world, server):
    source = f"[img]{server.url('/none.png')}[/img]\n\n{server.url('/nothing')}"
    post = world.reply(source)
    before = html_of(post)
    run_all_work()

    assert html_of(post) == before
    assert not Job.objects.filter(name="fetch_elsewhere").exists()


def test_where_the_board_shows_none_pictures_are_links(world, server):
    world.set(remote_pictures="no", link_previews="no")
    post = world.reply(f"[img]{server.url('/ride.png')}[/img]\n\n{server.url('/page')}")
    run_all_work()

    assert "<img" not in html_of(post)
    assert f'<a href="{server.url("/ride.png")}"' in post.html
    assert server.asked == []
    assert not RemotePicture.objects.exists()
    assert not LinkPreview.objects.exists()


def test_a_picture_of_this_board_is_shown_by_its_path(world, server, settings):
    settings.SITE_URL = "https://board.example"
    post = world.reply("[img]https://board.example/attachments/5/ride.png[/img]")
    other = world.reply("[img]https://board.example/account/logout/[/img]")
    run_all_work()

    assert 'src="/attachments/5/ride.png"' in html_of(post)
    assert 'src="/picture/' in html_of(other)
    assert server.asked == []


def test_a_preview_shows_pictures_and_asks_nobody(world, server, bo):
    shown = preview_text(bo, "reply", world.thread.pk, f"[img]{server.url('/ride.png')}[/img]")

    assert image_of(server) in shown
    assert server.asked == []


def test_facts_cost_the_same_for_one_picture_and_for_many(world, queries, bo):
    one = "[img]https://example.com/1.png[/img]\n\nhttps://example.com/1"
    many = "".join(f"[img]https://example.com/{n}.png[/img]" for n in range(20))
    place = world.thread.pk

    few, _ = queries(preview_text, bo, "reply", place, one)
    more, _ = queries(preview_text, bo, "reply", place, f"{many}\n\nhttps://example.com/1")
    assert few == more


def rows_of(name):
    return list(Job.objects.filter(name=name).values_list("arguments", flat=True))


def test_pictures_of_posts_that_were_here_before_are_fetched_bit_by_bit(world, server):
    for number in range(3):
        server.says(f"/{number}", picture(size=(50 + number, 20)))
        world.reply(f"[img]{server.url(f'/{number}')}[/img]")
        world.reply("Words alone.")
    Job.objects.all().delete()

    keep_old_pictures()
    last = Post.objects.order_by("-id")[0]
    assert rows_of("keep_old_pictures") == [{"after": last.pk}]
    assert sorted(server.asked) == ["/0", "/1", "/2"]
    assert Post.objects.filter(html__contains='height="20"').count() == 3

    # What came since is looked at a day later, and nothing twice.
    Job.objects.all().delete()
    keep_old_pictures(after=last.pk)
    assert len(server.asked) == 3
    waiting = Job.objects.get(name="keep_old_pictures")
    assert waiting.due_at > timezone.now() + timedelta(hours=23)


def test_a_board_that_keeps_no_pictures_fetches_no_old_ones(world, server):
    world.reply(f"[img]{server.url('/ride.png')}[/img]")
    Job.objects.all().delete()
    world.set(keep_remote_pictures="no")

    keep_old_pictures()
    assert rows_of("keep_old_pictures") == [{"after": 0}]
    assert server.asked == []


def test_what_was_not_fetched_in_time_is_put_again(world, server, monkeypatch):
    post = world.reply(f"[img]{server.url('/ride.png')}[/img]")
    Job.objects.all().delete()
    monkeypatch.setattr(elsewhere, "fetch_pictures", lambda _all: Fetching(0, is_done=False))

    fetch_elsewhere(post.pk)
    assert rows_of("fetch_elsewhere") == [{"post_id": post.pk}]


def test_markdown_shows_pictures_and_cards_all_the_same(world, server, bo):
    source = f"![A ride]({server.url('/ride.png')})\n\n{server.url('/page')}"
    post = post_reply(bo, world.thread.pk, source, language="markdown")
    run_all_work()

    assert f'{image_of(server)} alt="A ride" width="300" height="200"' in html_of(post)
    assert '<div class="link-card">' in post.html


def test_other_work_goes_first(world, server):
    """Nobody's letters wait for the pictures of somebody's posts."""
    post = world.reply(f"[img]{server.url('/ride.png')}[/img]")
    Job.objects.all().delete()
    put("send_mail", to="bo@example.com", subject="News", text="Come and see.")

    fetch_elsewhere(post.pk)
    keep_old_pictures(after=3)
    assert server.asked == []
    assert rows_of("fetch_elsewhere") == [{"post_id": post.pk}]
    assert rows_of("keep_old_pictures") == [{"after": 3}]
    assert not Job.objects.exclude(name="send_mail").filter(due_at__lte=timezone.now()).exists()


def test_old_pictures_are_looked_for_by_one_job_however_often_workers_start(db):
    for _ in range(2):
        put_at_start()
    Job.objects.filter(name="keep_old_pictures").update(
        leased_until=timezone.now() + timedelta(minutes=5)
    )
    put_at_start()

    assert len(rows_of("keep_old_pictures")) == 1
